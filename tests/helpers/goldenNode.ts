import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type DecodedFile, type Decoders, decodeFile } from '../../src/codecs/decodeFile.ts';
import { makeJpegDecoder } from '../../src/codecs/jpeg/decoder.ts';
import type { Bytes } from '../../src/core/bytes.ts';
import { binariseMask, greyFromRgba } from '../../src/core/image/mask.ts';
import { rgbBytes } from '../../src/core/image/rgb.ts';
import type { BinaryMask, Rgba8 } from '../../src/core/image/types.ts';
import type { GoldenCase } from './golden.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'golden');

/** The bytes of a file below `tests/fixtures/golden/`. */
export function goldenFile(path: string): Bytes {
  return new Uint8Array(readFileSync(join(FIXTURES, path)));
}

/** Node's fetch does not know file: addresses, so the WASM is handed over as bytes. */
function mozjpegWasm(): ArrayBuffer {
  const require = createRequire(import.meta.url);
  const wasm = readFileSync(require.resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'));
  return new Uint8Array(wasm).buffer;
}

/** The decoders the app uses, without a browser. */
export const nodeDecoders: Decoders = {
  decodeJpeg: makeJpegDecoder(mozjpegWasm()),
  decodeInBrowser: null,
};

export function decodeInNode(file: Bytes, name: string): Promise<DecodedFile> {
  return decodeFile(file, name, nodeDecoders);
}

export const GOLDEN_CASES: readonly GoldenCase[] = JSON.parse(
  readFileSync(join(FIXTURES, 'expected.json'), 'utf8'),
).cases;

export interface GoldenPictures {
  readonly output: Rgba8;
  readonly groundTruth: Rgba8;
  readonly mask: BinaryMask | null;
}

export async function decodeGolden(golden: GoldenCase): Promise<GoldenPictures> {
  const decode = async (path: string) => (await decodeInNode(goldenFile(path), path)).pixels;
  const output = await decode(golden.output);
  const grey = golden.mask === null ? null : greyFromRgba(await decode(golden.mask));
  return {
    output,
    groundTruth: await decode(golden.gt),
    mask: grey && binariseMask(grey, output.width, output.height),
  };
}

/** Hex SHA-256 of a picture's RGB bytes, as expected.json has it. */
export function rgbSha256(picture: Rgba8): string {
  return createHash('sha256').update(rgbBytes(picture)).digest('hex');
}
