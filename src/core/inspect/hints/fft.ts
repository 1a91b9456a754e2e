/**
 * Discrete Fourier transform of complex numbers in place, radix 2 (Cooley and Tukey 1965): no scaling,
 * exponent negative.
 * @param re,im of one length, a power of two
 * @throws RangeError where it is not
 */
export function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  if (n === 0 || (n & (n - 1)) !== 0 || im.length !== n) {
    throw new RangeError(`A radix-2 transform takes a power of two, not ${n} numbers.`);
  }
  for (let i = 1, j = 0; i < n; i += 1) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
    [im[i], im[j]] = [im[j] ?? 0, im[i] ?? 0];
  }
  for (let size = 2; size <= n; size *= 2) butterflies(re, im, size);
}

/** One stage: joins transforms of `size / 2` into transforms of `size`. */
function butterflies(re: Float64Array, im: Float64Array, size: number): void {
  const half = size / 2;
  for (let k = 0; k < half; k += 1) {
    const angle = (-2 * Math.PI * k) / size;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    for (let i = k; i < re.length; i += size) {
      const j = i + half;
      const real = c * (re[j] ?? 0) - s * (im[j] ?? 0);
      const imaginary = c * (im[j] ?? 0) + s * (re[j] ?? 0);
      re[j] = (re[i] ?? 0) - real;
      im[j] = (im[i] ?? 0) - imaginary;
      re[i] = (re[i] ?? 0) + real;
      im[i] = (im[i] ?? 0) + imaginary;
    }
  }
}

/**
 * Power of the two-dimensional transform of a real square, `side × side`, rows first; row and column are
 * frequencies in cycles over the side, those above half of it being negative.
 */
export function power2d(square: Float64Array, side: number): Float64Array<ArrayBuffer> {
  const re = Float64Array.from(square);
  const im = new Float64Array(re.length);
  for (let y = 0; y < side; y += 1) {
    fft(re.subarray(y * side, (y + 1) * side), im.subarray(y * side, (y + 1) * side));
  }
  const [columnRe, columnIm] = [new Float64Array(side), new Float64Array(side)];
  for (let x = 0; x < side; x += 1) {
    for (let y = 0; y < side; y += 1) {
      columnRe[y] = re[y * side + x] ?? 0;
      columnIm[y] = im[y * side + x] ?? 0;
    }
    fft(columnRe, columnIm);
    for (let y = 0; y < side; y += 1) {
      re[y * side + x] = columnRe[y] ?? 0;
      im[y * side + x] = columnIm[y] ?? 0;
    }
  }
  return re.map((value, i) => value * value + (im[i] ?? 0) ** 2);
}
