import {
  type CaseView,
  FURTHER_REGION_IDS,
  type FurtherRegionId,
  type LearnedMetricView,
  type MeasuredView,
  type MetricSettings,
  type RegionView,
} from '../../app/model.ts';
import { METRICS, NO_REFERENCE_METRICS } from '../../core/metrics/definitions.ts';
import type { LearnedMetricId } from '../../core/metrics/learned.ts';
import {
  METRIC_IDS,
  type MetricDefinitionOf,
  type MetricId,
  type MetricValue,
  type NiqeResult,
  type NoReferenceMetricId,
  RAIM_METRIC_IDS,
  REGION_IDS,
  type RegionId,
} from '../../core/metrics/types.ts';
import { noValueReason, REGION_TITLES } from './compare.ts';

export type RowId = MetricId | NoReferenceMetricId | LearnedMetricId;
export type ColumnId = RegionId | FurtherRegionId;
export type Subject = 'output' | 'input' | 'gt';

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  /** The rule of a further region. */
  readonly sentence: string | null;
}

/** A number, or why there is none; null where the metric has no place in this column. */
export type Cell =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'pending' }
  | { readonly kind: 'none'; readonly reason: string }
  | null;

/** What a table of numbers reads, for one case. */
export interface Numbers {
  readonly case: CaseView;
  readonly learned: readonly LearnedMetricView[];
}

export const MAIN_COLUMNS: readonly Column[] = REGION_IDS.map((id) => ({
  id,
  title: REGION_TITLES[id],
  sentence: null,
}));

const PER_TABLE = 3;

/** Further regions in tables of three columns, so that they stand under those of the first table. */
export function regionTables(regions: readonly RegionView[]): Column[][] {
  const columns = FURTHER_REGION_IDS.flatMap((id) =>
    regions.filter((region) => region.id === id),
  ).map(({ id, title, sentence }) => ({ id, title, sentence }));
  return Array.from({ length: Math.ceil(columns.length / PER_TABLE) }, (_, table) =>
    columns.slice(table * PER_TABLE, (table + 1) * PER_TABLE),
  );
}

const isLearned = (row: RowId): row is LearnedMetricId =>
  row === 'lpips' || row.startsWith('onnx:');

/** The definition of any row, once the learned metrics are known. */
export function definitionOf(
  row: RowId,
  learned: readonly LearnedMetricView[],
): MetricDefinitionOf<string> | null {
  if (row === 'niqe') return NO_REFERENCE_METRICS.niqe;
  if (!isLearned(row)) return METRICS[row];
  return learned.find((metric) => metric.id === row)?.definition ?? null;
}

export function measuredView({ metrics }: CaseView): MeasuredView | null {
  return metrics.status === 'done' ? metrics : null;
}

/** Whether a learned metric needs no ground truth, and has the pictures that it needs. */
function hasValueAlone({ contract: { kind } }: LearnedMetricView, item: CaseView): boolean {
  if (kind === 'identity') return item.input !== null && item.output !== null;
  return kind === 'no-reference';
}

/** The rows of the first table: what was asked for, and learned metrics that are (half) here. */
export function mainRows(
  item: CaseView,
  learned: readonly LearnedMetricView[],
  set: MetricSettings['metricSet'],
): RowId[] {
  const compared = item.metrics.status !== 'no-reference';
  const all = set === 'all';
  const pixel = all ? METRIC_IDS : RAIM_METRIC_IDS;
  const network = learned.filter(
    ({ network }) => all || network.status !== 'missing' || network.have !== null,
  );
  return [
    ...(compared ? pixel : []),
    ...network.filter((metric) => compared || hasValueAlone(metric, item)).map(({ id }) => id),
    ...(all ? (['niqe'] as const) : []),
  ];
}

/** The rows of further regions: what has a meaning in a part of the picture. */
export function regionRows(set: MetricSettings['metricSet']): MetricId[] {
  const ids = set === 'all' ? METRIC_IDS : RAIM_METRIC_IDS;
  return ids.filter((id) => METRICS[id].regions === 'any');
}

const NOT_MEASURED = 'no value: not measured';

function cellOf(value: MetricValue | undefined, reason: string, pending: boolean): Cell {
  if (typeof value === 'number') return { kind: 'value', value };
  if (value === null) return { kind: 'none', reason };
  return pending ? { kind: 'pending' } : { kind: 'none', reason: NOT_MEASURED };
}

/** The number in one row and column, of the output or of a picture it is compared with. */
export function cellAt(numbers: Numbers, row: RowId, column: ColumnId, of: Subject): Cell {
  if (row === 'niqe') return niqeCell(numbers.case, column, of);
  if (isLearned(row)) return learnedCell(numbers, row, column, of);
  return of === 'gt' ? null : metricCell(numbers.case, row, column, of);
}

function metricCell(item: CaseView, id: MetricId, column: ColumnId, of: Subject): Cell {
  if (METRICS[id].regions === 'global' && column !== 'global') return null;
  const view = measuredView(item);
  const pending = item.metrics.status === 'measuring' || item.more.status === 'measuring';
  const reason = noValueReason(column, item.mask !== null);
  if (column === 'person' || column === 'background' || column === 'global') {
    const values = of === 'output' ? view?.values : view?.inputValues;
    return cellOf(values?.[id]?.[column], reason, pending);
  }
  const region = view?.regions.find((candidate) => candidate.id === column);
  const values = of === 'output' ? region?.values : region?.inputValues;
  return cellOf(values?.[id], reason, pending);
}

function niqeCell(item: CaseView, column: ColumnId, of: Subject): Cell {
  if (column !== 'global' || pictureOf(item, of) === null) return null;
  const reason = 'no value: fewer than two blocks of this picture have structure';
  return cellOf(item.niqe[of]?.value, reason, item.more.status === 'measuring');
}

function pictureOf(item: CaseView, of: Subject) {
  return of === 'output' ? (item.output?.picture ?? null) : item[of];
}

/** Whether a learned metric is measured of a picture of the case. */
function isMeasured(metric: LearnedMetricView, item: CaseView, of: Subject): boolean {
  const { kind } = metric.contract;
  if (kind === 'identity') return of === 'output';
  return kind === 'full-reference' ? of !== 'gt' : pictureOf(item, of) !== null;
}

function learnedCell(numbers: Numbers, id: LearnedMetricId, column: ColumnId, of: Subject): Cell {
  const { case: item, learned } = numbers;
  const metric = learned.find((candidate) => candidate.id === id);
  if (!metric || !isMeasured(metric, item, of)) return null;
  const ofPerson = metric.contract.crop.region === 'person' && item.mask !== null;
  const found = item.learned.find((value) => value.id === id);
  if (column !== (found?.region ?? (ofPerson ? 'person' : 'global'))) return null;
  const { network } = metric;
  if (network.status === 'missing' && !found) return null;
  const pending =
    network.status === 'building' ||
    item.metrics.status === 'measuring' ||
    item.more.status === 'measuring';
  const reason = 'no value: the crop is empty or too small for this network';
  return cellOf(found?.values[of], reason, pending);
}

function kindOf({ learned }: Numbers, row: RowId) {
  return learned.find(({ id }) => id === row)?.contract.kind ?? null;
}

/** Whether a row shows the input's numbers beneath the output's. */
export function hasInputRow(numbers: Numbers, row: RowId): boolean {
  const kind = kindOf(numbers, row);
  if (kind === 'identity') return false;
  if (row === 'niqe' || kind === 'no-reference') {
    return numbers.case.input !== null && numbers.case.output !== null;
  }
  return measuredView(numbers.case)?.inputValues != null;
}

/** Whether a row shows the ground truth's own number, for comparison. */
export function hasTruthRow(numbers: Numbers, row: RowId): boolean {
  const alone = row === 'niqe' || kindOf(numbers, row) === 'no-reference';
  return alone && numbers.case.gt !== null;
}

/** What is doubtful about a NIQE value, in words; null where nothing is. */
export function niqeDoubt(result: NiqeResult | null): string | null {
  if (!result || result.flags.length === 0) return null;
  const words = result.flags.map((flag) =>
    flag === 'flat'
      ? 'most of the picture is flat'
      : `only ${result.usableBlocks} of its ${result.blocks} blocks can be used`,
  );
  return words.join('; ');
}

const SUBJECTS: readonly (readonly [Subject, string])[] = [
  ['output', 'Output'],
  ['input', 'Input'],
  ['gt', 'Truth'],
];

/** What else there is to say about a row: a doubt, or what is missing; null where nothing is. */
export function rowNote({ case: item, learned }: Numbers, row: RowId): string | null {
  if (row === 'niqe') {
    const doubts = SUBJECTS.flatMap(([of, name]) => {
      const doubt = niqeDoubt(item.niqe[of]);
      return doubt ? [`${name}: ${doubt}`] : [];
    });
    return doubts.length > 0 ? `Doubtful. ${doubts.join('. ')}.` : null;
  }
  const network = learned.find((metric) => metric.id === row)?.network;
  if (network?.status === 'building') return 'The network is being built from its weights…';
  if (network?.status !== 'missing') return null;
  return network.have ? `${network.have} is here and waits for the other file.` : network.what;
}

/** Said where a number was measured in another way than the RAIM set. */
export function otherBackend(item: CaseView, row: RowId): string | null {
  const view = measuredView(item);
  if (!view || row === 'niqe' || isLearned(row)) return null;
  const backend = view.backends[row];
  if (backend === undefined || backend === view.backend) return null;
  return backend === 'wgsl' ? 'WGSL' : 'float64 on the CPU';
}
