/** A square matrix by rows. */
export type Matrix = readonly Float64Array[];

/**
 * Solves A x = b by Gaussian elimination with partial pivoting.
 * @throws {RangeError} where A is singular to working precision
 */
export function solve(matrix: Matrix, right: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const n = matrix.length;
  const rows = matrix.map((row, i) => Float64Array.of(...row, right[i] ?? 0));
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let k = 0; k < n; k += 1) {
    let pivot = k;
    for (let i = k + 1; i < n; i += 1) {
      if (Math.abs(at(i, k)) > Math.abs(at(pivot, k))) pivot = i;
    }
    if (Math.abs(at(pivot, k)) < 1e-300) throw new RangeError('the matrix is singular');
    [rows[k], rows[pivot]] = [
      rows[pivot] as Float64Array<ArrayBuffer>,
      rows[k] as Float64Array<ArrayBuffer>,
    ];
    for (let i = k + 1; i < n; i += 1) {
      const factor = at(i, k) / at(k, k);
      const row = rows[i];
      if (!row || factor === 0) continue;
      for (let j = k; j <= n; j += 1) row[j] = (row[j] ?? 0) - factor * at(k, j);
    }
  }
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = at(i, n);
    for (let j = i + 1; j < n; j += 1) sum -= at(i, j) * (x[j] ?? 0);
    x[i] = sum / at(i, i);
  }
  return x;
}

/** The inverse, column by column. @throws {RangeError} where there is none */
export function inverse(matrix: Matrix): Float64Array<ArrayBuffer>[] {
  const n = matrix.length;
  const result = matrix.map(() => new Float64Array(n));
  for (let j = 0; j < n; j += 1) {
    const unit = new Float64Array(n);
    unit[j] = 1;
    solve(matrix, unit).forEach((value, i) => {
      const row = result[i];
      if (row) row[j] = value;
    });
  }
  return result;
}
