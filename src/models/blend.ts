import type { Rgba8 } from '../core/image/types.ts';
import type { Tile } from './tiling.ts';

/** What a network's output held that no picture can show. */
export interface OutputFaults {
  /** Values that are not a number; shown as 0. */
  notANumber: number;
}

function ramp(i: number, length: number): number {
  return i < length ? (i + 0.5) / length : 1;
}

/**
 * Writes a tile of the network's output (planar RGB, [3, height, width], [0, 1]) into the picture.
 * Where the tile overlaps earlier ones it fades in linearly, so that a seam has no edge; blending
 * into 8-bit values costs at most half a code value a seam and keeps big pictures at 4 bytes a pixel.
 * CPU twin of the GPU's blend pass.
 */
export function blendTile(
  picture: Rgba8,
  tile: Tile,
  output: Float32Array,
  faults: OutputFaults,
): void {
  const plane = tile.width * tile.height;
  const rows = Math.min(tile.height, picture.height - tile.y);
  const columns = Math.min(tile.width, picture.width - tile.x);
  for (let row = 0; row < rows; row++) {
    const rowWeight = ramp(row, tile.blendTop);
    for (let column = 0; column < columns; column++) {
      const weight = rowWeight * ramp(column, tile.blendLeft);
      const to = ((tile.y + row) * picture.width + tile.x + column) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const value = output[channel * plane + row * tile.width + column] ?? Number.NaN;
        if (Number.isNaN(value)) faults.notANumber += 1;
        const fresh = Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, value)) * 255;
        const before = picture.data[to + channel] ?? 0;
        picture.data[to + channel] = Math.floor(before + (fresh - before) * weight + 0.5);
      }
      picture.data[to + 3] = 255;
    }
  }
}
