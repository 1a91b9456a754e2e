import {
  RAIM2026_COLUMNS,
  RAIM2026_METRICS,
  type Raim2026Column,
} from '../src/core/challenges/raim2026.ts';
import { METRICS } from '../src/core/metrics/definitions.ts';
import {
  type MetricValue,
  RAIM_METRIC_IDS,
  type RaimValues,
  REGION_IDS,
  type RegionId,
} from '../src/core/metrics/types.ts';

/** One number of `all_metrics.csv`. */
export interface MetricRow {
  readonly region: RegionId;
  readonly metric: string;
  /** The definition's version, a network's hash, or "supplied" for a number from the user's table. */
  readonly version: string;
  readonly value: MetricValue;
}

/** Everything that is known about one image, at full precision. */
export interface ImageScores {
  readonly id: string;
  readonly outputFile: string;
  readonly groundTruthFile: string;
  /** The columns of the scoring program. */
  readonly columns: Readonly<Record<Raim2026Column, MetricValue>>;
  readonly metrics: readonly MetricRow[];
}

export const SUPPLIED = 'supplied';

/** A value that a network measured where the program measures LPIPS. */
export interface LpipsValue {
  readonly value: MetricValue;
  /** Tells one network from another. */
  readonly version: string;
}

/** Where a column is measured: without a mask, everything is measured on the whole picture. */
const regionOf = (column: Raim2026Column, hasMask: boolean): RegionId =>
  hasMask ? RAIM2026_METRICS[column].region : 'global';

/** A table's values for one image: absent columns keep what was measured. */
export type SuppliedValues = Readonly<Partial<Record<Raim2026Column, MetricValue>>>;

interface Measured {
  readonly values: RaimValues;
  readonly lpips: LpipsValue | null;
  readonly hasMask: boolean;
}

function measuredRows({ values, lpips, hasMask }: Measured): MetricRow[] {
  const rows: MetricRow[] = REGION_IDS.flatMap((region) =>
    RAIM_METRIC_IDS.map((metric) => ({
      region,
      metric,
      version: String(METRICS[metric].version),
      value: values[metric][region],
    })),
  );
  if (lpips) rows.push({ region: regionOf('LPIPS_person', hasMask), metric: 'lpips', ...lpips });
  return rows;
}

function suppliedRows(supplied: SuppliedValues, hasMask: boolean): MetricRow[] {
  return RAIM2026_COLUMNS.flatMap((column) => {
    const value = supplied[column];
    if (value === undefined) return [];
    const { metric } = RAIM2026_METRICS[column];
    return [{ region: regionOf(column, hasMask), metric, version: SUPPLIED, value }];
  });
}

/** Joins what was measured with what the user's table says; the table wins. */
export function imageScores(
  files: Pick<ImageScores, 'id' | 'outputFile' | 'groundTruthFile'>,
  measured: Measured,
  supplied: SuppliedValues,
): ImageScores {
  const { values, lpips, hasMask } = measured;
  const own = (column: Raim2026Column): MetricValue => {
    const { metric } = RAIM2026_METRICS[column];
    if (metric === 'lpips') return lpips?.value ?? null;
    return values[metric][regionOf(column, hasMask)];
  };
  const pick = (column: Raim2026Column): MetricValue => {
    const given = supplied[column];
    return given === undefined ? own(column) : given;
  };
  return {
    ...files,
    columns: {
      PSNR_bg: pick('PSNR_bg'),
      SSIM_global: pick('SSIM_global'),
      DeltaE_person: pick('DeltaE_person'),
      LPIPS_person: pick('LPIPS_person'),
    },
    metrics: [...measuredRows(measured), ...suppliedRows(supplied, hasMask)],
  };
}
