import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gamma } from '../../src/core/stats/gamma.ts';
import { pseudoInverse } from '../../src/core/stats/pseudoInverse.ts';
import { type SquareMatrix, symmetricEigen } from '../../src/core/stats/symmetricEigen.ts';

const matrix = (...rows: readonly (readonly number[])[]): SquareMatrix => ({
  size: rows.length,
  data: Float64Array.from(rows.flat()),
});

const at = ({ size, data }: SquareMatrix, i: number, j: number) => data[i * size + j] ?? 0;

function product(a: SquareMatrix, b: SquareMatrix): SquareMatrix {
  const { size } = a;
  const data = Float64Array.from({ length: size * size }, (_, entry) => {
    const [i, j] = [Math.floor(entry / size), entry % size];
    let sum = 0;
    for (let k = 0; k < size; k += 1) sum += at(a, i, k) * at(b, k, j);
    return sum;
  });
  return { size, data };
}

/** Symmetric matrices of 1 to 6 rows with entries of about the same size. */
const symmetric = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc
    .array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: size * size,
      maxLength: size * size,
    })
    .map((entries): SquareMatrix => {
      const data = Float64Array.from({ length: size * size }, (_, e) => {
        const [i, j] = [Math.floor(e / size), e % size];
        return entries[Math.max(i, j) * size + Math.min(i, j)] ?? 0;
      });
      return { size, data };
    }),
);

function expectClose(a: SquareMatrix, b: SquareMatrix, tolerance: number): void {
  a.data.forEach((value, i) => {
    expect(Math.abs(value - (b.data[i] ?? Number.NaN))).toBeLessThan(tolerance);
  });
}

describe('gamma function', () => {
  it('of whole numbers is the factorial', () => {
    let factorial = 1;
    for (let n = 1; n <= 16; n += 1) {
      expect(gamma(n) / factorial).toBeCloseTo(1, 12);
      factorial *= n;
    }
  });

  it('of halves and of small numbers', () => {
    expect(gamma(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 13);
    expect(gamma(2.5)).toBeCloseTo(0.75 * Math.sqrt(Math.PI), 13);
    expect(gamma(0.1)).toBeCloseTo(9.513507698668732, 11);
  });

  it('grows by its argument', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 20, noNaN: true }), (x) => {
        expect(gamma(x + 1) / (x * gamma(x))).toBeCloseTo(1, 11);
      }),
    );
  });
});

describe('eigenvalues of a symmetric matrix', () => {
  it('that can be worked out by hand', () => {
    const { values } = symmetricEigen(matrix([2, 1], [1, 2]));
    expect([...values].sort()).toEqual([expect.closeTo(1, 13), expect.closeTo(3, 13)]);
  });

  it('and its eigenvectors give it back', () => {
    fc.assert(
      fc.property(symmetric, (a) => {
        const { size } = a;
        const { values, vectors } = symmetricEigen(a);
        const transposed = {
          size,
          data: vectors.data.map((_, e) => at(vectors, e % size, Math.floor(e / size))),
        };
        const scaled = { size, data: vectors.data.map((v, e) => v * (values[e % size] ?? 0)) };
        expectClose(product(scaled, transposed), a, 1e-12);
        const unit = new Float64Array(size * size);
        for (let i = 0; i < size; i += 1) unit[i * size + i] = 1;
        expectClose(product(transposed, vectors), { size, data: unit }, 1e-13);
      }),
    );
  });
});

describe('pseudo-inverse', () => {
  it('of a regular matrix is its inverse', () => {
    const inverse = pseudoInverse(matrix([4, 1], [1, 3]));
    expectClose(inverse, matrix([3 / 11, -1 / 11], [-1 / 11, 4 / 11]), 1e-14);
  });

  it('of a singular matrix inverts what is there and leaves the rest zero', () => {
    expectClose(pseudoInverse(matrix([1, 1], [1, 1])), matrix([0.25, 0.25], [0.25, 0.25]), 1e-14);
    expect([...pseudoInverse(matrix([0, 0], [0, 0])).data]).toEqual([0, 0, 0, 0]);
  });

  it('times the matrix times the pseudo-inverse is the pseudo-inverse', () => {
    const a = matrix([2, 0, 1], [0, 5, 0], [1, 0, 0.5]);
    const inverse = pseudoInverse(a);
    expectClose(product(product(inverse, a), inverse), inverse, 1e-13);
    expectClose(product(product(a, inverse), a), a, 1e-13);
  });
});
