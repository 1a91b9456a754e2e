import { type Bytes, hasText, textAt, viewOf } from '../../core/bytes.ts';

/** CIE XYZ relative to D50, as ICC profiles store it. */
export type Xyz = readonly [number, number, number];

/** Code value in [0, 1] to linear light in [0, 1]. */
export type ToneCurve = (value: number) => number;

/** The parts of an ICC profile that tell what it is. */
export interface IccProfile {
  readonly name: string;
  /** "RGB ", "GRAY", "CMYK" ... */
  readonly space: string;
  /** Matrix profiles only: the primaries' columns and the three curves. */
  readonly matrix: {
    readonly primaries: readonly Xyz[];
    readonly curves: readonly ToneCurve[];
  } | null;
}

const HEADER_BYTES = 128;
const MAX_NAME = 200;

function tagsOf(icc: Bytes): Map<string, Bytes> {
  const view = viewOf(icc);
  const tags = new Map<string, Bytes>();
  const count = view.getUint32(HEADER_BYTES);
  for (let i = 0; i < count; i += 1) {
    const at = HEADER_BYTES + 4 + i * 12;
    if (at + 12 > icc.length) break;
    const start = view.getUint32(at + 4);
    tags.set(textAt(icc, at, 4), icc.subarray(start, start + view.getUint32(at + 8)));
  }
  return tags;
}

/** UTF-16 of the first record of a `mluc`, or the ASCII of a version 2 `desc`. */
function readName(tag: Bytes | undefined): string {
  if (!tag || tag.length < 12) return '';
  const view = viewOf(tag);
  if (hasText(tag, 0, 'desc')) {
    return textAt(tag, 12, Math.min(view.getUint32(8), MAX_NAME)).replace(/\0.*$/s, '');
  }
  if (!hasText(tag, 0, 'mluc') || tag.length < 28) return '';
  const length = Math.min(view.getUint32(20), 2 * MAX_NAME);
  const start = view.getUint32(24);
  return new TextDecoder('utf-16be').decode(tag.subarray(start, start + length));
}

const fixed = (view: DataView, at: number) => view.getInt32(at) / 65536;

function readXyz(tag: Bytes | undefined): Xyz | null {
  if (!tag || tag.length < 20 || !hasText(tag, 0, 'XYZ ')) return null;
  const view = viewOf(tag);
  return [fixed(view, 8), fixed(view, 12), fixed(view, 16)];
}

/** A `curv` tag: identity, a gamma, or a table with linear interpolation (ICC.1, 10.6). */
function readTable(tag: Bytes): ToneCurve | null {
  const view = viewOf(tag);
  const count = view.getUint32(8);
  if (count === 0) return (value) => value;
  if (12 + count * 2 > tag.length) return null;
  if (count === 1) {
    const gamma = view.getUint16(12) / 256;
    return (value) => value ** gamma;
  }
  const at = (i: number) => view.getUint16(12 + Math.min(i, count - 1) * 2) / 65535;
  return (value) => {
    const position = value * (count - 1);
    const below = Math.floor(position);
    return at(below) + (at(below + 1) - at(below)) * (position - below);
  };
}

/** A `para` tag: the five parametric curves of ICC.1, 10.18. */
function readParametric(tag: Bytes): ToneCurve | null {
  const view = viewOf(tag);
  const kind = view.getUint16(8);
  const count = [1, 3, 4, 5, 7][kind];
  if (count === undefined || 12 + count * 4 > tag.length) return null;
  const values = Array.from({ length: count }, (_, i) => fixed(view, 12 + i * 4));
  const [g = 1, a = 1, b = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = values;
  if (kind === 0) return (value) => value ** g;
  const power = (value: number) => Math.max(a * value + b, 0) ** g;
  if (kind === 1) return (value) => (a * value + b >= 0 ? power(value) : 0);
  if (kind === 2) return (value) => (a * value + b >= 0 ? power(value) + third : third);
  return (value) => (value >= fourth ? power(value) + fifth : third * value + sixth);
}

function readCurve(tag: Bytes | undefined): ToneCurve | null {
  if (!tag || tag.length < 12) return null;
  if (hasText(tag, 0, 'curv')) return readTable(tag);
  return hasText(tag, 0, 'para') ? readParametric(tag) : null;
}

const isPresent = <T>(value: T | null): value is T => value !== null;

/** Reads what tells a profile from others; null where the bytes are no ICC profile. */
export function readIccProfile(icc: Bytes): IccProfile | null {
  if (icc.length < HEADER_BYTES + 4 || !hasText(icc, 36, 'acsp')) return null;
  const tags = tagsOf(icc);
  const primaries = ['rXYZ', 'gXYZ', 'bXYZ'].map((tag) => readXyz(tags.get(tag))).filter(isPresent);
  const curves = ['rTRC', 'gTRC', 'bTRC'].map((tag) => readCurve(tags.get(tag))).filter(isPresent);
  return {
    name: readName(tags.get('desc')).trim() || 'unnamed profile',
    space: textAt(icc, 16, 4),
    matrix: primaries.length === 3 && curves.length === 3 ? { primaries, curves } : null,
  };
}
