import type { FurtherRegionId } from '../../app/model.ts';
import type { MetricDefinition, MetricValue, RegionId } from '../../core/metrics/types.ts';

export type Better = 'output' | 'input' | null;

/** Which of two values the metric prefers; null where one is missing or both are equal. */
export function better(
  output: MetricValue,
  input: MetricValue,
  direction: MetricDefinition['direction'],
): Better {
  if (output === null || input === null || output === input) return null;
  const outputWins = direction === 'higher-is-better' ? output > input : output < input;
  return outputWins ? 'output' : 'input';
}

export const REGION_TITLES: Readonly<Record<RegionId, string>> = {
  person: 'Person',
  background: 'Background',
  global: 'All',
};

const TOO_SMALL = 'no value: the picture is too small for this metric';

/** Why a region has no number. */
export function noValueReason(region: RegionId | FurtherRegionId, hasMask: boolean): string {
  if (region === 'global') return TOO_SMALL;
  if (region !== 'person' && region !== 'background') return 'no value: the region has no pixels';
  return hasMask
    ? `no value: the mask leaves no ${region}`
    : 'no value: there is no person mask for this picture';
}
