import { METRIC_IDS, type MetricId, RAIM_METRIC_IDS } from '../core/metrics/types.ts';
import type { StoredCase, StoredNetwork } from '../storage/records.ts';
import { pictureOf } from './cases.ts';
import { filesOf, type Measured } from './measured.ts';
import type { MetricSettings } from './model.ts';
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
  | { readonly kind: 'lpips'; readonly measured: Measured; readonly network: StoredNetwork };

/** One fused pass gives the RAIM set; the others stand alone. */
const FURTHER: readonly (readonly MetricId[])[] = METRIC_IDS.filter(
  (id) => !RAIM_METRIC_IDS.some((raim) => raim === id),
).map((id) => [id]);

const BOTH: readonly Measured[] = ['output', 'input'];

/** Everything that the settings, the case's regions and the learned metrics ask for; the quick first. */
export function wishesOf(
  record: StoredCase,
  settings: MetricSettings,
  network: StoredNetwork | null,
): Wish[] {
  const all = settings.metricSet === 'all';
  const measured = filesOf(record, 'output') === null ? [] : BOTH;
  const pictures = measured.filter((which) => pictureOf(record, which) !== null);
  const wishes: Wish[] = [];
  for (const region of regionsOf(record, settings)) {
    const groups = all ? [RAIM_METRIC_IDS, ...FURTHER] : [RAIM_METRIC_IDS];
    for (const which of pictures) wishes.push({ kind: 'metrics', measured: which, region, groups });
  }
  for (const which of all ? pictures : []) {
    wishes.push({ kind: 'metrics', measured: which, region: null, groups: FURTHER });
  }
  for (const which of network === null ? [] : pictures) {
    if (network !== null) wishes.push({ kind: 'lpips', measured: which, network });
  }
  for (const role of all ? (['output', 'input', 'gt'] as const) : []) {
    if (pictureOf(record, role) !== null) wishes.push({ kind: 'niqe', role });
  }
  return wishes;
}
