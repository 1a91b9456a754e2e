// SSIM with the 11 x 11 Gaussian window of Wang et al. 2004 (sigma 1.5) at two neighbouring columns,
// as the complements of structure (contrast times structure) and of SSIM. Luma is in units of
// 1/255000. As in the 5 x 5 window every variance is taken of differences from a nearby value.

// (0.01)^2 and (0.03)^2 for luma in [0, 1], in units of 1/255000 squared.
const C1: f32 = 0.0001 * 255000.0 * 255000.0;
const C2: f32 = 0.0009 * 255000.0 * 255000.0;

// One axis of the window, from its edge to its centre; with the other half it adds up to 1.
const G0: f32 = 0.0010283800844791099;
const G1: f32 = 0.007598758135239184;
const G2: f32 = 0.03600077212843082;
const G3: f32 = 0.1093606895097;
const G4: f32 = 0.21300553771125366;
const G5: f32 = 0.2660117248617943;

/// Moments of one row of two windows. While they are added up: of differences from a centre.
struct Moments {
  mean_x: vec2f,
  mean_y: vec2f,
  spread: vec2f, // var x + var y
  apart: vec2f, // var (x - y)
}

/// Two taps of the row at equal distance from the centre, or the centre: differences of x and y from
/// a centre pixel at the columns of both windows.
fn tap(weight: f32, a: vec2f, b: vec2f) -> Moments {
  let x = vec2f(a.x, b.x);
  let y = vec2f(a.y, b.y);
  let d = x - y;
  return Moments(weight * x, weight * y, weight * (x * x + y * y), weight * (d * d));
}

fn add(a: Moments, b: Moments) -> Moments {
  return Moments(a.mean_x + b.mean_x, a.mean_y + b.mean_y, a.spread + b.spread, a.apart + b.apart);
}

/// Sums over one row, from (x, y) less the centre's at twelve columns. Written out, since compilers
/// keep an array in registers only where no index is computed.
fn row_sums(p: array<vec2f, 12>) -> Moments {
  let outer = add(add(tap(G0, p[0], p[1]), tap(G0, p[10], p[11])),
                  add(tap(G1, p[1], p[2]), tap(G1, p[9], p[10])));
  let middle = add(add(tap(G2, p[2], p[3]), tap(G2, p[8], p[9])),
                   add(tap(G3, p[3], p[4]), tap(G3, p[7], p[8])));
  let inner = add(add(tap(G4, p[4], p[5]), tap(G4, p[6], p[7])), tap(G5, p[5], p[6]));
  return add(add(outer, middle), inner);
}

/// One row's share of the window: its moments, whose mean is taken from the centre row's.
fn share(weight: f32, row: Moments, centre: Moments) -> Moments {
  let x = row.mean_x - centre.mean_x;
  let y = row.mean_y - centre.mean_y;
  let d = x - y;
  return Moments(weight * x, weight * y, weight * (row.spread + (x * x + y * y)),
                 weight * (row.apart + d * d));
}

/// The moments of the windows made of eleven rows'.
fn window_moments(r: array<Moments, 11>) -> Moments {
  let c = r[5];
  let outer = add(add(share(G0, r[0], c), share(G0, r[10], c)), add(share(G1, r[1], c), share(G1, r[9], c)));
  let middle = add(add(share(G2, r[2], c), share(G2, r[8], c)), add(share(G3, r[3], c), share(G3, r[7], c)));
  let inner = add(add(share(G4, r[4], c), share(G4, r[6], c)), share(G5, c, c));
  return moments_from(add(add(outer, middle), inner), c.mean_x, c.mean_y);
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
