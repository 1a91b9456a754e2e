import { type Bytes, concatBytes, viewOf } from '../../src/core/bytes.ts';

/** CIE XYZ columns of red, green and blue relative to D50. */
export interface Primaries {
  readonly red: readonly [number, number, number];
  readonly green: readonly [number, number, number];
  readonly blue: readonly [number, number, number];
}

export const SRGB_D50: Primaries = {
  red: [0.43607, 0.22249, 0.01392],
  green: [0.38515, 0.71687, 0.09708],
  blue: [0.14307, 0.06061, 0.7141],
};

/** SMPTE EG 432-1 primaries with a D65 white, adapted to D50 by the Bradford transform. */
export const DISPLAY_P3_D50: Primaries = {
  red: [0.51512, 0.2412, -0.00105],
  green: [0.29198, 0.69225, 0.04189],
  blue: [0.1571, 0.06657, 0.78407],
};

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** A tag's type, its four reserved bytes, and its content padded to whole words. */
function tag(type: string, content: Uint8Array): Bytes {
  return concatBytes([
    ascii(type),
    new Uint8Array(4),
    content,
    new Uint8Array(-content.length & 3),
  ]);
}

function words(values: readonly number[], bytes: 2 | 4): Bytes {
  const data = new Uint8Array(values.length * bytes);
  const view = viewOf(data);
  values.forEach((value, i) => {
    if (bytes === 2) view.setUint16(i * 2, value);
    else view.setInt32(i * 4, value);
  });
  return data;
}

const fixed = (values: readonly number[]) =>
  words(
    values.map((v) => Math.round(v * 65536)),
    4,
  );

export const xyz = (values: readonly number[]): Bytes => tag('XYZ ', fixed(values));

/** Parametric curve `kind` with its parameters (ICC.1, 10.18). */
export const parametric = (kind: number, values: readonly number[]): Bytes =>
  tag('para', concatBytes([words([kind, 0], 2), fixed(values)]));

/** A table of 16-bit values; one value is a gamma in 1/256, none is the identity. */
export const table = (values: readonly number[]): Bytes =>
  tag('curv', concatBytes([words([values.length], 4), words(values, 2)]));

export const SRGB_CURVE = parametric(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);

/** A version 4 name. */
export function unicodeName(name: string): Bytes {
  const text = words(
    Array.from(name, (letter) => letter.charCodeAt(0)),
    2,
  );
  const record = concatBytes([words([1, 12], 4), ascii('enUS'), words([text.length, 28], 4)]);
  return tag('mluc', concatBytes([record, text]));
}

/** A version 2 name. */
export const asciiName = (name: string): Bytes =>
  tag('desc', concatBytes([words([name.length + 1], 4), ascii(`${name}\0`), new Uint8Array(78)]));

/** An ICC profile of these tags; `space` has four letters. */
export function makeProfile(tags: Readonly<Record<string, Bytes>>, space = 'RGB '): Bytes {
  const entries = Object.entries(tags);
  const header = new Uint8Array(128);
  header.set([4, 0x40], 8);
  header.set(ascii(`mntr${space}XYZ `), 12);
  header.set(ascii('acsp'), 36);
  header.set(fixed([0.9642, 1, 0.8249]), 68);
  let at = 128 + 4 + entries.length * 12;
  const directory = entries.map(([name, bytes]) => {
    const entry = concatBytes([ascii(name), words([at, bytes.length], 4)]);
    at += bytes.length;
    return entry;
  });
  viewOf(header).setUint32(0, at);
  const body = entries.map(([, bytes]) => bytes);
  return concatBytes([header, words([entries.length], 4), ...directory, ...body]);
}

/** A matrix profile for displays with the same curve in all channels. */
export function displayProfile(name: Bytes, primaries: Primaries, curve: Bytes): Bytes {
  return makeProfile({
    desc: name,
    wtpt: xyz([0.9642, 1, 0.8249]),
    rXYZ: xyz(primaries.red),
    gXYZ: xyz(primaries.green),
    bXYZ: xyz(primaries.blue),
    rTRC: curve,
    gTRC: curve,
    bTRC: curve,
  });
}

/** Display P3 as phones write it: the fixture `display-p3.icc`. */
export const makeDisplayP3 = (): Bytes =>
  displayProfile(unicodeName('Display P3'), DISPLAY_P3_D50, SRGB_CURVE);

/** Puts a profile into a JPEG right behind its start, in APP2 segments of at most `part` bytes. */
export function tagJpeg(jpeg: Bytes, icc: Bytes, part: number): Bytes {
  const count = Math.ceil(icc.length / part);
  const segments = Array.from({ length: count }, (_, i) => {
    const data = icc.subarray(i * part, (i + 1) * part);
    const head = concatBytes([ascii('ICC_PROFILE\0'), Uint8Array.of(i + 1, count)]);
    const length = words([2 + head.length + data.length], 2);
    return concatBytes([Uint8Array.of(0xff, 0xe2), length, head, data]);
  });
  return concatBytes([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}
