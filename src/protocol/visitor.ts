import type { Gray8, Rgba8 } from '../core/image/types.ts';
import type { WeakFlash } from '../core/methods/weakFlash.ts';
import type { DecodedPicture } from './codec.ts';
import type { MetricsBackend, Provider } from './engine.ts';
import type { Result } from './result.ts';

/* What the engine does besides restoring and measuring: masks, mixtures, simulations. Types only. */

/** A network that finds the person: one of `masks` in `public/models/manifest.json`. */
export interface MaskEntry {
  readonly id: string;
  readonly title: string;
  /** Absolute. */
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly licence: string;
  readonly parameters: number;
  /** Of one run, whatever the picture's size. */
  readonly macs: number;
  readonly input: {
    readonly name: string;
    /** [height, width]; the whole picture is area-averaged to it, planar RGB in [0, 1]. */
    readonly size: readonly [number, number];
  };
  /** The name of the soft mask [1, 1, height, width], 1 inside. */
  readonly output: string;
  /** The guided filter that brings the mask to the picture's size; see `guidedFilterFor`. */
  readonly refine: {
    readonly radius: number;
    readonly epsilon: number;
    readonly subsample: number;
  };
  readonly training: string;
  readonly scores: Readonly<Record<string, number | string>>;
}

export interface MaskJob {
  readonly jobId: string;
  readonly fileName: string;
  readonly pixels: Rgba8;
}

export interface MaskOutcome {
  /** Of the picture's size; 255 inside. */
  readonly mask: Gray8;
  readonly entry: MaskEntry;
  /** What ran the network. */
  readonly provider: Provider;
  /** What refined the mask. */
  readonly backend: MetricsBackend;
  /** Without loading the network. */
  readonly seconds: number;
}

/** An input and what a method made of it, of one size. */
export interface MixJob {
  readonly fileName: string;
  readonly picture: Rgba8;
  readonly restored: Rgba8;
}

export interface MixOutcome {
  readonly pixels: Rgba8;
  readonly backend: MetricsBackend;
}

/** A mixture that is being dragged: both pictures are kept, reduced, until another one is held. */
export interface HoldMixJob extends MixJob {
  /** By which `previewMix` finds it. */
  readonly key: string;
  /** What the code values of both mean, for the preview; sRGB where it is absent or null. */
  readonly profile?: DecodedPicture['profile'];
}

export interface WeakFlashJob {
  readonly fileName: string;
  readonly pixels: Rgba8;
  /** The person, of the picture's size; null lights everything alike. */
  readonly mask: Gray8 | null;
  readonly params: WeakFlash;
}

/** The part of the engine's contract that a visitor's own photograph needs. */
export interface VisitorApi {
  /** A soft mask of the person, by the list's first mask network. `model-load` where there is none. */
  personMask(job: MaskJob): Promise<Result<MaskOutcome>>;
  /** A mixture in linear light at full size; `strength` 0 (the picture) to 1 (the restored one). */
  mixStrength(job: MixJob, strength: number): Promise<Result<MixOutcome>>;
  /** Keeps reduced copies for `previewMix`, in place of those held before. */
  holdMix(job: HoldMixJob): Promise<Result<void>>;
  /** The mixture of what is held under the key, at screen size; null where that is gone. */
  previewMix(key: string, strength: number): Promise<Result<ImageBitmap | null>>;
  /** The picture as a weak flash in a dim room would show it. */
  simulateWeakFlash(job: WeakFlashJob): Promise<Result<MixOutcome>>;
}
