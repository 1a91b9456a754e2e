// SSIM (Wang et al. 2004) with a 5 x 5 binomial window, as 1 - SSIM. Luma is in units of 1/255000.
//
// E[x^2] - mean^2 loses all digits on flat patches in f32. Here every variance is a sum of squares
// of differences from a nearby value: within a row from the row's centre pixel, between rows from
// the window's mean. The differences of luma are whole numbers below 2^24 and therefore exact.
//
// With v the variance of x - y, 2 cov = var x + var y - v, and with d the difference of the means,
// 2 mx my = mx^2 + my^2 - d^2. So SSIM = (1 - p)(1 - q) with p and q below, which are exactly 0
// where the two windows are equal: identity gives exactly 1.

// (0.01)^2 and (0.03)^2 for luma in [0, 1], in units of 1/255000 squared.
const C1: f32 = 0.0001 * 255000.0 * 255000.0;
const C2: f32 = 0.0009 * 255000.0 * 255000.0;

/// Weights [1 4 6 4 1] over one row of five (x, y) pairs of luma, c in the centre:
/// (mean x, mean y, var x + var y, var (x - y)).
fn row_moments(a: vec2f, b: vec2f, c: vec2f, d: vec2f, e: vec2f) -> vec4f {
  let da = a - c;
  let db = b - c;
  let dd = d - c;
  let de = e - c;
  let first = (da + de) + 4.0 * (db + dd);
  let second = (da * da + de * de) + 4.0 * (db * db + dd * dd);
  let mean = first / 16.0;
  let variance = second / 16.0 - mean * mean;
  let fa = da.x - da.y;
  let fb = db.x - db.y;
  let fd = dd.x - dd.y;
  let fe = de.x - de.y;
  let difference = ((fa + fe) + 4.0 * (fb + fd)) / 16.0;
  let spread = ((fa * fa + fe * fe) + 4.0 * (fb * fb + fd * fd)) / 16.0 - difference * difference;
  return vec4f(c + mean, variance.x + variance.y, spread);
}

/// One row's share of the window's variances: its own and that of its means around the window's.
fn row_spread(row: vec4f, mean: vec2f, difference: f32) -> vec2f {
  let away = row.xy - mean;
  let apart = (row.x - row.y) - difference;
  return row.zw + vec2f(dot(away, away), apart * apart);
}

/// 1 - SSIM, in [0, 2), of the window made of five rows' moments.
fn dissimilarity(r0: vec4f, r1: vec4f, r2: vec4f, r3: vec4f, r4: vec4f) -> f32 {
  let mean = ((r0.xy + r4.xy) + 4.0 * (r1.xy + r3.xy) + 6.0 * r2.xy) / 16.0;
  let outer = (r0.x - r0.y) + (r4.x - r4.y);
  let inner = (r1.x - r1.y) + (r3.x - r3.y);
  let difference = (outer + 4.0 * inner + 6.0 * (r2.x - r2.y)) / 16.0;
  let far = row_spread(r0, mean, difference) + row_spread(r4, mean, difference);
  let near = row_spread(r1, mean, difference) + row_spread(r3, mean, difference);
  let spread = (far + 4.0 * near + 6.0 * row_spread(r2, mean, difference)) / 16.0;
  let p = difference * difference / (dot(mean, mean) + C1);
  let q = spread.y / (spread.x + C2);
  return p + q - p * q;
}
