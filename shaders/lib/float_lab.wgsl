// CIE 1976 L*a*b* (D65) in f32, made for differences: a difference of two nearby colours keeps as
// many digits as either of them. Linear light comes in units of 2^-32, whose differences are exact.

// Rows of the sRGB to XYZ matrix over the white point 0.95047, 1, 1.08883.
const X_ROW = vec3f(0.412453, 0.357580, 0.180423) / 0.95047;
const Y_ROW = vec3f(0.212671, 0.715160, 0.072169);
const Z_ROW = vec3f(0.019334, 0.119193, 0.950227) / 1.08883;
const X_LESS_Y = vec3(0.412453, 0.357580, 0.180423) / 0.95047 - vec3(0.212671, 0.715160, 0.072169);
const Y_LESS_Z = vec3(0.212671, 0.715160, 0.072169) - vec3(0.019334, 0.119193, 0.950227) / 1.08883;

// The cube root goes on as a line of this slope below the threshold, (6/29)^3.
const THRESHOLD: f32 = 216.0 / 24389.0;
const THRESHOLD_ROOT: f32 = 6.0 / 29.0;
const SLOPE: f32 = 841.0 / 108.0;

/// Ratios to white, and their cube roots (of the threshold, where they are below it).
struct Ratios {
  value: vec3f,
  root: vec3f,
}

struct Lab {
  ratios: Ratios,
  l: f32,
  a: f32,
  b: f32,
}

/// One Newton step: `pow` alone may be thousands of units in the last place off.
fn cube_root(x: vec3f) -> vec3f {
  let estimate = pow(x, vec3f(1.0 / 3.0));
  return estimate - (estimate * estimate * estimate - x) / (3.0 * estimate * estimate);
}

/// f(p) - f(q) of CIE's lightness function from the ratios, their roots, and `difference` = p - q.
/// Where one of the two lies below the threshold the line carries most of it, and `curve` the rest.
fn lightness_difference(p: vec3f, p_root: vec3f, q: vec3f, q_root: vec3f, difference: vec3f) -> vec3f {
  let roots = difference / (p_root * p_root + p_root * q_root + q_root * q_root);
  let line = SLOPE * difference + (curve(p, p_root) - curve(q, q_root));
  return select(line, roots, (p > vec3f(THRESHOLD)) & (q > vec3f(THRESHOLD)));
}

/// How far the cube root lies from the line that touches it at the threshold; 0 below.
fn curve(ratio: vec3f, root: vec3f) -> vec3f {
  let chord = root * root + root * THRESHOLD_ROOT + vec3f(THRESHOLD_ROOT * THRESHOLD_ROOT);
  return max(ratio - THRESHOLD, vec3f(0.0)) * (1.0 / chord - SLOPE);
}

fn lab_from_linear(linear: vec3f) -> Lab {
  let value = vec3f(dot(X_ROW, linear), dot(Y_ROW, linear), dot(Z_ROW, linear));
  let root = cube_root(max(value, vec3f(THRESHOLD)));
  let xy = vec3f(dot(X_LESS_Y, linear), dot(Y_LESS_Z, linear), 0.0);
  let f = lightness_difference(value, root, value.yzx, root.yzx, xy);
  let fy = select(SLOPE * value.y + 16.0 / 116.0, root.y, value.y > THRESHOLD);
  return Lab(Ratios(value, root), 116.0 * fy - 16.0, 500.0 * f.x, 200.0 * f.y);
}

/// (L*, a*, b*) of `p` less those of `q`, from their difference in linear light.
fn lab_difference(p: Lab, q: Lab, linear: vec3f) -> vec3f {
  let ratios = vec3f(dot(X_ROW, linear), dot(Y_ROW, linear), dot(Z_ROW, linear));
  let f = lightness_difference(p.ratios.value, p.ratios.root, q.ratios.value, q.ratios.root, ratios);
  return vec3f(116.0 * f.y, 500.0 * (f.x - f.y), 200.0 * (f.y - f.z));
}
