import type { Rgba8 } from '../../core/image/types.ts';
import { type LineProfile, lineProfile } from '../../core/inspect/lineProfile.ts';
import { writeTable } from '../../core/text/csv.ts';
import type { Point, Rect, Size } from '../viewer/viewport.ts';
import { standIn } from './place-state.ts';
import { pixelsOf } from './values.ts';

/** A straight line, in pixels of the frame or of a picture. */
export interface Line {
  readonly from: Point;
  readonly to: Point;
}

/** What lies under a line in one picture. */
export interface PictureProfile extends LineProfile {
  readonly title: string;
  /** The line in the picture's own pixels. */
  readonly line: Line;
}

export const PROFILE_CHANNELS = ['red', 'green', 'blue', 'lightness'] as const;
export type ProfileChannel = (typeof PROFILE_CHANNELS)[number];

export const CHANNEL_TITLES: Readonly<Record<ProfileChannel, string>> = {
  red: 'R',
  green: 'G',
  blue: 'B',
  lightness: 'L*',
};

/** Pixels are read in pieces of at most this length, so that a slanting line reads no whole picture. */
const PIECE = 64;
/** Bilinear reading looks at the next pixel. */
const MARGIN = 2;

export const lengthOf = ({ from, to }: Line): number => Math.hypot(to.x - from.x, to.y - from.y);

/** A line of the frame in the pixels of a picture that shows the same scene. */
export function lineIn(line: Line, frame: Size, picture: Size, stretched: boolean): Line {
  const own = standIn(frame, picture, stretched);
  const move = ({ x, y }: Point): Point => ({
    x: ((x - own.x) * picture.width) / own.width,
    y: ((y - own.y) * picture.height) / own.height,
  });
  return { from: move(line.from), to: move(line.to) };
}

/** A line moved by pixels. */
export function movedLine({ from, to }: Line, by: Point): Line {
  const move = ({ x, y }: Point): Point => ({ x: x + by.x, y: y + by.y });
  return { from: move(from), to: move(to) };
}

/** The part of a picture that a line is read from: never empty, within the picture. */
export function aroundLine({ from, to }: Line, { width, height }: Size): Rect {
  const span = (a: number, b: number, length: number) => {
    const start = Math.min(length - 1, Math.max(0, Math.floor(Math.min(a, b)) - MARGIN));
    const end = Math.min(length, Math.max(start + 1, Math.ceil(Math.max(a, b)) + MARGIN));
    return [start, end - start] as const;
  };
  const [x, across] = span(from.x, to.x, width);
  const [y, down] = span(from.y, to.y, height);
  return { x, y, width: across, height: down };
}

/** Equal pieces of a line, none longer than `PIECE`. */
function piecesOf(line: Line): Line[] {
  const count = Math.max(1, Math.ceil(lengthOf(line) / PIECE));
  const at = (i: number): Point => ({
    x: line.from.x + ((line.to.x - line.from.x) * i) / count,
    y: line.from.y + ((line.to.y - line.from.y) * i) / count,
  });
  return Array.from({ length: count }, (_, i) => ({ from: at(i), to: at(i + 1) }));
}

/**
 * What lies under a line of a picture, given in the picture's pixels.
 * @param read hands out a part of it; null where that cannot be read
 */
export function profileOf(
  line: Line,
  picture: Size,
  read: (part: Rect) => Rgba8 | null,
): LineProfile | null {
  const all: Record<keyof LineProfile, number[]> = {
    distance: [],
    red: [],
    green: [],
    blue: [],
    lightness: [],
  };
  let before = 0;
  for (const [index, piece] of piecesOf(line).entries()) {
    const part = aroundLine(piece, picture);
    const pixels = read(part);
    if (!pixels) return null;
    const within = ({ x, y }: Point): Point => ({ x: x - part.x, y: y - part.y });
    const own = lineProfile(pixels, within(piece.from), within(piece.to));
    // A piece begins where the one before ended.
    const first = index === 0 ? 0 : 1;
    for (const name of PROFILE_CHANNELS) all[name].push(...own[name].subarray(first));
    all.distance.push(...own.distance.subarray(first).map((distance) => before + distance));
    before += lengthOf(piece);
  }
  const { distance, red, green, blue, lightness } = all;
  return {
    distance: Float64Array.from(distance),
    red: Float64Array.from(red),
    green: Float64Array.from(green),
    blue: Float64Array.from(blue),
    lightness: Float64Array.from(lightness),
  };
}

/** A profile of what a canvas can draw, as sRGB values. */
export function profileOfBitmap(line: Line, bitmap: ImageBitmap): LineProfile | null {
  return profileOf(line, bitmap, (part) => pixelsOf(bitmap, part));
}

/** The value at a part of the line, 0..1, between its samples. */
export function valueAt(profile: LineProfile, channel: ProfileChannel, t: number): number {
  const values = profile[channel];
  const at = Math.min(1, Math.max(0, t)) * (values.length - 1);
  const low = values[Math.floor(at)] ?? 0;
  const high = values[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

const HEADER = 'picture distance_px x y R G B L'.split(' ');

/** Every sample of every picture, a line each; distances and places in the picture's own pixels. */
export function profileCsv(profiles: readonly PictureProfile[]): string {
  const lines = profiles.flatMap((profile) => {
    const { from, to } = profile.line;
    const length = lengthOf(profile.line);
    return Array.from(profile.distance, (distance, i) => {
      const t = length === 0 ? 0 : distance / length;
      const place = [from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)];
      const values = PROFILE_CHANNELS.map((name) => profile[name][i] ?? 0);
      const numbers = [distance, ...place, ...values].map((value) => Number(value.toFixed(3)));
      return [profile.title, ...numbers.map(String)];
    });
  });
  return writeTable([HEADER, ...lines]);
}
