import { RAIM2026_COLUMNS, RAIM2026_METRICS, type Raim2026Column } from '../challenges/raim2026.ts';
import { METRICS, NO_REFERENCE_METRICS } from '../metrics/definitions.ts';
import type { LearnedMetricId } from '../metrics/learned.ts';
import {
  METRIC_IDS,
  type MetricValue,
  type MetricValues,
  type NiqeResult,
  REGION_IDS,
  type RegionId,
} from '../metrics/types.ts';

/** One number of `all_metrics.csv`. */
export interface MetricRow {
  readonly region: RegionId;
  readonly metric: string;
  /** The definition's version, a network's hash, or "supplied" for a number from the user's table. */
  readonly version: string;
  readonly value: MetricValue;
  /** What the reader of the number must know; empty where nothing. */
  readonly note: string;
}

/** Everything that is known about one image, at full precision. */
export interface ImageScores {
  readonly id: string;
  readonly outputFile: string;
  readonly groundTruthFile: string;
  readonly hasMask: boolean;
  /** The columns of the scoring program. */
  readonly columns: Readonly<Record<Raim2026Column, MetricValue>>;
  readonly metrics: readonly MetricRow[];
}

const SUPPLIED = 'supplied';

/** A value that a network measured. */
export interface LearnedScore {
  readonly id: LearnedMetricId;
  readonly value: MetricValue;
  /** Tells one network from another. */
  readonly version: string;
  /** Whether it was measured around the person, where there is a mask. */
  readonly ofPerson: boolean;
}

/** Where a column is measured: without a mask, everything is measured on the whole picture. */
const regionOf = (column: Raim2026Column, hasMask: boolean): RegionId =>
  hasMask ? RAIM2026_METRICS[column].region : 'global';

/** A table's values for one image: absent columns keep what was measured. */
export type SuppliedValues = Readonly<Partial<Record<Raim2026Column, MetricValue>>>;

interface Measured {
  readonly values: MetricValues;
  /** Of the output, which needs no ground truth. */
  readonly niqe: NiqeResult;
  readonly learned: readonly LearnedScore[];
  readonly hasMask: boolean;
}

/** Whoever measures, and in whatever order the networks came: the same rows. */
const byId = (a: LearnedScore, b: LearnedScore) => (a.id < b.id ? -1 : 1);

function measuredRows({ values, niqe, learned, hasMask }: Measured): MetricRow[] {
  const rows: MetricRow[] = REGION_IDS.flatMap((region) =>
    METRIC_IDS.flatMap((metric) => {
      const { version, regions } = METRICS[metric];
      const byRegion = values[metric];
      if (!byRegion || (regions === 'global' && region !== 'global')) return [];
      return [{ region, metric, version: String(version), value: byRegion[region], note: '' }];
    }),
  );
  rows.push({
    region: 'global',
    metric: 'niqe',
    version: String(NO_REFERENCE_METRICS.niqe.version),
    value: niqe.value,
    note: niqe.flags.join(' '),
  });
  for (const { id, version, value, ofPerson } of learned.toSorted(byId)) {
    const region = ofPerson && hasMask ? 'person' : 'global';
    rows.push({ region, metric: id, version, value, note: '' });
  }
  return rows;
}

/** An image by its own measurements. */
export function imageScores(
  files: Pick<ImageScores, 'id' | 'outputFile' | 'groundTruthFile'>,
  measured: Measured,
): ImageScores {
  const { values, learned, hasMask } = measured;
  const lpips = learned.find(({ id }) => id === 'lpips');
  const own = (column: Raim2026Column): MetricValue => {
    const { metric } = RAIM2026_METRICS[column];
    if (metric === 'lpips') return lpips?.value ?? null;
    const byRegion = values[metric];
    if (!byRegion) throw new Error(`${metric} was not measured`);
    return byRegion[regionOf(column, hasMask)];
  };
  return {
    ...files,
    hasMask,
    columns: {
      PSNR_bg: own('PSNR_bg'),
      SSIM_global: own('SSIM_global'),
      DeltaE_person: own('DeltaE_person'),
      LPIPS_person: own('LPIPS_person'),
    },
    metrics: measuredRows(measured),
  };
}

/** The image with a table's values in place of the measured ones, which stay among its metrics. */
export function withSupplied(image: ImageScores, supplied: SuppliedValues): ImageScores {
  const given = RAIM2026_COLUMNS.flatMap((column): MetricRow[] => {
    const value = supplied[column];
    if (value === undefined) return [];
    const { metric } = RAIM2026_METRICS[column];
    const region = regionOf(column, image.hasMask);
    return [{ region, metric, version: SUPPLIED, value, note: '' }];
  });
  const isReplaced = ({ metric, version }: MetricRow) =>
    version === SUPPLIED && given.some((row) => row.metric === metric);
  return {
    ...image,
    columns: { ...image.columns, ...supplied },
    metrics: [...image.metrics.filter((row) => !isReplaced(row)), ...given],
  };
}
