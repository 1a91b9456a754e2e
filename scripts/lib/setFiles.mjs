import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** The side of the flat squares that the pictures are made of: files stay small, decoders fast. */
const SQUARE = 16;
const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length);
  bytes.write(type, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/**
 * An 8-bit PNG of flat squares.
 * @param {number[]} size width and height
 * @param {1 | 3} channels
 * @param {(x: number, y: number, channel: number) => number} at the grey level of a square
 */
function png([width = 1, height = 1], channels, at) {
  const line = 1 + width * channels;
  const lines = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    if (y % SQUARE > 0) {
      lines.copy(lines, y * line, (y - 1) * line, y * line);
      continue;
    }
    for (let i = 0; i < width * channels; i += 1) {
      const x = Math.floor(i / channels / SQUARE);
      const level = at(x, y / SQUARE, i % channels);
      lines[y * line + 1 + i] = Math.max(0, Math.min(255, Math.round(level)));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = channels === 3 ? 2 : 0;
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(lines, { level: 1 }))];
  return Buffer.concat([Buffer.from(SIGNATURE), ...parts, chunk('IEND', Buffer.alloc(0))]);
}

/**
 * Writes a set: inputs, ground truths, person masks and the outputs of some methods, each picture of its
 * own.
 * @param {string} folder
 * @param {{ cases: number, methods: number, size: number[] }} set
 */
export function writeSet(folder, { cases, methods, size }) {
  const [width = 1, height = 1] = size;
  const middle = [width / SQUARE / 2, height / SQUARE / 2];
  const level = (/** @type {number[]} */ [seed = 0, x = 0, y = 0, c = 0]) =>
    90 + 60 * Math.sin(seed + x / 9 + c) + 40 * Math.cos(seed * 2 + y / 7);
  const names = Array.from({ length: methods }, (_, i) => `method_${i + 1}`);
  const folders = ['gt', 'input', 'mask_personmask', ...names];
  for (const name of folders) mkdirSync(join(folder, name), { recursive: true });
  for (let seed = 0; seed < cases; seed += 1) {
    const put = (/** @type {string} */ name, /** @type {Buffer} */ bytes) =>
      writeFileSync(join(folder, name, `${String(seed).padStart(3, '0')}.png`), bytes);
    put(
      'gt',
      png(size, 3, (...at) => level([seed, ...at])),
    );
    put(
      'input',
      png(size, 3, (...at) => level([seed, ...at]) / 4),
    );
    put(
      'mask_personmask',
      png(size, 1, (x, y) => {
        const distance = Math.hypot(x - Number(middle[0]), y - Number(middle[1]));
        return distance < Math.min(...middle) ? 255 : 0;
      }),
    );
    for (const [index, name] of names.entries()) {
      const far = (index + 1) * 3;
      put(
        name,
        png(size, 3, (x, y, c) => {
          return level([seed, x, y, c]) + far * (((x * 7 + y * 13 + c * 5 + seed) % 9) / 4 - 1);
        }),
      );
    }
  }
}
