import { opencvLab8 } from '../colour/opencvLab8.ts';
import { reflectIndex } from '../image/reflect.ts';
import type { Rgba8 } from '../image/types.ts';
import { opencvRgb8 } from './opencvRgb8.ts';

/** Tiles across and down. */
const CLAHE_TILES = 8;
const CLIP_LIMIT = 4;
const LEVELS = 256;

/** The size of a tile, and every tile's curve. */
export interface ClahePlan {
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** 8 × 8 curves of 256 levels of L, tiles in rows from the top left: 16,384 bytes. */
  readonly curves: Uint8Array<ArrayBuffer>;
}

/** L of every pixel, 0..255. */
function lightness({ data }: Rgba8): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: data.length / 4 }, (_, i) => {
    const at = i * 4;
    return opencvLab8(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0).L;
  });
}

/** Cuts a histogram off at `limit` and spreads what was cut: evenly, the rest in equal steps. */
function clipHistogram(counts: Uint32Array, limit: number): void {
  let clipped = 0;
  counts.forEach((count, level) => {
    if (count <= limit) return;
    clipped += count - limit;
    counts[level] = limit;
  });
  const share = Math.floor(clipped / LEVELS);
  let rest = clipped - share * LEVELS;
  counts.forEach((count, level) => {
    counts[level] = count + share;
  });
  if (rest === 0) return;
  const step = Math.max(1, Math.floor(LEVELS / rest));
  for (let level = 0; level < LEVELS && rest > 0; level += step, rest -= 1) {
    counts[level] = (counts[level] ?? 0) + 1;
  }
}

/** Rounds a value of single precision to the nearest whole number, ties to even, as OpenCV does. */
function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

/** Equalises one tile's histogram. */
function tileCurve(counts: Uint32Array, pixels: number): Uint8Array {
  clipHistogram(counts, Math.max(1, Math.floor((CLIP_LIMIT * pixels) / LEVELS)));
  const scale = Math.fround((LEVELS - 1) / pixels);
  let sum = 0;
  return Uint8Array.from(counts, (count) => {
    sum += count;
    return Math.min(LEVELS - 1, roundHalfEven(Math.fround(sum * scale)));
  });
}

/**
 * A tile's side and how far the picture is mirrored beyond its right or bottom edge. OpenCV pads both
 * axes where either does not divide evenly, and an axis that does by one more pixel a tile.
 */
function tileSides(width: number, height: number): readonly [number, number] {
  const even = width % CLAHE_TILES === 0 && height % CLAHE_TILES === 0;
  const side = (length: number) =>
    even ? length / CLAHE_TILES : Math.floor(length / CLAHE_TILES) + 1;
  return [side(width), side(height)];
}

/**
 * Contrast-limited adaptive histogram equalisation of L with 8 × 8 tiles and clip limit 4, the
 * curves as `cv2.createCLAHE(4.0, (8, 8))` makes them.
 * Source: Zuiderveld, "Contrast limited adaptive histogram equalization", Graphics Gems IV, 1994.
 */
export function clahe(picture: Rgba8): ClahePlan {
  const { width, height } = picture;
  const [tileWidth, tileHeight] = tileSides(width, height);
  const levels = lightness(picture);
  const curves = new Uint8Array(CLAHE_TILES * CLAHE_TILES * LEVELS);
  for (let tile = 0; tile < CLAHE_TILES * CLAHE_TILES; tile += 1) {
    const left = (tile % CLAHE_TILES) * tileWidth;
    const top = Math.floor(tile / CLAHE_TILES) * tileHeight;
    const counts = new Uint32Array(LEVELS);
    for (let y = top; y < top + tileHeight; y += 1) {
      const row = reflectIndex(y, height) * width;
      for (let x = left; x < left + tileWidth; x += 1) {
        const level = levels[row + reflectIndex(x, width)] ?? 0;
        counts[level] = (counts[level] ?? 0) + 1;
      }
    }
    curves.set(tileCurve(counts, tileWidth * tileHeight), tile * LEVELS);
  }
  return { tileWidth, tileHeight, curves };
}

/** The two tiles around a pixel along one axis and the second one's weight, in 1 / (2 side). */
function tilesAround(pixel: number, side: number): readonly [number, number, number] {
  const place = 2 * pixel + side;
  const second = Math.floor(place / (2 * side));
  const last = CLAHE_TILES - 1;
  return [Math.max(0, second - 1), Math.min(last, second), place - second * 2 * side];
}

/**
 * A picture with L looked up in the curves of the four tiles around each pixel, bilinear between
 * their centres, and a and b kept. The weights are whole numbers and their sum stays below 2^32 up
 * to 16,384 pixels a side, so every machine gives the same bytes. Ties go to the even level as in
 * OpenCV, whose weights in single precision miss some of them by a hair and give the level beside.
 */
export function applyClahe(picture: Rgba8, { tileWidth, tileHeight, curves }: ClahePlan): Rgba8 {
  const { width, height, data } = picture;
  const result = new Uint8ClampedArray(data.length);
  const whole = 4 * tileWidth * tileHeight;
  for (let i = 0; i < width * height; i += 1) {
    const at = i * 4;
    const { L, a, b } = opencvLab8(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    const [left, right, across] = tilesAround(i % width, tileWidth);
    const [upper, lower, down] = tilesAround(Math.floor(i / width), tileHeight);
    const curve = (row: number, column: number): number =>
      curves[(row * CLAHE_TILES + column) * LEVELS + L] ?? 0;
    const along = (row: number): number =>
      curve(row, left) * (2 * tileWidth - across) + curve(row, right) * across;
    const sum = along(upper) * (2 * tileHeight - down) + along(lower) * down;
    const rounded = Math.floor((sum + whole / 2) / whole);
    const tie = (sum + whole / 2) % whole === 0;
    const rgb = opencvRgb8(tie ? rounded - (rounded % 2) : rounded, a, b);
    result.set([...rgb, 255], at);
  }
  return { width, height, data: result };
}
