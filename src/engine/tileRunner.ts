import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import type { OutputFaults } from '../models/blend.ts';
import type { Tile } from '../models/tiling.ts';

/** A picture and its mask, of one size; without a mask everything is inside. */
export interface Subject {
  readonly picture: Rgba8;
  readonly mask: BinaryMask | null;
}

export interface Finished {
  readonly pixels: Rgba8;
  readonly faults: Readonly<OutputFaults>;
  /** The restored picture on the device, for whoever takes it over; null on the CPU. */
  readonly buffer: GPUBuffer | null;
}

/** Runs a network over one picture, tile by tile; the CPU and the GPU each have one. */
export interface TileRunner {
  /** Packs, runs and blends one tile. Tiles come in the order of `planTiles`. */
  runTile(tile: Tile): Promise<void>;
  /** The restored picture, of the input's size times the network's scale. */
  finish(): Promise<Finished>;
  /** Frees what the runner took and gave to nobody; must be called whatever happened. */
  dispose(): void;
}
