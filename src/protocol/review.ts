import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import type { Alignment } from '../core/inspect/alignment.ts';
import type { Finding } from '../core/inspect/hints/types.ts';
import type { ModelContract } from './models.ts';
import type { Result } from './result.ts';

/* What looks over finished pictures beside the engine's metrics: alignment and hints. Types only. */

/** How a picture was cut into tiles when it was restored. */
export interface TileRecord {
  readonly contract: Pick<ModelContract, 'input'>;
  readonly size: number;
  readonly overlap: number;
  /** Pixels along a cut that were taken from the neighbour alone. */
  readonly margin: number;
  /** Pictures of up to this many pixels were run whole; null where the size alone decided. */
  readonly wholePixels: number | null;
}

/** The pictures of a case that hints look at; those of another size than the output are not used. */
export interface ReviewedPictures {
  readonly output: Rgba8;
  readonly input: Rgba8 | null;
  readonly truth: Rgba8 | null;
  /** The person, of the output's size. */
  readonly mask: BinaryMask | null;
  /** Null where the output was not cut, or nobody knows how. */
  readonly tiles: TileRecord | null;
}

/** The worker that looks over pictures; it owns no device and waits for no queue. */
export interface ReviewApi {
  /** Where the second picture shows what the first one does; null where nothing stands out. */
  findShift(first: Rgba8, second: Rgba8): Promise<Result<Alignment | null>>;
  /** Holds pictures for `hint`, in place of those held before. */
  hold(pictures: ReviewedPictures): Promise<Result<void>>;
  /** One hint of the registry over what is held; null where it cannot be measured. */
  hint(id: string): Promise<Result<Finding | null>>;
}
