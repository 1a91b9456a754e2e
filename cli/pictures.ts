import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DecodeError } from '../src/codecs/decodeError.ts';
import { type DecodedFile, type Decoders, decodeFile } from '../src/codecs/decodeFile.ts';
import { makeJpegDecoder } from '../src/codecs/jpeg/decoder.ts';
import { binariseMask, greyFromRgba } from '../src/core/image/mask.ts';
import type { BinaryMask, Rgba8 } from '../src/core/image/types.ts';
import { BadInput } from './exit.ts';
import { readBytes } from './files.ts';

/** Node's fetch does not know file: addresses, so the decoder's WASM is handed over as bytes. */
function mozjpegWasm(): ArrayBuffer {
  const file = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
  return new Uint8Array(readFileSync(file)).buffer;
}

const DECODERS: Decoders = { decodeJpeg: makeJpegDecoder(mozjpegWasm()), decodeInBrowser: null };

/**
 * A picture file decoded as the page does, byte-equal to OpenCV.
 * @throws {BadInput} where the file cannot be read or is no PNG, JPEG or BMP
 */
export async function readDecoded(file: string): Promise<DecodedFile> {
  const bytes = await readBytes(file);
  try {
    return await decodeFile(bytes, file, DECODERS);
  } catch (caught) {
    if (caught instanceof DecodeError) throw new BadInput(caught.message, caught);
    throw caught;
  }
}

/**
 * A picture's pixels.
 * @throws {BadInput} like `readDecoded`
 */
export async function readPicture(file: string): Promise<Rgba8> {
  return (await readDecoded(file)).pixels;
}

/**
 * A mask, resized to `width` x `height` and thresholded as the scoring program does.
 * @throws {BadInput} like `readDecoded`
 */
export async function readMask(file: string, width: number, height: number): Promise<BinaryMask> {
  return binariseMask(greyFromRgba(await readPicture(file)), width, height);
}
