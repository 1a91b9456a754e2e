// SSIM (Wang et al. 2004) with a 5 x 5 binomial window, as 1 - SSIM, at two neighbouring columns at
// once, whose windows share most of what they read. Luma is in units of 1/255000.
//
// With u = x + y and v = x - y of the two pictures' lumas, 2 mx my = (mu^2 - mv^2) / 2 and
// mx^2 + my^2 = (mu^2 + mv^2) / 2, and the same for covariance and variances. So SSIM is
// (1 - p)(1 - q) with p and q below, which are exactly 0 where the two windows are equal: identity
// gives exactly 1.
//
// E[u^2] - mean^2 loses all digits on flat patches in f32. Here every variance is taken of
// differences from a nearby value: within a row from a pixel that both windows contain, between rows
// from the centre row's mean. The differences of luma are whole numbers below 2^24, so exact.

// Twice (0.01)^2 and (0.03)^2 for luma in [0, 1], in units of 1/255000 squared, times 256 squared.
const C1: f32 = 2.0 * 0.0001 * 255000.0 * 255000.0 * 65536.0;
const C2: f32 = 2.0 * 0.0009 * 255000.0 * 255000.0 * 65536.0;

/// At two columns: of one row of the window, weights [1 4 6 4 1], the mean times 16 and the variance
/// times 256; of the whole window times 256 and 65536.
struct Moments {
  mean: vec2f,
  variance: vec2f,
}

/// From values at six columns in a row: windows around the middle two.
fn row_moments(first: vec2f, middle: vec2f, last: vec2f) -> Moments {
  let a = first - middle.x;
  let b = middle.y - middle.x;
  let c = last - middle.x;
  let a2 = a * a;
  let b2 = b * b;
  let c2 = c * c;
  let mean = (a + c) + 4.0 * vec2f(a.y + b, c.x) + vec2f(0.0, 6.0 * b);
  let squares = (a2 + c2) + 4.0 * vec2f(a2.y + b2, c2.x) + vec2f(0.0, 6.0 * b2);
  return Moments(mean + 16.0 * middle.x, 16.0 * squares - mean * mean);
}

/// From five rows' moments.
fn window_moments(a: Moments, b: Moments, c: Moments, d: Moments, e: Moments) -> Moments {
  let p = a.mean - c.mean;
  let q = b.mean - c.mean;
  let r = d.mean - c.mean;
  let s = e.mean - c.mean;
  let shift = (p + s) + 4.0 * (q + r);
  let outer = (a.variance + p * p) + (e.variance + s * s);
  let inner = (b.variance + q * q) + (d.variance + r * r);
  let squares = outer + 4.0 * inner + 6.0 * c.variance;
  return Moments(16.0 * c.mean + shift, 16.0 * squares - shift * shift);
}

/// One row of u and v.
struct Row {
  u: Moments,
  v: Moments,
}

/// 1 - SSIM, in [0, 2], of the windows made of five rows. Rounding cannot make it negative.
fn dissimilarity(a: Row, b: Row, c: Row, d: Row, e: Row) -> vec2f {
  let u = window_moments(a.u, b.u, c.u, d.u, e.u);
  let v = window_moments(a.v, b.v, c.v, d.v, e.v);
  let v2 = v.mean * v.mean;
  let p = (v2 + v2) / (u.mean * u.mean + v2 + C1);
  let q = (v.variance + v.variance) / (u.variance + v.variance + C2);
  return abs(p + q - p * q);
}
