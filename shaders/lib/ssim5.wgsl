// SSIM (Wang et al. 2004) with a 5 x 5 binomial window, as 1 - SSIM, at four neighbouring columns at
// once, whose windows share most of what they read. Luma is in units of 1/255000.
//
// E[x^2] - mean^2 loses all digits on flat patches in f32. Here every variance is taken of
// differences from a nearby value: within a row from a pixel that all four windows contain, between
// rows from the centre row's mean. The differences of luma are whole numbers below 2^24, so exact.
//
// With v the variance of x - y, 2 cov = var x + var y - v, and with d the difference of the means,
// 2 mx my = mx^2 + my^2 - d^2. So SSIM = (1 - p)(1 - q) with p and q below, which are exactly 0
// where the two windows are equal: identity gives exactly 1.

// (0.01)^2 and (0.03)^2 for luma in [0, 1], in units of 1/255000 squared.
const C1: f32 = 0.0001 * 255000.0 * 255000.0;
const C2: f32 = 0.0009 * 255000.0 * 255000.0;

/// Moments of one row of the window, weights [1 4 6 4 1] / 16, for windows at four columns in a row.
struct RowMoments {
  mean_x: vec4f,
  mean_y: vec4f,
  spread: vec4f, // var x + var y
  apart: vec4f, // var (x - y)
}

/// The window's weighted mean around the middle four of eight columns.
fn binomial(first: vec4f, last: vec4f) -> vec4f {
  let outer = first + last;
  let inner = vec4f(first.yzw, last.x) + vec4f(first.w, last.xyz);
  return (outer + 4.0 * inner + 6.0 * vec4f(first.zw, last.xy)) * 0.0625;
}

/// From lumas at eight columns in a row (x: first and last four): windows around the middle four.
fn row_moments(x0: vec4f, x1: vec4f, y0: vec4f, y1: vec4f) -> RowMoments {
  let xa = x0 - x0.w;
  let xb = x1 - x0.w;
  let ya = y0 - y0.w;
  let yb = y1 - y0.w;
  let da = xa - ya;
  let db = xb - yb;
  let x = binomial(xa, xb);
  let y = binomial(ya, yb);
  let squares = binomial(xa * xa + ya * ya, xb * xb + yb * yb);
  let apart = binomial(da * da, db * db) - (x - y) * (x - y);
  return RowMoments(x + x0.w, y + y0.w, squares - (x * x + y * y), apart);
}

/// A row's mean and variances around another mean, the window's centre row's.
struct Shifted {
  x: vec4f,
  y: vec4f,
  spread: vec4f,
  apart: vec4f,
}

fn shifted(row: RowMoments, centre: RowMoments) -> Shifted {
  let x = row.mean_x - centre.mean_x;
  let y = row.mean_y - centre.mean_y;
  return Shifted(x, y, row.spread + (x * x + y * y), row.apart + (x - y) * (x - y));
}

/// 1 - SSIM, in [0, 2), at four columns, of the windows made of five rows' moments.
fn dissimilarity(a: RowMoments, b: RowMoments, c: RowMoments, d: RowMoments, e: RowMoments) -> vec4f {
  let first = shifted(a, c);
  let second = shifted(b, c);
  let fourth = shifted(d, c);
  let fifth = shifted(e, c);
  let dx = ((first.x + fifth.x) + 4.0 * (second.x + fourth.x)) * 0.0625;
  let dy = ((first.y + fifth.y) + 4.0 * (second.y + fourth.y)) * 0.0625;
  let spread = (first.spread + fifth.spread) + 4.0 * (second.spread + fourth.spread)
    + 6.0 * c.spread - 16.0 * (dx * dx + dy * dy);
  let apart = (first.apart + fifth.apart) + 4.0 * (second.apart + fourth.apart)
    + 6.0 * c.apart - 16.0 * (dx - dy) * (dx - dy);
  let x = c.mean_x + dx;
  let y = c.mean_y + dy;
  let p = (x - y) * (x - y) / (x * x + y * y + C1);
  let q = apart / (spread + 16.0 * C2);
  return p + q - p * q;
}
