// OpenCV's 8-bit RGB to Lab conversion for four pixels at once: its own fixed-point integers, all
// below 2^24 and so exact in f32. The cube-root table is looked up by the caller, since a library
// has no bindings.

/// Linear light of bytes, round(2040 srgbToLinear(v / 255)), in whole numbers. Above the linear
/// piece of sRGB a polynomial stays within 0.492 of each of them: f32's rounding cannot reach 0.5.
fn linear_light4(v: vec4f) -> vec4f {
  let high = ((1.013845908202637e-10 * v - 1.0655548571091773e-7) * v + 7.231478482579853e-5) * v;
  let power = ((high + 0.01727685113574822) * v + 0.22160747170787382) * v + 2.385185875135562;
  return round(select(power, v * 0.6191950464396285, v < vec4f(8.0)));
}

/// Indices 0..2040 into the cube-root table.
struct LabIndices {
  x: vec4u,
  y: vec4u,
  z: vec4u,
}

/// From bytes.
fn lab_indices(red: vec4f, green: vec4f, blue: vec4f) -> LabIndices {
  let r = linear_light4(red);
  let g = linear_light4(green);
  let b = linear_light4(blue);
  let x = (1777.0 * r + 1541.0 * g + 778.0 * b + 2048.0) / 4096.0;
  let y = (871.0 * r + 2929.0 * g + 296.0 * b + 2048.0) / 4096.0;
  let z = (73.0 * r + 448.0 * g + 3575.0 * b + 2048.0) / 4096.0;
  return LabIndices(whole4(floor(x)), whole4(floor(y)), whole4(floor(z)));
}

/// L 0..255, and a and b without their offset of 128.
struct Lab8 {
  l: vec4f,
  a: vec4f,
  b: vec4f,
}

/// From cube-root table values 0..32768.
fn lab_bytes(x: vec4f, y: vec4f, z: vec4f) -> Lab8 {
  let l = 296.0 * y - 1320550.0;
  let a = 500.0 * (x - y) + 16384.0;
  let b = 200.0 * (y - z) + 16384.0;
  return Lab8(floor(l / 32768.0), floor(a / 32768.0), floor(b / 32768.0));
}

fn lab_distance_squared(p: Lab8, q: Lab8) -> vec4f {
  let l = p.l - q.l;
  let a = p.a - q.a;
  let b = p.b - q.b;
  return l * l + a * a + b * b;
}
