import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import type { LearnedMetricId, MetricContract } from '../core/metrics/learned.ts';
import type { MetricValue } from '../core/metrics/types.ts';
import type { Result } from './result.ts';

/*
 * What the engine is asked about learned metrics: LPIPS from its weight files, or any network that says
 * of itself what it measures. Types only.
 */

/** The two kinds of weight files that LPIPS is built from. */
export type WeightKind = 'alexnet' | 'heads';

/** A file that was dropped as a metric's network, or as the weights of one. */
export interface WeightFile {
  readonly file: Blob;
  readonly name: string;
}

/** What was built from weight files, or a metric's network as it is. */
export interface MetricNetwork {
  readonly id: LearnedMetricId;
  readonly contract: MetricContract;
  readonly onnx: Uint8Array<ArrayBuffer>;
  /** Hex SHA-256 of `onnx`: what results are kept under. */
  readonly sha256: string;
  readonly sources: readonly { readonly name: string; readonly sha256: string }[];
  /** A sentence where its numbers compare to no published ones; else null. */
  readonly warning: string | null;
}

/** A picture of a metric, with what its crop rule needs. */
export interface LearnedPicture {
  readonly pixels: Rgba8;
  /** Of the picture's size; null measures the whole picture. */
  readonly mask: BinaryMask | null;
}

export interface LearnedJob {
  readonly jobId: string;
  /** Of the measured picture. */
  readonly fileName: string;
  /** What is measured, and behind it the ground truth (full-reference) or the input (identity). */
  readonly pictures: readonly LearnedPicture[];
  readonly network: {
    readonly file: Blob;
    /** Its address: the session stays open under it. */
    readonly sha256: string;
    /** How sentences call it: LPIPS, or its file's name. */
    readonly name: string;
    readonly contract: MetricContract;
  };
}

export interface LearnedOutcome {
  /** Null where a mask is empty or a crop too small for the network. */
  readonly value: MetricValue;
  readonly seconds: number;
}

/** What the engine does for learned metrics; jobs as in `EngineApi`. */
export interface LearnedApi {
  /** Tells a weight file by its tensors; `model-load` with the reader's sentence for any other file. */
  identifyWeights(file: WeightFile): Promise<Result<WeightKind>>;
  /** LPIPS from its two weight files, in any order. */
  buildLpips(files: readonly [WeightFile, WeightFile]): Promise<Result<MetricNetwork>>;
  /** A metric's network by what its file says of itself, or LPIPS', tried on a small picture. */
  openMetric(file: WeightFile, jobId: string): Promise<Result<MetricNetwork>>;
  learned(job: LearnedJob): Promise<Result<LearnedOutcome>>;
}
