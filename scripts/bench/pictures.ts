import type { BinaryMask, Rgba8 } from '../../src/core/image/types.ts';

export interface Pair {
  readonly output: Rgba8;
  readonly groundTruth: Rgba8;
  readonly mask: BinaryMask;
}

/** A smooth picture, a noisy copy of it and an oval mask; the same on every machine. */
export function makePair(width: number, height: number): Pair {
  const pixels = width * height;
  const truth = new Uint8ClampedArray(pixels * 4);
  const output = new Uint8ClampedArray(pixels * 4);
  const inside = new Uint8Array(pixels);
  let state = 1;
  for (let i = 0; i < pixels; i += 1) {
    const x = (i % width) / width;
    const y = Math.floor(i / width) / height;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = 120 + 80 * Math.sin(9 * x + channel) * Math.cos(7 * y);
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      truth[i * 4 + channel] = value;
      output[i * 4 + channel] = value + (state >>> 28) - 8;
    }
    truth[i * 4 + 3] = 255;
    output[i * 4 + 3] = 255;
    inside[i] = (x - 0.5) ** 2 + (y - 0.6) ** 2 < 0.1 ? 1 : 0;
  }
  return {
    output: { width, height, data: output },
    groundTruth: { width, height, data: truth },
    mask: { width, height, data: inside },
  };
}

/** Such a picture, dark, as a JPEG in base64: what a page can hand to the script that opened it. */
export async function makeJpeg(width: number, height: number): Promise<string> {
  const { output } = makePair(width, height);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gave no 2-D canvas.');
  const dark = output.data.map((level, i) => (i % 4 === 3 ? level : level >> 2));
  context.putImageData(new ImageData(dark, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  const address = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.readAsDataURL(blob);
  });
  return address.slice(address.indexOf(',') + 1);
}
