import { createStore } from 'solid-js/store';
import type { JudgeState } from './model.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The state of judging and the one way it is written: whole properties are replaced. */
export interface JudgeStore {
  readonly state: JudgeState;
  set(change: Partial<Writable<JudgeState>>): void;
}

export function createJudgeStore(): JudgeStore {
  const [state, setState] = createStore<Writable<JudgeState>>({
    opened: false,
    studies: [],
    voting: null,
    evaluation: null,
    working: null,
  });
  return { state, set: (change) => setState(change) };
}
