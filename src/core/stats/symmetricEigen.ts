/** A square matrix, rows top to bottom: `data.length === size * size`. */
export interface SquareMatrix {
  readonly size: number;
  readonly data: Float64Array<ArrayBuffer>;
}

/** `vectors` holds the unit eigenvector of `values[k]` in its column k. */
export interface Eigen {
  readonly values: Float64Array<ArrayBuffer>;
  readonly vectors: SquareMatrix;
}

/** Far more sweeps than any matrix needs; a sweep at least squares what is left once it is small. */
const MAX_SWEEPS = 60;

function identity(size: number): Float64Array<ArrayBuffer> {
  const data = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) data[i * size + i] = 1;
  return data;
}

/** Sum of the squares above the diagonal. */
function offDiagonal(a: Float64Array, size: number): number {
  let sum = 0;
  for (let p = 0; p < size; p += 1) {
    for (let q = p + 1; q < size; q += 1) sum += (a[p * size + q] ?? 0) ** 2;
  }
  return sum;
}

/** Rotates two entries, `step` apart over the whole matrix, by the angle with this cosine and sine. */
function rotatePairs(
  data: Float64Array,
  [first, second]: readonly [number, number],
  [step, count]: readonly [number, number],
  [cosine, sine]: readonly [number, number],
): void {
  for (let k = 0; k < count; k += 1) {
    const i = first + k * step;
    const j = second + k * step;
    const x = data[i] ?? 0;
    const y = data[j] ?? 0;
    data[i] = cosine * x - sine * y;
    data[j] = sine * x + cosine * y;
  }
}

/** One rotation in the plane of axes p and q that makes entry (p, q) vanish. */
function annihilate(
  a: Float64Array,
  vectors: Float64Array,
  size: number,
  p: number,
  q: number,
): void {
  const entry = a[p * size + q] ?? 0;
  if (entry === 0) return;
  const theta = ((a[q * size + q] ?? 0) - (a[p * size + p] ?? 0)) / (2 * entry);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(t, 1);
  const rotation = [cosine, t * cosine] as const;
  rotatePairs(a, [p, q], [size, size], rotation);
  rotatePairs(a, [p * size, q * size], [1, size], rotation);
  rotatePairs(vectors, [p, q], [size, size], rotation);
}

/**
 * Eigenvalues (in no order) and eigenvectors of a symmetric matrix by cyclic Jacobi rotations, to
 * working precision.
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, algorithms 8.5.1 and 8.5.3.
 */
export function symmetricEigen({ size, data }: SquareMatrix): Eigen {
  const a = data.slice();
  const vectors = identity(size);
  const scale = data.reduce((sum, value) => sum + value * value, 0);
  const negligible = scale * Number.EPSILON ** 2;
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, size) > negligible; sweep += 1) {
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) annihilate(a, vectors, size, p, q);
    }
  }
  const values = Float64Array.from({ length: size }, (_, i) => a[i * size + i] ?? 0);
  return { values, vectors: { size, data: vectors } };
}
