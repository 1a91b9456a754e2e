import { createHash } from 'node:crypto';
import { DecodeError } from '../../src/codecs/decodeError.ts';
import { headSize } from '../../src/codecs/headSize.ts';
import { contourOf } from '../../src/codecs/overlay/contour.ts';
import { partOf } from '../../src/codecs/overlay/part.ts';
import { tintOf } from '../../src/codecs/overlay/tint.ts';
import { encodePng, encodeSamples } from '../../src/codecs/png/encode.ts';
import { readExif } from '../../src/codecs/readExif.ts';
import { featheredMask } from '../../src/core/inspect/maskFeather.ts';
import type { CodecApi } from '../../src/protocol/codec.ts';
import type { Result } from '../../src/protocol/result.ts';
import { decodeInNode } from './goldenNode.ts';

/** What stands for an ImageBitmap where there is no browser: its size, and whether it was freed. */
export class TestBitmap {
  readonly width: number;
  readonly height: number;
  closed = false;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  close(): void {
    this.closed = true;
  }
}

/** What a task gives, or the decoder's refusal as the worker answers it. */
async function settled<T>(task: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await task() };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { ok: false, error: { kind: error.kind, message: error.message } };
  }
}

async function read(file: Blob, name: string) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const decoded = await decodeInNode(bytes, name);
  return { ...decoded, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The app's own decoders and encoders in Node; only the bitmaps for the screen are stand-ins. */
export function nodeCodec(): CodecApi {
  return {
    decode: (file, name) =>
      settled(async () => {
        const decoded = await read(file, name);
        const { sha256, pixels, format, bitDepth, exact, hasTransparency, profile } = decoded;
        const bitmap = new TestBitmap(pixels.width, pixels.height);
        return { sha256, pixels, format, bitDepth, exact, hasTransparency, profile, bitmap };
      }),
    decodePixels: (file, name) =>
      settled(async () => {
        const { sha256, pixels, exact } = await read(file, name);
        return { sha256, pixels, exact };
      }),
    headSize: (file, name) => settled(() => headSize(file, name)),
    exif: (file, name) => settled(() => readExif(file, name)),
    encodePng: async (pixels, icc) => ({
      ok: true,
      value: new Blob([await encodePng(pixels, icc)], { type: 'image/png' }),
    }),
    encodeGrey: async (mask) => ({
      ok: true,
      value: new Blob([await encodeSamples({ ...mask, channels: 1 }, null)], { type: 'image/png' }),
    }),
    exportSrgb: async (file) => ({ ok: true, value: file }),
    renderOverlay: async (mask, part) => {
      const region = partOf(mask, part);
      return {
        ok: true,
        value: {
          tint: new Blob([await encodeSamples(tintOf(region), null)]),
          contour: new Blob([await encodeSamples(contourOf(region), null)]),
        },
      };
    },
    featherMask: async (mask, sigma) => ({ ok: true, value: featheredMask(mask, sigma) }),
  };
}
