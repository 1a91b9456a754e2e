import type { Normalisation } from '../core/image/normalisation.ts';
import type { BinaryMask, Rgba8 } from '../core/image/types.ts';

/*
 * What the engine needs to know of a method that turns an input into an output: a network (built in
 * or brought by the user), a 3-D LUT file, or a classical method. Types only.
 */

export type TensorLayout = 'NCHW' | 'NHWC';
export type TensorElement = 'float32' | 'float16' | 'uint8';

/** How a picture lies in a tensor. */
export interface ImageTensor {
  readonly name: string;
  readonly layout: TensorLayout;
  readonly channels: 'RGB' | 'BGR';
  readonly element: TensorElement;
  readonly normalisation: Normalisation;
}

/**
 * How the person mask reaches the network: as an input of its own, or as a fourth channel. 1 is inside
 * and 0 outside, whatever the picture's normalisation; as uint8, 255 and 0. `ones`: the user does not
 * want it to be given the mask; the input has to be filled, so everything is inside.
 */
export type MaskInput =
  | {
      readonly kind: 'tensor';
      readonly name: string;
      readonly layout: TensorLayout;
      readonly element: TensorElement;
      /** 3: the mask in each of three channels; left out: [1, 1, H, W]. */
      readonly copies?: 3;
      readonly ones?: true;
    }
  | { readonly kind: 'channel'; readonly ones?: true };

/** What comes out, and how Loupe makes a picture of it. */
export type ModelOutput =
  /** A picture, `scale` times the input's size. */
  | (ImageTensor & { readonly kind: 'image'; readonly scale: 1 | 2 | 3 | 4 })
  /**
   * A 3-D LUT [1, 3, N, N, N] or [3, N, N, N] (docs/export.md), applied at full size. `range`: of the
   * colours that go in and come out; [0, 1] where it is absent.
   */
  | { readonly kind: 'lut'; readonly name: string; readonly range?: readonly [number, number] }
  /** A grid of affine colour transforms [1, 12, rows, columns], applied at full size. */
  | { readonly kind: 'grid'; readonly name: string; readonly range?: readonly [number, number] };

/** Everything that decides how a network is run; part of the key of its results. */
export interface ModelContract {
  readonly input: ImageTensor & {
    /** 2: the picture lies in the channels twice, R G B R G B; a mask would follow. */
    readonly copies?: 2;
    /**
     * [height, width] where the network takes nothing else. A network that gives a LUT or a grid always
     * has one: the whole picture is area-averaged to it.
     */
    readonly fixedSize: readonly [number, number] | null;
    readonly sizeMultiple: number;
    readonly minSize: number;
  };
  /** The whole picture, area-averaged to this [height, width]; null where the network has no such input. */
  readonly thumbnail: { readonly name: string; readonly size: readonly [number, number] } | null;
  /**
   * Where in the whole picture the input lies: float32 [4], top, left, bottom and right as shares of its
   * sides, beyond 1 where it is padded. Absent where the network has no such input.
   */
  readonly region?: { readonly name: string };
  /** Null: the network sees no mask. */
  readonly mask: MaskInput | null;
  readonly output: ModelOutput;
  readonly tile: {
    /** Side of the largest tile. */
    readonly size: number;
    readonly overlap: number;
    /** Tiles would change the result, so the whole picture is preferred. */
    readonly whole: boolean;
    /** The network's maker chose the size: it holds where larger ones would fit as well. */
    readonly stated?: true;
  };
}

/** A property of the contract that was not told by the file, with what it was taken from. */
export interface ContractGuess {
  readonly property: 'layout' | 'channels' | 'range' | 'sizeMultiple' | 'scale' | 'mask' | 'tile';
  /** `graph`: shapes say so; `dry-run`: a small picture came back right; `guess`: ask the user. */
  readonly known: 'graph' | 'dry-run' | 'metadata' | 'guess';
  /** A finished sentence. */
  readonly reason: string;
}

/** Where a model's file lies. */
export type ModelSource =
  | { readonly kind: 'built-in'; readonly url: string }
  /** Dropped by the user; the files are kept in storage under their SHA-256. */
  | {
      readonly kind: 'user';
      readonly fileName: string;
    };

/** What a model is made of and costs; computed from the graph, never taken from the file's word. */
export interface ModelFacts {
  readonly opset: number;
  readonly producer: string | null;
  readonly parameters: number;
  /** Multiply-accumulates for one 1280×720 frame; null where shapes cannot be followed. */
  readonly macs720p: number | null;
  /** False where a part of the graph could not be followed: the figure is a lower bound. */
  readonly macsComplete: boolean;
  /** Estimate of the largest sum of live activations, in bytes, for one 1280×720 frame. */
  readonly peakActivationBytes720p: number | null;
  /** How weights are kept: "float32", "float16", "int8 (QDQ)". */
  readonly precision: string;
  readonly operators: readonly { readonly name: string; readonly count: number }[];
  /** Operators that ONNX Runtime's WebGPU provider lacks: such a model runs on WASM. */
  readonly missingOnWebGpu: readonly string[];
  /**
   * Convolutions of a kind that ONNX Runtime computes wrongly on WebGPU, each as words; absent in what was
   * stored before they were looked for.
   */
  readonly doubtfulOnWebGpu?: readonly string[];
  /** Names of operators that look at the whole picture: tiles change the result. */
  readonly globalOperators: readonly string[];
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
}

export interface TensorFacts {
  readonly name: string;
  readonly element: string;
  /** A number, or the name of a free dimension. */
  readonly dims: readonly (number | string)[];
}

/** How far WebGPU and WASM are apart on one crop, in 8-bit steps (of 255). */
export interface ParityOutcome {
  readonly verdict: 'agree' | 'differ' | 'failed' | 'not-applicable';
  readonly largest: number | null;
  readonly mean: number | null;
  /** A finished sentence for the card and the results. */
  readonly sentence: string;
  /** Adapter it was made on. */
  readonly adapter: string | null;
}

/** A model that was dropped, looked into and run once on a small picture. */
export interface ModelInspection {
  readonly title: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly contract: ModelContract;
  readonly guesses: readonly ContractGuess[];
  readonly facts: ModelFacts;
  /** From the file's own metadata, null where it says nothing; shown as the author's word. */
  readonly licence: string | null;
  readonly training: string | null;
  /** Warnings, each a finished sentence ("gives values out of range", "runs on WASM only"). */
  readonly warnings: readonly string[];
}

/** A file that was dropped as a model, with the files its weights lie in. */
export interface ModelFiles {
  readonly name: string;
  readonly file: Blob;
  readonly externalData: readonly { readonly name: string; readonly file: Blob }[];
}

export const CLASSICAL_IDS = ['auto-gamma', 'percentile-stretch', 'clahe', 'global-tone'] as const;
export type ClassicalId = (typeof CLASSICAL_IDS)[number];

/** What a restoration is made with. */
export type MethodRef =
  | { readonly kind: 'model'; readonly modelId: string }
  | { readonly kind: 'lut'; readonly lutId: string }
  | { readonly kind: 'classical'; readonly id: ClassicalId };

/** A `.cube` file, parsed. */
export interface LutEntry {
  /** `lut-` and the first 12 digits of the file's SHA-256. */
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Points a side. */
  readonly size: number;
  readonly macs720p: number;
}

/** A user's model for `openModel`: what `inspectModel` found, with the user's changes in the contract. */
export interface UserModel {
  /** `user-` and the first 12 digits of the file's SHA-256. */
  readonly id: string;
  readonly title: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly contract: ModelContract;
  readonly facts: ModelFacts;
  readonly licence: string | null;
  readonly training: string | null;
  /** What a parity check found to be right; null before there was one. */
  readonly provider: 'webgpu' | 'wasm' | null;
}

/** A crop for `checkParity`; without one a built-in picture is used. */
export interface ParityJob {
  readonly jobId: string;
  readonly modelId: string;
  readonly crop: Rgba8 | null;
  readonly mask: BinaryMask | null;
}

/** Bytes that went between the page's memory and the GPU since the engine started. */
export interface TransferCounters {
  readonly uploaded: number;
  readonly readBack: number;
}
