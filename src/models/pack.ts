import { reflectIndex } from '../core/image/reflect.ts';
import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import type { TensorElement, TensorLayout } from '../protocol/models.ts';
import {
  createValues,
  encodeValue,
  type PixelFormat,
  PLAIN,
  strides,
  type TensorValues,
} from './tensor.ts';
import type { Tile } from './tiling.ts';

type Rect = Pick<Tile, 'x' | 'y' | 'width' | 'height'>;

/** Every byte level as the tensor holds it, for R, G and B. */
function levelTables({ element, normalisation: { mean, std } }: PixelFormat): TensorValues[] {
  return [0, 1, 2].map((channel) => {
    const table = createValues(element, 256);
    for (let level = 0; level < 256; level += 1) {
      const value = (level / 255 - (mean[channel] ?? 0)) / (std[channel] ?? 1);
      table[level] = encodeValue(element, value);
    }
    return table;
  });
}

/** Calls `visit(pixel of the tile, pixel of the picture)`, mirrored beyond the picture. */
function eachPixel(
  rect: Rect,
  picture: { readonly width: number; readonly height: number },
  visit: (to: number, from: number) => void,
): void {
  const { x, y, width, height } = rect;
  const columns = Int32Array.from({ length: width }, (_, i) => reflectIndex(x + i, picture.width));
  for (let row = 0; row < height; row += 1) {
    const line = reflectIndex(y + row, picture.height) * picture.width;
    for (let column = 0; column < width; column += 1) {
      visit(row * width + column, line + (columns[column] ?? 0));
    }
  }
}

/** How the mask reads inside the person: 1, as a byte 255. */
function insideValue(element: TensorElement): number {
  return encodeValue(element, element === 'uint8' ? 255 : 1);
}

export interface PackOptions {
  /** How often the picture lies in the channels, one after another; 1 where it is left out. */
  readonly copies?: number;
  /** Left out: no mask; null: everything is inside; else of the picture's size, the last channel. */
  readonly mask?: BinaryMask | null;
}

/**
 * A rectangle of a picture as a network reads it: its three channels, and the mask behind them.
 * Pixels beyond the picture are reflected (or replicated where a side is too short). CPU twin of the
 * GPU's pack pass.
 */
export function packTensor(
  picture: Rgba8,
  rect: Rect,
  format: PixelFormat,
  { copies = 1, mask }: PackOptions = {},
): TensorValues {
  const pixels = rect.width * rect.height;
  const colours = 3 * copies;
  const channels = colours + (mask === undefined ? 0 : 1);
  const values = createValues(format.element, channels * pixels);
  const step = strides(format, channels, pixels);
  const tables = levelTables(format);
  const { data } = picture;
  tables.forEach((table, channel) => {
    const place = (format.channels === 'BGR' ? 2 - channel : channel) * step.channel;
    for (let copy = 0; copy < copies; copy += 1) {
      const start = place + copy * 3 * step.channel;
      eachPixel(rect, picture, (to, from) => {
        values[start + to * step.pixel] = table[data[from * 4 + channel] ?? 0] ?? 0;
      });
    }
  });
  if (mask === undefined) return values;
  const inside = insideValue(format.element);
  eachPixel(rect, picture, (to, from) => {
    values[colours * step.channel + to * step.pixel] = !mask || mask.data[from] === 1 ? inside : 0;
  });
  return values;
}

/**
 * A rectangle of the mask as an input of its own, the same in each of `copies` channels; null:
 * everything is inside.
 */
export function packMask(
  picture: { readonly width: number; readonly height: number },
  rect: Rect,
  {
    element,
    layout,
    copies = 1,
  }: {
    readonly element: TensorElement;
    readonly layout: TensorLayout;
    readonly copies?: number;
  },
  mask: BinaryMask | null,
): TensorValues {
  const pixels = rect.width * rect.height;
  const values = createValues(element, copies * pixels);
  const step = strides({ layout }, copies, pixels);
  const inside = insideValue(element);
  eachPixel(rect, picture, (to, from) => {
    const value = !mask || mask.data[from] === 1 ? inside : 0;
    for (let copy = 0; copy < copies; copy += 1) {
      values[to * step.pixel + copy * step.channel] = value;
    }
  });
  return values;
}

/** A rectangle as float32 planar RGB, [3, height, width] in [0, 1]. */
export function packTile(picture: Rgba8, rect: Rect): Float32Array<ArrayBuffer> {
  return packTensor(picture, rect, PLAIN) as Float32Array<ArrayBuffer>;
}

/**
 * Planar RGB in [0, 1] (a thumbnail) as a network reads it.
 * @param planes [3, pixels]
 */
export function packPlanes(planes: Float32Array, format: PixelFormat): TensorValues {
  const pixels = planes.length / 3;
  const { mean, std } = format.normalisation;
  const values = createValues(format.element, planes.length);
  const step = strides(format, 3, pixels);
  for (let channel = 0; channel < 3; channel += 1) {
    const place = (format.channels === 'BGR' ? 2 - channel : channel) * step.channel;
    for (let i = 0; i < pixels; i += 1) {
      const value =
        ((planes[channel * pixels + i] ?? 0) - (mean[channel] ?? 0)) / (std[channel] ?? 1);
      values[place + i * step.pixel] = encodeValue(format.element, value);
    }
  }
  return values;
}
