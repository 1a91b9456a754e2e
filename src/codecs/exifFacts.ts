import { type Bytes, hasText, textAt, viewOf } from '../core/bytes.ts';
import type { ExifFacts } from '../core/dataset/exifAttributes.ts';

/** Tags of EXIF 2.32 (CIPA DC-008), of the first directory and of the one it points to. */
const TAGS = {
  make: 0x010f,
  model: 0x0110,
  exifDirectory: 0x8769,
  exposure: 0x829a,
  aperture: 0x829d,
  iso: 0x8827,
  taken: 0x9003,
  brightness: 0x9203,
  flash: 0x9209,
  focalLength: 0x920a,
  lens: 0xa434,
} as const;

/** Bytes of one value, by its type; types that no tag above has are absent. */
const SIZES: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 8, 10: 8 };
const LONGEST_TEXT = 100;

/** A directory's values by tag; texts are ASCII, rationals are divided. */
type Directory = ReadonlyMap<number, string | number>;

interface Tiff {
  readonly bytes: Bytes;
  readonly view: DataView;
  readonly littleEndian: boolean;
}

function valueAt({ bytes, view, littleEndian }: Tiff, type: number, at: number, count: number) {
  switch (type) {
    case 2:
      return (textAt(bytes, at, Math.min(count, LONGEST_TEXT)).split('\0')[0] ?? '').trim();
    case 3:
      return view.getUint16(at, littleEndian);
    case 4:
      return view.getUint32(at, littleEndian);
    case 5:
      return view.getUint32(at, littleEndian) / view.getUint32(at + 4, littleEndian);
    default:
      return view.getInt32(at, littleEndian) / view.getInt32(at + 4, littleEndian);
  }
}

/** What of a directory can be read; entries that point outside are left out. */
function readDirectory(tiff: Tiff, start: number): Directory {
  const { bytes, view, littleEndian } = tiff;
  const values = new Map<number, string | number>();
  if (start < 8 || start + 2 > bytes.length) return values;
  const entries = view.getUint16(start, littleEndian);
  for (let i = 0; i < entries; i += 1) {
    const entry = start + 2 + i * 12;
    if (entry + 12 > bytes.length) break;
    const type = view.getUint16(entry + 2, littleEndian);
    const count = view.getUint32(entry + 4, littleEndian);
    const length = (SIZES[type] ?? 0) * count;
    if (length === 0) continue;
    const at = length > 4 ? view.getUint32(entry + 8, littleEndian) : entry + 8;
    if (at + length > bytes.length) continue;
    values.set(view.getUint16(entry, littleEndian), valueAt(tiff, type, at, count));
  }
  return values;
}

function deviceOf(make: string | null, model: string | null): string | null {
  if (make === null || model === null) return make ?? model;
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
}

/** "2026:03:01 19:20:00" with hyphens in the date; null for the blanks of a camera without a clock. */
function timeOf(text: string | null): string | null {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text ?? '');
  return found ? `${found[1]}-${found[2]}-${found[3]} ${found[4]}` : null;
}

/**
 * What a TIFF block (behind "Exif\0\0" in a JPEG, in a PNG's `eXIf` or a WebP's `EXIF` chunk) says of
 * how the picture was taken.
 * @returns null where the block is none, or says nothing of it
 */
export function exifFacts(bytes: Bytes): ExifFacts | null {
  const littleEndian = hasText(bytes, 0, 'II*\0');
  if (bytes.length < 8 || (!littleEndian && !hasText(bytes, 0, 'MM\0*'))) return null;
  const tiff = { bytes, view: viewOf(bytes), littleEndian };
  const first = readDirectory(tiff, tiff.view.getUint32(4, littleEndian));
  const second = readDirectory(tiff, Number(first.get(TAGS.exifDirectory) ?? 0));
  const text = (from: Directory, tag: number) => {
    const value = from.get(tag);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const number = (tag: number) => {
    const value = second.get(tag);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  const flash = number(TAGS.flash);
  const facts: ExifFacts = {
    device: deviceOf(text(first, TAGS.make), text(first, TAGS.model)),
    lens: text(second, TAGS.lens),
    exposure: number(TAGS.exposure),
    aperture: number(TAGS.aperture),
    iso: number(TAGS.iso),
    focalLength: number(TAGS.focalLength),
    brightness: number(TAGS.brightness),
    flash: flash === null ? null : (flash & 1) === 1,
    taken: timeOf(text(second, TAGS.taken)),
  };
  return Object.values(facts).some((fact) => fact !== null) ? facts : null;
}
