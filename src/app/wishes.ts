import type { LearnedMetricId, MetricContract } from '../core/metrics/learned.ts';
import { METRIC_IDS, type MetricId, RAIM_METRIC_IDS } from '../core/metrics/types.ts';
import type { StoredCase, StoredNetwork } from '../storage/records.ts';
import { pictureOf } from './cases.ts';
import { contractOf } from './learnedDefinitions.ts';
import { filesOf, type Measured } from './measured.ts';
import type { LearnedSubject, MetricSettings } from './model.ts';
import { type Region, regionsOf } from './regions.ts';

/** One thing to measure beyond the RAIM set of person, background and the whole picture. */
export type Wish =
  | {
      readonly kind: 'metrics';
      readonly measured: Measured;
      /** Null: person, background and the whole picture. */
      readonly region: Region | null;
      /** Groups that are measured and remembered together. */
      readonly groups: readonly (readonly MetricId[])[];
    }
  | { readonly kind: 'niqe'; readonly role: 'output' | 'input' | 'gt' }
  | {
      readonly kind: 'learned';
      readonly id: LearnedMetricId;
      readonly of: LearnedSubject;
      readonly network: StoredNetwork;
      readonly contract: MetricContract;
    };

/** One fused pass gives the RAIM set; the others stand alone. */
const FURTHER: readonly (readonly MetricId[])[] = METRIC_IDS.filter(
  (id) => !RAIM_METRIC_IDS.some((raim) => raim === id),
).map((id) => [id]);

const BOTH: readonly Measured[] = ['output', 'input'];
const ALL = ['output', 'input', 'gt'] as const;

/** The pictures that a learned metric has a value of. */
function subjectsOf(
  record: StoredCase,
  { kind }: MetricContract,
  compared: readonly Measured[],
): readonly LearnedSubject[] {
  if (kind === 'full-reference') return compared;
  const there = ALL.filter((role) => pictureOf(record, role) !== null);
  if (kind === 'no-reference') return there;
  return there.includes('output') && there.includes('input') ? ['output'] : [];
}

/** Everything that the settings, the case's regions and the learned metrics ask for; the quick first. */
export function wishesOf(
  record: StoredCase,
  settings: MetricSettings,
  networks: ReadonlyMap<LearnedMetricId, StoredNetwork>,
): Wish[] {
  const all = settings.metricSet === 'all';
  const measured = filesOf(record, 'output') === null ? [] : BOTH;
  const pictures = measured.filter((which) => filesOf(record, which) !== null);
  const wishes: Wish[] = [];
  for (const region of regionsOf(record, settings)) {
    const groups = all ? [RAIM_METRIC_IDS, ...FURTHER] : [RAIM_METRIC_IDS];
    for (const which of pictures) wishes.push({ kind: 'metrics', measured: which, region, groups });
  }
  for (const which of all ? pictures : []) {
    wishes.push({ kind: 'metrics', measured: which, region: null, groups: FURTHER });
  }
  for (const [id, network] of networks) {
    const contract = contractOf(id, network);
    for (const of of contract === null ? [] : subjectsOf(record, contract, pictures)) {
      if (contract !== null) wishes.push({ kind: 'learned', id, of, network, contract });
    }
  }
  for (const role of all ? ALL : []) {
    if (pictureOf(record, role) !== null) wishes.push({ kind: 'niqe', role });
  }
  return wishes;
}
