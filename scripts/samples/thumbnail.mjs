// The picture to click on: the dim photograph and the bright one meet on a slanted line.

/** Average of a source rectangle of an RGBA image. */
function boxAverage(rgba, width, x0, x1, y0, y1) {
  const sum = [0, 0, 0];
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      for (let c = 0; c < 3; c++) sum[c] += rgba[(y * width + x) * 4 + c];
    }
  }
  return sum.map((v) => v / ((x1 - x0) * (y1 - y0)));
}

/**
 * @param {Uint8ClampedArray} dim RGBA
 * @param {Uint8ClampedArray} bright RGBA of the same size
 * @param {number} target width of the thumbnail in pixels
 * @returns {{ rgba: Uint8ClampedArray, width: number, height: number }}
 */
export function thumbnail(dim, bright, width, height, target) {
  const w = Math.min(target, width);
  const h = Math.round((height * w) / width);
  const rgba = new Uint8ClampedArray(w * h * 4);
  for (let y = 0; y < h; y++) {
    const [y0, y1] = [Math.floor((y * height) / h), Math.ceil(((y + 1) * height) / h)];
    const split = w * (0.5 + 0.16 * (0.5 - y / h));
    for (let x = 0; x < w; x++) {
      const [x0, x1] = [Math.floor((x * width) / w), Math.ceil(((x + 1) * width) / w)];
      const a = boxAverage(dim, width, x0, x1, y0, y1);
      const b = boxAverage(bright, width, x0, x1, y0, y1);
      const share = Math.min(Math.max(x + 0.5 - split + 0.5, 0), 1);
      const line = Math.max(0, 1 - Math.abs(x + 0.5 - split) / 1.2) * 0.9;
      for (let c = 0; c < 3; c++) {
        const mixed = a[c] + (b[c] - a[c]) * share;
        rgba[(y * w + x) * 4 + c] = mixed + (255 - mixed) * line;
      }
      rgba[(y * w + x) * 4 + 3] = 255;
    }
  }
  return { rgba, width: w, height: h };
}
