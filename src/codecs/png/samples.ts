/** What fast-png hands over: samples row by row; below 8 bits several to a byte, rows byte-aligned. */
export interface PngSamples {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 1 grey or palette, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: number;
  readonly data: ArrayLike<number>;
  readonly palette?: readonly (readonly number[])[];
}

/** 16 bits are cut to their upper byte, fewer than 8 are stretched, 8 stay (libpng, OpenCV). */
function toByte(sample: number, depth: number): number {
  if (depth === 16) return sample >> 8;
  return depth === 8 ? sample : (sample * 255) / ((1 << depth) - 1);
}

/** The `x`-th sample of a packed row that starts at byte `start`, for depths 1, 2, 4 and 8. */
function packedSample(data: ArrayLike<number>, start: number, x: number, depth: number): number {
  const bit = x * depth;
  const byte = data[start + (bit >> 3)] ?? 0;
  return (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

/** Colours of a one-channel picture by sample value, three bytes each. */
function colourTable({ depth, palette }: PngSamples): Uint8Array {
  const table = new Uint8Array((1 << depth) * 3);
  for (let sample = 0; sample < 1 << depth; sample += 1) {
    // An index beyond the palette is black, as in libpng.
    const grey = palette ? 0 : toByte(sample, depth);
    table.set(palette?.[sample]?.slice(0, 3) ?? [grey, grey, grey], sample * 3);
  }
  return table;
}

function expandOneChannel(samples: PngSamples, rgba: Uint8ClampedArray): void {
  const { width, height, depth, data } = samples;
  const table = colourTable(samples);
  const rowBytes = Math.ceil((width * depth) / 8);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += 4) {
      const entry = packedSample(data, y * rowBytes, x, depth) * 3;
      rgba[to] = table[entry] ?? 0;
      rgba[to + 1] = table[entry + 1] ?? 0;
      rgba[to + 2] = table[entry + 2] ?? 0;
      rgba[to + 3] = 255;
    }
  }
}

function expandWholeBytes(samples: PngSamples, rgba: Uint8ClampedArray): void {
  const { depth, channels, data } = samples;
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
    rgba[to] = toByte(data[from] ?? 0, depth);
    rgba[to + 1] = toByte(data[from + green] ?? 0, depth);
    rgba[to + 2] = toByte(data[from + blue] ?? 0, depth);
    rgba[to + 3] = 255;
  }
}

/**
 * RGBA as OpenCV reads it in colour: grey replicated, palettes expanded, alpha dropped (255), 16
 * bits `>> 8`.
 */
export function rgbaFromSamples(samples: PngSamples): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(samples.width * samples.height * 4);
  if (samples.channels === 1 && samples.depth <= 8) expandOneChannel(samples, rgba);
  else expandWholeBytes(samples, rgba);
  return rgba;
}
