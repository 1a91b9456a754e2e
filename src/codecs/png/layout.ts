/** The header fields that decide how the samples lie in the file. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  readonly colourType: number;
  readonly isInterlaced: boolean;
}

/** Every `dx`-th pixel of every `dy`-th row from (x0, y0) on: the whole picture or an Adam7 pass. */
export interface PngPass {
  readonly x0: number;
  readonly y0: number;
  readonly dx: number;
  readonly dy: number;
  readonly width: number;
  readonly height: number;
  /** Bytes a row, without the filter type in front of it. */
  readonly rowBytes: number;
}

/** The colour type whose samples are indices. */
export const PALETTE = 3;

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

const WHOLE = [[0, 0, 1, 1]] as const;
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Samples a pixel. */
export function samplesPerPixel(colourType: number): number {
  return SAMPLES[colourType] ?? 0;
}

/** True for the combinations of depth and colour type that the PNG specification allows. */
export function isAllowed({ depth, colourType }: PngHeader): boolean {
  return DEPTHS[colourType]?.includes(depth) ?? false;
}

/** The passes that hold pixels, in the order of the file. */
export function passesOf(header: PngHeader): PngPass[] {
  const bits = header.depth * samplesPerPixel(header.colourType);
  return (header.isInterlaced ? ADAM7 : WHOLE)
    .map(([x0, y0, dx, dy]) => {
      const width = Math.ceil((header.width - x0) / dx);
      const height = Math.ceil((header.height - y0) / dy);
      return { x0, y0, dx, dy, width, height, rowBytes: Math.ceil((width * bits) / 8) };
    })
    .filter(({ width, height }) => width > 0 && height > 0);
}
