import type { Rgba8 } from '../core/image/types.ts';
import type { Tile } from '../models/tiling.ts';

/** Runs a network over one picture, tile by tile; the CPU and the GPU each have one. */
export interface TileRunner {
  /** Packs, runs and blends one tile. Tiles come in the order of `planTiles`. */
  runTile(tile: Tile): Promise<void>;
  /** The restored picture, of exactly the input's size. */
  finish(): Promise<{ readonly pixels: Rgba8; readonly notANumber: number }>;
  /** Frees what the runner took; must be called whatever happened. */
  dispose(): void;
}
