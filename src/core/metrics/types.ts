/** The parts of a picture a metric is averaged over. Without a mask only `global` has values. */
export const REGION_IDS = ['person', 'background', 'global'] as const;
export type RegionId = (typeof REGION_IDS)[number];

/** The metrics of the RAIM 2026 set, in the order tables show them: what is measured by default. */
export const RAIM_METRIC_IDS = ['psnr', 'ssim', 'deltae'] as const;
export type RaimMetricId = (typeof RAIM_METRIC_IDS)[number];

/** Every metric that compares an output with its ground truth pixel by pixel. */
export const METRIC_IDS = [...RAIM_METRIC_IDS] as const;
export type MetricId = (typeof METRIC_IDS)[number];

/** What a number means: travels with every value that is shown, stored or exported. */
export interface MetricDefinition {
  readonly id: MetricId;
  /** Raised whenever the value for the same pixels changes; part of every result key. */
  readonly version: number;
  /** Short name for table heads, e.g. "ΔE (OpenCV 8-bit)". */
  readonly title: string;
  /** "dB", or "" for a dimensionless value. */
  readonly unit: string;
  readonly direction: 'higher-is-better' | 'lower-is-better';
  /** Digits after the decimal point that the definition makes meaningful. */
  readonly digits: number;
  /** One or two sentences for the hover: formula, window, colour space, region rule. */
  readonly definition: string;
  /** Paper or program that the formula was taken from. */
  readonly source: string;
  readonly parameters: Readonly<Record<string, number | string>>;
}

/** `null` is "no value": the region is empty or does not exist. Never NaN or infinity. */
export type MetricValue = number | null;
export type RegionValues = Readonly<Record<RegionId, MetricValue>>;
/** What was measured: a metric that is absent was not asked for. */
export type MetricValues = Readonly<Partial<Record<MetricId, RegionValues>>>;
/** The whole RAIM 2026 set, as one fused pass on the GPU returns it. */
export type RaimValues = Readonly<Record<RaimMetricId, RegionValues>>;
