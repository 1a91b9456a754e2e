// SSIM (Wang et al. 2004) with a 5 x 5 binomial window, as 1 - SSIM, at four neighbouring columns at
// once, whose windows share most of what they read. Luma is in units of 1/255000.
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

/// Moments of one row of the window, weights [1 4 6 4 1] / 16, for windows at four columns in a row.
struct RowMoments {
  mean_x: vec4f,
  mean_y: vec4f,
  spread: vec4f, // var x + var y
  apart: vec4f, // var (x - y)
}

/// From lumas at eight columns in a row (x: first and last four): windows around the middle four.
fn row_moments(x0: vec4f, x1: vec4f, y0: vec4f, y1: vec4f) -> RowMoments {
  let x = vec4f(x0.zw, x1.xy);
  let y = vec4f(y0.zw, y1.xy);
  let xa = x0 - x;
  let xb = vec4f(x0.yzw, x1.x) - x;
  let xd = vec4f(x0.w, x1.xyz) - x;
  let xe = x1 - x;
  let ya = y0 - y;
  let yb = vec4f(y0.yzw, y1.x) - y;
  let yd = vec4f(y0.w, y1.xyz) - y;
  let ye = y1 - y;
  let mx = ((xa + xe) + 4.0 * (xb + xd)) / 16.0;
  let my = ((ya + ye) + 4.0 * (yb + yd)) / 16.0;
  let outer = (xa * xa + xe * xe) + (ya * ya + ye * ye);
  let inner = (xb * xb + xd * xd) + (yb * yb + yd * yd);
  let da = xa - ya;
  let db = xb - yb;
  let dd = xd - yd;
  let de = xe - ye;
  let m = ((da + de) + 4.0 * (db + dd)) / 16.0;
  let square = ((da * da + de * de) + 4.0 * (db * db + dd * dd)) / 16.0;
  return RowMoments(x + mx, y + my, (outer + 4.0 * inner) / 16.0 - mx * mx - my * my, square - m * m);
}

/// 1 - SSIM, in [0, 2), at four columns, of the windows made of five rows' moments.
fn dissimilarity(a: RowMoments, b: RowMoments, c: RowMoments, d: RowMoments, e: RowMoments) -> vec4f {
  let x = ((a.mean_x + e.mean_x) + 4.0 * (b.mean_x + d.mean_x) + 6.0 * c.mean_x) / 16.0;
  let y = ((a.mean_y + e.mean_y) + 4.0 * (b.mean_y + d.mean_y) + 6.0 * c.mean_y) / 16.0;
  let da = a.mean_x - a.mean_y;
  let db = b.mean_x - b.mean_y;
  let dc = c.mean_x - c.mean_y;
  let dd = d.mean_x - d.mean_y;
  let de = e.mean_x - e.mean_y;
  let m = ((da + de) + 4.0 * (db + dd) + 6.0 * dc) / 16.0;
  let spread = (row_spread(a, x, y) + row_spread(e, x, y))
    + 4.0 * (row_spread(b, x, y) + row_spread(d, x, y)) + 6.0 * row_spread(c, x, y);
  let outer = a.apart + (da - m) * (da - m) + e.apart + (de - m) * (de - m);
  let inner = b.apart + (db - m) * (db - m) + d.apart + (dd - m) * (dd - m);
  let apart = outer + 4.0 * inner + 6.0 * (c.apart + (dc - m) * (dc - m));
  let p = m * m / (x * x + y * y + C1);
  let q = apart / (spread + 16.0 * C2);
  return p + q - p * q;
}

/// One row's share of the window's variances: its own and that of its means around the window's.
fn row_spread(row: RowMoments, x: vec4f, y: vec4f) -> vec4f {
  let dx = row.mean_x - x;
  let dy = row.mean_y - y;
  return row.spread + (dx * dx + dy * dy);
}
