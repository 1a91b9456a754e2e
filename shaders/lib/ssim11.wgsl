// SSIM with the 11 x 11 Gaussian window of Wang et al. 2004 (sigma 1.5) at two neighbouring columns,
// as the complements of structure (contrast times structure) and of SSIM. Luma is in units of
// 1/255000. As in the 5 x 5 window every variance is taken of differences from a nearby value.

// (0.01)^2 and (0.03)^2 for luma in [0, 1], in units of 1/255000 squared.
const C1: f32 = 0.0001 * 255000.0 * 255000.0;
const C2: f32 = 0.0009 * 255000.0 * 255000.0;

/// One axis of the window, from its edge to its centre and back; adds up to 1.
const GAUSSIAN = array(0.0010283800844791099, 0.007598758135239184, 0.03600077212843082,
                       0.1093606895097, 0.21300553771125366, 0.2660117248617943,
                       0.21300553771125366, 0.1093606895097, 0.03600077212843082,
                       0.007598758135239184, 0.0010283800844791099);

/// Moments of one row of two windows. While they are added up: of differences from a centre.
struct Moments {
  mean_x: vec2f,
  mean_y: vec2f,
  spread: vec2f, // var x + var y
  apart: vec2f, // var (x - y)
}

/// Adds one tap of the row: differences of x and of y from the centre at both windows' columns.
fn add_tap(sums: Moments, weight: f32, x: vec2f, y: vec2f) -> Moments {
  let d = x - y;
  return Moments(sums.mean_x + weight * x, sums.mean_y + weight * y,
                 sums.spread + weight * (x * x + y * y), sums.apart + weight * (d * d));
}

/// Adds one row to the window: its moments, whose mean is taken from the centre row's.
fn add_row(sums: Moments, weight: f32, row: Moments, centre: Moments) -> Moments {
  let x = row.mean_x - centre.mean_x;
  let y = row.mean_y - centre.mean_y;
  let d = x - y;
  return Moments(sums.mean_x + weight * x, sums.mean_y + weight * y,
                 sums.spread + weight * (row.spread + (x * x + y * y)),
                 sums.apart + weight * (row.apart + d * d));
}

/// From sums of differences to moments.
fn moments_from(sums: Moments, centre_x: vec2f, centre_y: vec2f) -> Moments {
  let d = sums.mean_x - sums.mean_y;
  let spread = sums.spread - (sums.mean_x * sums.mean_x + sums.mean_y * sums.mean_y);
  return Moments(sums.mean_x + centre_x, sums.mean_y + centre_y, spread, sums.apart - d * d);
}

/// (1 - structure, 1 - SSIM) at both columns, each in [0, 2].
fn unlike(window: Moments) -> mat2x2f {
  let m = window.mean_x - window.mean_y;
  let p = m * m / (window.mean_x * window.mean_x + window.mean_y * window.mean_y + C1);
  let q = clamp(window.apart / (window.spread + C2), vec2f(0.0), vec2f(2.0));
  return mat2x2f(q, p + q - p * q);
}
