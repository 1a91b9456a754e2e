import makeMozjpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import type { Bytes } from '../../core/bytes.ts';
import type { Rgba8 } from '../../core/image/types.ts';

/**
 * Decodes a JPEG as stored (no turning); grey is replicated, alpha is 255. Null where the data is
 * damaged; rejects where the decoder itself cannot be loaded.
 */
export type JpegDecoder = (file: Bytes) => Promise<Rgba8 | null>;

/** The part of the Emscripten module that is used here. */
interface Mozjpeg {
  /** An `ImageData`, which carries more than its three fields. */
  decode(file: Bytes, turnUpright: boolean): Rgba8 | null;
}

interface MozjpegOptions {
  readonly wasmBinary?: ArrayBuffer;
  readonly printErr: (line: string) => void;
}

const instantiate: (options: MozjpegOptions) => Promise<Mozjpeg> = makeMozjpeg;

/** WASM memory never shrinks: after a picture this large the instance is let go. */
const LARGE_PIXELS = 24_000_000;

/** Runs libjpeg; its fatal errors leave by exit(), which arrives here as an exception. */
function decodeWith(mozjpeg: Mozjpeg, file: Bytes): Rgba8 | null {
  try {
    return mozjpeg.decode(file, false);
  } catch {
    return null;
  }
}

/**
 * The one JPEG decoder for everything that is measured: libjpeg's accurate integer transform, whose
 * bytes equal OpenCV's.
 * @param wasmBinary the WASM where it cannot be fetched (outside browsers); by default it is
 * fetched from beside the module that loads it
 */
export function makeJpegDecoder(wasmBinary?: ArrayBuffer): JpegDecoder {
  const options: MozjpegOptions = {
    printErr: () => undefined,
    ...(wasmBinary === undefined ? {} : { wasmBinary }),
  };
  let instance: Promise<Mozjpeg> | null = null;
  return async (file) => {
    // Emscripten makes the object it is given its module: each instance needs its own.
    instance ??= instantiate({ ...options });
    const loaded = await instance.catch((reason: unknown) => {
      instance = null;
      throw new Error(`The JPEG decoder did not load: ${reason}`);
    });
    const image = decodeWith(loaded, file);
    // After an exit() the instance cannot be used again.
    if (!image || image.width * image.height > LARGE_PIXELS) instance = null;
    return image && { width: image.width, height: image.height, data: image.data };
  };
}
