import { createStore } from 'solid-js/store';
import { RAIM2026_FORMULA } from '../../core/bench/formula.ts';
import type { ScoreTable } from '../../core/bench/types.ts';
import type { BenchRunView, BenchState } from './model.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The bench's state and the one way it is written: whole properties are replaced. */
export interface BenchStore {
  readonly state: BenchState;
  set(change: Partial<Writable<BenchState>>): void;
}

export const NO_RUN: BenchRunView = {
  status: 'idle',
  label: '',
  done: 0,
  total: 0,
  perSecond: null,
  secondsLeft: null,
  failures: [],
};

const NO_TABLE: ScoreTable = { cases: [], methods: [], columns: [], values: new Map() };

/** An empty bench whose storage has not been read yet. */
export function createBenchStore(): BenchStore {
  const [state, setState] = createStore<Writable<BenchState>>({
    opened: false,
    reading: null,
    files: {},
    cases: [],
    methods: [],
    problems: [],
    excluded: [],
    run: NO_RUN,
    metricSet: 'raim',
    table: NO_TABLE,
    attributes: new Map(),
    remarks: {},
    tags: {},
    shifts: {},
    imports: [],
    formula: RAIM2026_FORMULA,
    worstCases: 6,
    storageSentence: '',
    needsPermission: false,
  });
  return {
    state,
    set: (change) => setState(change),
  };
}
