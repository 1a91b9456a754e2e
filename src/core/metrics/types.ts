/** The parts of a picture a metric is averaged over. Without a mask only `global` has values. */
export const REGION_IDS = ['person', 'background', 'global'] as const;
export type RegionId = (typeof REGION_IDS)[number];

/** The metrics of the RAIM 2026 set, in the order tables show them: what is measured by default. */
export const RAIM_METRIC_IDS = ['psnr', 'ssim', 'deltae'] as const;
export type RaimMetricId = (typeof RAIM_METRIC_IDS)[number];

/** Every metric that compares an output with its ground truth pixel by pixel, in table order. */
export const METRIC_IDS = [
  'psnr',
  'psnr-y',
  'mae',
  'rmse',
  'ssim',
  'ssim-wang',
  'ms-ssim',
  'deltae',
  'deltae76',
  'deltae2000',
] as const;
export type MetricId = (typeof METRIC_IDS)[number];

/** Metrics that need no ground truth. */
export const NO_REFERENCE_METRIC_IDS = ['niqe'] as const;
export type NoReferenceMetricId = (typeof NO_REFERENCE_METRIC_IDS)[number];

export type MetricFamily = 'PSNR' | 'error' | 'SSIM' | 'ΔE' | 'naturalness' | 'learned';

/** What must be there before a metric can be measured. */
export interface MetricNeeds {
  /** The ground truth. */
  readonly reference: boolean;
  /** A person mask; without it a metric that can do without is measured on the whole picture. */
  readonly mask: boolean;
  /** A network. */
  readonly model: boolean;
  /** More than one picture: the value belongs to the set. */
  readonly set: boolean;
}

/** What a number means: travels with every value that is shown, stored or exported. */
export interface MetricDefinitionOf<Id extends string> {
  readonly id: Id;
  /** Raised whenever the value for the same pixels changes; part of every result key. */
  readonly version: number;
  readonly family: MetricFamily;
  /** Short name for table heads, e.g. "ΔE (OpenCV 8-bit)". */
  readonly title: string;
  /** "dB", "levels", or "" for a dimensionless value. */
  readonly unit: string;
  readonly direction: 'higher-is-better' | 'lower-is-better';
  /** Digits after the decimal point that the definition makes meaningful. */
  readonly digits: number;
  readonly needs: MetricNeeds;
  /** Whether parts of a picture have a value, or only the whole. */
  readonly regions: 'any' | 'global';
  /** One or two sentences for the hover: formula, window, colour space, region rule. */
  readonly definition: string;
  /** Paper or program that the formula was taken from. */
  readonly source: string;
  readonly parameters: Readonly<Record<string, number | string>>;
}

export type MetricDefinition = MetricDefinitionOf<MetricId>;
export type NoReferenceMetricDefinition = MetricDefinitionOf<NoReferenceMetricId>;

/** `null` is "no value": the region is empty or does not exist. Never NaN or infinity. */
export type MetricValue = number | null;
export type RegionValues = Readonly<Record<RegionId, MetricValue>>;
/** What was measured: a metric that is absent was not asked for. */
export type MetricValues = Readonly<Partial<Record<MetricId, RegionValues>>>;
/** The whole RAIM 2026 set, as one fused pass on the GPU returns it. */
export type RaimValues = Readonly<Record<RaimMetricId, RegionValues>>;

/** Why a NIQE value says little: the picture is flat, or has too few blocks for its statistics. */
export type NiqeFlag = 'flat' | 'few-blocks';

export interface NiqeResult {
  readonly value: MetricValue;
  /** Whole 96-pixel blocks of the picture. */
  readonly blocks: number;
  /** Those of them that all features are defined for. */
  readonly usableBlocks: number;
  readonly flags: readonly NiqeFlag[];
}
