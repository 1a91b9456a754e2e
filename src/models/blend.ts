import type { Rgba8 } from '../core/image/types.ts';
import { decodeValues, type PixelFormat, PLAIN, strides, type TensorValues } from './tensor.ts';
import type { Tile } from './tiling.ts';

/** What a network's output held that no picture can show. */
export interface OutputFaults {
  /** Values that are not a number; shown as 0. */
  notANumber: number;
  /** Values more than 0.001 outside [0, 1]; clamped, as the smaller excesses are. */
  outOfRange: number;
}

/** How far outside [0, 1] a value may be before it is counted: rounding of a network in float16. */
const SLACK = 0.001;

/** Weight of the new value at offset i: none over `skip`, then a fade of `length`, then all. */
function ramp(i: number, skip: number, length: number): number {
  if (i < skip) return 0;
  return i - skip < length ? (i - skip + 0.5) / length : 1;
}

/** A value of [0, 1] as 0..255, unrounded. */
function toLevel(value: number, faults: OutputFaults): number {
  if (Number.isNaN(value)) {
    faults.notANumber += 1;
    return 0;
  }
  if (value < -SLACK || value > 1 + SLACK) faults.outOfRange += 1;
  return Math.min(1, Math.max(0, value)) * 255;
}

/** A tile where the network enlarges: of the output, not of the input. */
export function scaleTile(tile: Tile, scale: number): Tile {
  return {
    x: tile.x * scale,
    y: tile.y * scale,
    width: tile.width * scale,
    height: tile.height * scale,
    skipLeft: tile.skipLeft * scale,
    blendLeft: tile.blendLeft * scale,
    skipTop: tile.skipTop * scale,
    blendTop: tile.blendTop * scale,
    skipRight: tile.skipRight * scale,
    skipBottom: tile.skipBottom * scale,
  };
}

/**
 * Writes a tile of the network's output into the picture. Where the tile overlaps earlier ones it
 * fades in linearly, so that a seam has no edge; blending into 8-bit values costs at most half a code
 * value a seam and keeps big pictures at 4 bytes a pixel. CPU twin of the GPU's blend pass.
 * @param format of `output`; float32 planar RGB in [0, 1] where it is left out
 */
export function blendTile(
  picture: Rgba8,
  tile: Tile,
  output: TensorValues,
  faults: OutputFaults,
  format: PixelFormat = PLAIN,
): void {
  const values = decodeValues(output);
  const { mean, std } = format.normalisation;
  const step = strides(format, 3, tile.width * tile.height);
  const rows = Math.min(tile.height - tile.skipBottom, picture.height - tile.y);
  const columns = Math.min(tile.width - tile.skipRight, picture.width - tile.x);
  for (let row = 0; row < rows; row++) {
    const rowWeight = ramp(row, tile.skipTop, tile.blendTop);
    for (let column = 0; column < columns; column++) {
      const weight = rowWeight * ramp(column, tile.skipLeft, tile.blendLeft);
      if (weight === 0) continue;
      const to = ((tile.y + row) * picture.width + tile.x + column) * 4;
      const from = (row * tile.width + column) * step.pixel;
      for (let channel = 0; channel < 3; channel++) {
        const place = (format.channels === 'BGR' ? 2 - channel : channel) * step.channel;
        const raw = values[from + place] ?? Number.NaN;
        const fresh = toLevel(raw * (std[channel] ?? 1) + (mean[channel] ?? 0), faults);
        const before = picture.data[to + channel] ?? 0;
        picture.data[to + channel] = Math.floor(before + (fresh - before) * weight + 0.5);
      }
      picture.data[to + 3] = 255;
    }
  }
}
