// Reading the renderer's raw output and writing JPEG and PNG files.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import encodeJpeg, { init as initJpeg } from '@jsquash/jpeg/encode.js';
import { encode as encodePng } from 'fast-png';

let ready;

/** The WASM encoder fetches its module by URL in a browser; here it gets the bytes. */
function jpegReady() {
  ready ??= (async () => {
    const path = fileURLToPath(import.meta.resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'));
    await initJpeg(await WebAssembly.compile(await readFile(path)));
  })();
  return ready;
}

/** @returns {Promise<import('./camera.mjs').Render>} */
export async function readRender(path, width, height) {
  const bytes = await readFile(path);
  if (bytes.byteLength !== width * height * 13 * 4) throw new Error(`${path}: unexpected size`);
  const data = new Float32Array(bytes.buffer, bytes.byteOffset, width * height * 13);
  return { width, height, data };
}

/** @param {Uint8ClampedArray} rgba */
export async function writeJpeg(path, rgba, width, height, quality) {
  await jpegReady();
  await writeFile(
    path,
    new Uint8Array(await encodeJpeg({ data: rgba, width, height }, { quality })),
  );
}

/** @param {Uint8Array} grey */
export async function writeMask(path, grey, width, height) {
  await writeFile(path, encodePng({ width, height, data: grey, channels: 1, depth: 8 }));
}
