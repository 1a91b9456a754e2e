import { LPIPS_MIN_SIDE, LPIPS_PADDING } from './lpipsCrop.ts';

/** How much of a picture a learned metric sees; `person` is the whole picture where there is no mask. */
export type MetricCrop =
  | { readonly region: 'whole' }
  | { readonly region: 'person'; readonly pad: number };

type ResizeMethod = 'area' | 'bilinear' | 'bicubic';

export interface MetricResize {
  readonly height: number;
  readonly width: number;
  readonly method: ResizeMethod;
}

/** What a metric's network takes and gives, as its file says (docs/export.md). */
export interface MetricContract {
  readonly id: string;
  readonly title: string;
  /** `identity`: the cosine between the embeddings of a picture and of the input. */
  readonly kind: 'full-reference' | 'no-reference' | 'identity';
  readonly direction: 'higher-is-better' | 'lower-is-better';
  readonly unit: string;
  /** What values there can be; null is an open end. */
  readonly range: readonly [number | null, number | null];
  readonly crop: MetricCrop;
  /** After the crop; null: none. */
  readonly resize: MetricResize | null;
  /** Crops with a smaller side have no value. */
  readonly minSide: number;
  /** Without a resize, crops lose what is over at the right and at the bottom. */
  readonly sizeMultiple: number;
  /** Names of the graph's inputs: the measured picture's first. */
  readonly inputs: readonly string[];
  readonly layout: 'NCHW' | 'NHWC';
  readonly channels: 'RGB' | 'BGR';
  /** `value = (x - mean) / std` of x in [0, 1], in the order R, G, B. */
  readonly normalisation: {
    readonly mean: readonly [number, number, number];
    readonly std: readonly [number, number, number];
  };
  readonly output: 'scalar' | 'map' | 'embedding';
  /** The paper; empty where the file does not say. */
  readonly source: string;
}

/** Raised when crop, resize or pooling give other values for the same network and pictures. */
export const LEARNED_VERSION = 1;

/** A network's version in score files: the start of its file's hash. */
export const networkVersion = (sha256: string): string => `sha256:${sha256.slice(0, 16)}`;

/** LPIPS v0.1 on AlexNet by the RAIM 2026 crop rule. */
export const LPIPS_CONTRACT: MetricContract = {
  id: 'lpips',
  title: 'LPIPS (AlexNet)',
  kind: 'full-reference',
  direction: 'lower-is-better',
  unit: '',
  range: [0, null],
  crop: { region: 'person', pad: LPIPS_PADDING },
  resize: null,
  minSide: LPIPS_MIN_SIDE,
  sizeMultiple: 1,
  inputs: ['output', 'reference'],
  layout: 'NCHW',
  channels: 'RGB',
  normalisation: { mean: [0, 0, 0], std: [1, 1, 1] },
  output: 'scalar',
  source:
    'Zhang, Isola, Efros, Shechtman and Wang, CVPR 2018; crop of the scoring program of NTIRE 2026 RAIM, track 3',
};

/** LPIPS, or any other network by the id its file states and the first digits of its hash. */
export type LearnedMetricId = 'lpips' | `onnx:${string}@${string}`;

/** Everything that decides a value, and nothing that is only shown. */
function rulesOf(contract: MetricContract): string {
  const { title, unit, range, source, ...rules } = contract;
  const names = Object.keys(rules).sort();
  return JSON.stringify(rules, [
    ...names,
    'region',
    'pad',
    'height',
    'width',
    'method',
    'mean',
    'std',
  ]);
}

/** The id of a network's numbers. @param sha256 hex, of the network's file */
export function learnedMetricId(contract: MetricContract, sha256: string): LearnedMetricId {
  if (rulesOf(contract) === rulesOf(LPIPS_CONTRACT)) return 'lpips';
  return `onnx:${contract.id}@${sha256.slice(0, 8)}`;
}
