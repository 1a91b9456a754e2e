import { type Bytes, concatBytes, viewOf } from '../../core/bytes.ts';
import { rgbBytes } from '../../core/image/rgb.ts';
import type { Rgba8 } from '../../core/image/types.ts';
import { deflate } from '../zlib.ts';
import { pngChunk, pngFile } from './chunks.ts';
import { filterScanlines } from './filter.ts';

/** Colour types of the PNG specification by the number of 8-bit channels. */
const COLOUR_TYPES = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

/** 8-bit samples, interleaved, rows top to bottom without padding. */
export interface Samples8 {
  readonly width: number;
  readonly height: number;
  readonly channels: keyof typeof COLOUR_TYPES;
  readonly data: Uint8Array;
}

function header({ width, height, channels }: Samples8): Bytes {
  const data = new Uint8Array(13);
  const view = viewOf(data);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data[8] = 8;
  data[9] = COLOUR_TYPES[channels];
  return data;
}

async function iccpChunk(icc: Bytes): Promise<Bytes> {
  const name = Array.from('ICC profile', (letter) => letter.charCodeAt(0));
  return pngChunk('iCCP', concatBytes([Uint8Array.of(...name, 0, 0), await deflate(icc)]));
}

/** An 8-bit PNG of exactly these samples, tagged with `icc` where one is given. */
export async function encodeSamples(samples: Samples8, icc: Bytes | null): Promise<Bytes> {
  const { width, height, channels, data } = samples;
  const lines = filterScanlines(data, width * channels, height, channels);
  return pngFile([
    pngChunk('IHDR', header(samples)),
    ...(icc ? [await iccpChunk(icc)] : []),
    pngChunk('IDAT', await deflate(lines)),
    pngChunk('IEND', new Uint8Array(0)),
  ]);
}

/** An RGB PNG of exactly these pixels without alpha; untagged, which means sRGB, where `icc` is null. */
export function encodePng(picture: Rgba8, icc: Bytes | null): Promise<Bytes> {
  const { width, height } = picture;
  return encodeSamples({ width, height, channels: 3, data: rgbBytes(picture) }, icc);
}
