import type { Column } from '../../core/bench/types.ts';
import {
  RAIM2026_COLUMNS,
  RAIM2026_METRICS,
  type Raim2026Column,
} from '../../core/challenges/raim2026.ts';
import { METRICS, NO_REFERENCE_METRICS } from '../../core/metrics/definitions.ts';
import {
  LEARNED_VERSION,
  type LearnedMetricId,
  type MetricContract,
} from '../../core/metrics/learned.ts';
import {
  METRIC_IDS,
  type MetricId,
  type MetricValue,
  type MetricValues,
  RAIM_METRIC_IDS,
  REGION_IDS,
  type RegionId,
} from '../../core/metrics/types.ts';
import type { StoredNetwork } from '../../storage/records.ts';
import { contractOf, LEARNED_METRICS, learnedDefinition } from '../learnedDefinitions.ts';
import type { BenchMetricSet } from './model.ts';

/** The pixel metrics of a metric set. */
export const metricsOf = (set: BenchMetricSet): readonly MetricId[] =>
  set === 'raim' ? RAIM_METRIC_IDS : METRIC_IDS;

/** Whether error maps are searched for their worst places. */
export const measuresPeaks = (set: BenchMetricSet): boolean => set !== 'raim';

const regionsOf = (metric: MetricId): readonly RegionId[] =>
  METRICS[metric].regions === 'global' ? ['global'] : REGION_IDS;

const REGION_NAMES: Readonly<Record<RegionId, string>> = {
  person: 'person',
  background: 'background',
  global: 'all',
};

function pixelColumns(metric: MetricId): Column[] {
  const { title, unit, direction, digits, version } = METRICS[metric];
  return regionsOf(metric).map((region) => ({
    id: `${metric}:${region}`,
    title: `${title}, ${REGION_NAMES[region]}`,
    unit,
    direction,
    digits,
    version: String(version),
    imported: false,
  }));
}

/** The map whose worst places are looked for. */
export const PEAK_MAP = 'deltae';
export const PEAK_REGIONS = ['person', 'global'] as const;
export const peakColumnId = (region: (typeof PEAK_REGIONS)[number]): string =>
  `${PEAK_MAP}-peak:${region}`;

/** How bad the error map gets, beside its mean: a good score may hide a small, bad place. */
function peakColumns(): Column[] {
  const { direction, digits, unit } = METRICS[PEAK_MAP];
  return PEAK_REGIONS.map((region) => ({
    id: peakColumnId(region),
    title: `ΔE map peak (99.5 %), ${REGION_NAMES[region]}`,
    unit,
    direction,
    digits,
    version: '1',
    imported: false,
  }));
}

/** The scoring program's own columns: without a mask they are measured on the whole picture. */
function officialColumn(column: Raim2026Column, lpips: string | null): Column | null {
  const { metric } = RAIM2026_METRICS[column];
  if (metric === 'lpips' && lpips === null) return null;
  const definition = metric === 'lpips' ? LEARNED_METRICS.lpips : METRICS[metric];
  return {
    id: `raim2026:${column}`,
    title: `${column} (RAIM 2026)`,
    unit: definition.unit,
    direction: definition.direction,
    digits: definition.digits,
    version: metric === 'lpips' ? (lpips ?? '') : String(definition.version),
    imported: false,
  };
}

/** The scoring program's LPIPS by the network with this hash. */
export function officialLpips(sha256: string): Column[] {
  const column = officialColumn('LPIPS_person', sha256.slice(0, HASH_DIGITS));
  return column === null ? [] : [column];
}

type Networks = ReadonlyMap<LearnedMetricId, StoredNetwork>;

/** Of a network's hash, in a column's version. */
const HASH_DIGITS = 12;

/** The columns of a learned metric: one that looks for the person has two, as cases have masks or not. */
export function learnedColumns(id: LearnedMetricId, network: StoredNetwork): Column[] {
  const contract = contractOf(id, network);
  if (contract === null) return [];
  const { title, unit, direction, digits } = learnedDefinition(id, contract);
  const hash = network.sha256.slice(0, HASH_DIGITS);
  const regions =
    contract.crop.region === 'person' ? (['person', 'global'] as const) : (['global'] as const);
  return regions.map((region) => ({
    id: `${id}:${region}`,
    title: `${title}, ${REGION_NAMES[region]}`,
    unit,
    direction,
    digits,
    version: id === 'lpips' ? hash : `${LEARNED_VERSION} ${hash}`,
    imported: false,
  }));
}

/** Where a case's value of a learned metric belongs. */
export function learnedColumnId(
  id: LearnedMetricId,
  { crop }: MetricContract,
  hasMask: boolean,
): string {
  return `${id}:${crop.region === 'person' && hasMask ? 'person' : 'global'}`;
}

/**
 * The columns that a metric set measures, in table order.
 * @param networks of the learned metrics that are here
 */
export function columnsOf(set: BenchMetricSet, networks: Networks): Column[] {
  const lpips = networks.get('lpips')?.sha256.slice(0, HASH_DIGITS) ?? null;
  const columns = metricsOf(set).flatMap(pixelColumns);
  if (measuresPeaks(set)) columns.push(...peakColumns());
  if (set === 'all-and-niqe') {
    const { title, unit, direction, digits, version } = NO_REFERENCE_METRICS.niqe;
    columns.push({
      id: 'niqe:global',
      title: `${title}, all`,
      unit,
      direction,
      digits,
      version: String(version),
      imported: false,
    });
  }
  columns.push(...[...networks].flatMap(([id, network]) => learnedColumns(id, network)));
  const official = RAIM2026_COLUMNS.map((column) => officialColumn(column, lpips));
  return [...columns, ...official.filter((column) => column !== null)];
}

/** A value is kept under its column's id and version, so that an old version's never passes for it. */
export const versioned = ({ id, version }: Pick<Column, 'id' | 'version'>): string =>
  `${id}@${version}`;

type Values = Readonly<Record<string, MetricValue>>;

/** What was measured, by column id; the scoring program's columns among them. */
export function valuesByColumn(
  measured: MetricValues,
  hasMask: boolean,
): Record<string, MetricValue> {
  const values: Record<string, MetricValue> = {};
  for (const metric of METRIC_IDS) {
    const byRegion = measured[metric];
    if (!byRegion) continue;
    for (const region of regionsOf(metric)) values[`${metric}:${region}`] = byRegion[region];
  }
  return { ...values, ...officialValues(values, hasMask) };
}

/** The scoring program's columns out of measured ones. */
function officialValues(values: Values, hasMask: boolean): Record<string, MetricValue> {
  const official: Record<string, MetricValue> = {};
  for (const column of RAIM2026_COLUMNS) {
    const { metric, region } = RAIM2026_METRICS[column];
    const value = values[`${metric}:${hasMask ? region : 'global'}`];
    if (value !== undefined) official[`raim2026:${column}`] = value;
  }
  return official;
}

/** A learned metric's value of a case; LPIPS is the scoring program's, too. */
export function learnedByColumn(
  id: LearnedMetricId,
  contract: MetricContract,
  value: MetricValue,
  hasMask: boolean,
): Record<string, MetricValue> {
  const own = { [learnedColumnId(id, contract, hasMask)]: value };
  return id === 'lpips' ? { ...own, 'raim2026:LPIPS_person': value } : own;
}
