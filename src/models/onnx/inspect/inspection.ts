import type { Normalisation } from '../../../core/image/normalisation.ts';
import type { ContractGuess, ModelContract, ModelFacts } from '../../../protocol/models.ts';
import type { RandomAccess } from '../../pytorch/randomAccess.ts';

/** A model and the files its weights may lie in, as they were dropped. */
export interface OnnxFiles {
  readonly name: string;
  readonly file: RandomAccess;
  readonly externalData: readonly { readonly name: string; readonly file: RandomAccess }[];
}

/** A file beside the model that holds weights. */
export interface ExternalFile {
  /** Path as the model states it: ONNX Runtime wants the very same text. */
  readonly location: string;
  /** Name of the dropped file that it was found in. */
  readonly name: string;
}

/** Numbers of one run over a picture of one size. */
export interface GraphFigures {
  /** Size of the run in pixels: the picture's, rounded up to the multiple, or the network's fixed one. */
  readonly width: number;
  readonly height: number;
  /** Multiply-accumulates by the rule of `macs.ts`, of all runs that a fixed-size network needs to cover the picture. */
  readonly macs: number;
  /** Most bytes of intermediate tensors alive at once in one run, its inputs and outputs included. */
  readonly peakActivationBytes: number;
  /** Null where every shape was inferred; else the first node that was not, and the figures are lower bounds. */
  readonly stoppedAt: string | null;
}

/** Everything that a model's file tells. */
export interface OnnxInspection {
  readonly fileName: string;
  /** As its maker calls it; null where the file does not say. */
  readonly title: string | null;
  /** Bytes of the model and of the files that it needs. */
  readonly bytes: number;
  readonly facts: ModelFacts;
  readonly contract: ModelContract;
  /** What of the contract was taken from where; `guess` is left for the dry run or the user. */
  readonly guesses: readonly ContractGuess[];
  /** Ranges that a dry run should try, the likeliest first; the contract has the first. */
  readonly rangeCandidates: readonly Normalisation[];
  readonly externalFiles: readonly ExternalFile[];
  /** Pixels of the input to each side that can change a value of the output; null where unknown. */
  readonly receptiveRadius: number | null;
  /** Texts of the author, shown as such. */
  readonly licence: string | null;
  readonly training: string | null;
  /** Finished sentences. */
  readonly warnings: readonly string[];
  /** Figures for a picture of any size, e.g. to choose a tile. */
  figures(width: number, height: number): GraphFigures;
}
