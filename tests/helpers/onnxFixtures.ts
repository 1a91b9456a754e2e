import type { BinaryMask, Rgba8 } from '../../src/core/image/types.ts';

/** A fixture network, as `tests/fixtures/onnx/expected.json` describes it. */
export interface OnnxFixture {
  readonly file: string;
  readonly contract: Readonly<Record<string, unknown>> & { readonly mask?: string };
  readonly carriesContract: boolean;
  readonly half: boolean;
  readonly fixedSize: boolean;
  readonly global?: boolean;
  readonly refused?: string;
  readonly wrongOnWebGpu?: boolean;
  readonly parameters: number;
  readonly tolerance: number;
  readonly cases?: readonly FixtureCase[];
}

export interface FixtureCase {
  readonly width: number;
  readonly height: number;
  readonly dims: readonly number[];
  /** Places in the flat output tensor, and PyTorch's values there. */
  readonly places: readonly number[];
  readonly values: readonly (number | null)[];
  readonly nan: number;
  readonly applied?: Omit<FixtureCase, 'applied' | 'nan'> & { readonly tolerance: number };
}

/** The dark picture that the fixtures' values are of. */
export function fixturePicture(width: number, height: number): Rgba8 {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let c = 0; c < 3; c += 1) {
      const shade = ((x * 5 + y * 3 + c * 37) % 160) >> 1;
      data[i * 4 + c] = shade + ((x * x * 13 + y * y * 7 + x * y * 3 + c * 11) % 31);
    }
  }
  return { width, height, data };
}

/** The ellipse that the fixtures take for the person. */
export function fixtureMask(width: number, height: number): BinaryMask {
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const across = (2 * x + 1 - width) ** 2 * height ** 2;
    const down = (2 * y + 1 - height) ** 2 * width ** 2;
    return 2 * (across + down) <= width ** 2 * height ** 2 ? 1 : 0;
  });
  return { width, height, data };
}

/** Largest distance from PyTorch's values; places where it has none are left out. */
export function distanceFrom({ places, values }: FixtureCase, actual: ArrayLike<number>): number {
  return places.reduce((most, place, i) => {
    const wanted = values[i];
    if (wanted === null || wanted === undefined) return most;
    const apart = Math.abs((actual[place] ?? Number.NaN) - wanted);
    return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(most, apart);
  }, 0);
}
