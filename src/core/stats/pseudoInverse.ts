import { type SquareMatrix, symmetricEigen } from './symmetricEigen.ts';

/** Eigenvalues below this share of the largest count as zero (NumPy's `pinv`). */
const RELATIVE_CUTOFF = 1e-15;

/** Moore–Penrose inverse of a symmetric matrix: the reciprocals of its non-zero eigenvalues. */
export function pseudoInverse(matrix: SquareMatrix): SquareMatrix {
  const { size } = matrix;
  const { values, vectors } = symmetricEigen(matrix);
  const cutoff = RELATIVE_CUTOFF * values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const inverse = new Float64Array(size * size);
  values.forEach((value, k) => {
    if (Math.abs(value) <= cutoff) return;
    for (let i = 0; i < size; i += 1) {
      const scaled = (vectors.data[i * size + k] ?? 0) / value;
      for (let j = 0; j < size; j += 1) {
        const at = i * size + j;
        inverse[at] = (inverse[at] ?? 0) + scaled * (vectors.data[j * size + k] ?? 0);
      }
    }
  });
  return { size, data: inverse };
}
