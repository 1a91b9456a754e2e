import type { Bytes } from '../core/bytes.ts';
import type { Rgba8 } from '../core/image/types.ts';
import { featheredMask } from '../core/inspect/maskFeather.ts';
import type { CodecApi, DecodedPicture, DecodedPixels } from '../protocol/codec.ts';
import { asResult } from './asResult.ts';
import { bitmapOfFile, bitmapOfPixels, decodeInBrowser, sha256Hex, srgbPixels } from './browser.ts';
import { type DecodedFile, type Decoders, decodeFile } from './decodeFile.ts';
import { headSize } from './headSize.ts';
import { makeJpegDecoder } from './jpeg/decoder.ts';
import { contourOf } from './overlay/contour.ts';
import { partOf } from './overlay/part.ts';
import { tintOf } from './overlay/tint.ts';
import { encodePng, encodeSamples } from './png/encode.ts';
import { readExif } from './readExif.ts';

const pngBlob = (bytes: Bytes) => new Blob([bytes], { type: 'image/png' });

/** What the canvas draws: the pixels themselves as sRGB, or colour-managed by the browser. */
async function displayBitmap(file: Blob, decoded: DecodedFile): Promise<ImageBitmap> {
  const { pixels, profile, browserAgrees } = decoded;
  if (!profile) return bitmapOfPixels(pixels);
  if (browserAgrees) {
    const bitmap = await bitmapOfFile(file);
    if (bitmap.width === pixels.width && bitmap.height === pixels.height) return bitmap;
    bitmap.close();
  }
  return bitmapOfFile(pngBlob(await encodePng(pixels, profile.icc)));
}

async function inSrgb(file: Blob, decoded: DecodedFile): Promise<Rgba8> {
  if (!decoded.profile) return decoded.pixels;
  const bitmap = await displayBitmap(file, decoded);
  try {
    return srgbPixels(bitmap);
  } finally {
    bitmap.close();
  }
}

/** Reads and writes image files in a browser, best in a worker. */
export function makeCodec(): CodecApi {
  const decoders: Decoders = { decodeJpeg: makeJpegDecoder(), decodeInBrowser };
  const decode = async (file: Blob, name: string): Promise<DecodedPicture> => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const decoded = await decodeFile(bytes, name, decoders);
    const { pixels, format, bitDepth, exact, hasTransparency, profile } = decoded;
    const sha256 = await sha256Hex(bytes);
    const bitmap = await displayBitmap(file, decoded);
    return { sha256, pixels, format, bitDepth, exact, hasTransparency, profile, bitmap };
  };
  const decodePixels = async (file: Blob, name: string): Promise<DecodedPixels> => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { pixels, exact } = await decodeFile(bytes, name, decoders);
    return { sha256: await sha256Hex(bytes), pixels, exact };
  };
  const exportSrgb = async (file: Blob, name: string): Promise<Blob> => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const decoded = await decodeFile(bytes, name, decoders);
    if (decoded.isPlainPng) return pngBlob(bytes);
    return pngBlob(await encodePng(await inSrgb(file, decoded), null));
  };
  return {
    decode: (file, name) => asResult(`Reading “${name}”`, () => decode(file, name)),
    decodePixels: (file, name) => asResult(`Reading “${name}”`, () => decodePixels(file, name)),
    headSize: (file, name) => asResult(`Reading “${name}”`, () => headSize(file, name)),
    exif: (file, name) => asResult(`Reading “${name}”`, () => readExif(file, name)),
    encodePng: (pixels, icc) =>
      asResult('Writing the PNG', async () => pngBlob(await encodePng(pixels, icc))),
    encodeGrey: (mask) =>
      asResult('Writing the PNG', async () =>
        pngBlob(await encodeSamples({ ...mask, channels: 1 }, null)),
      ),
    exportSrgb: (file, name) => asResult(`Converting “${name}”`, () => exportSrgb(file, name)),
    renderOverlay: (mask, part) =>
      asResult('Drawing the mask', async () => {
        const region = partOf(mask, part);
        return {
          tint: pngBlob(await encodeSamples(tintOf(region), null)),
          contour: pngBlob(await encodeSamples(contourOf(region), null)),
        };
      }),
    featherMask: (mask, sigma) =>
      asResult('Softening the mask', async () => featheredMask(mask, sigma)),
  };
}
