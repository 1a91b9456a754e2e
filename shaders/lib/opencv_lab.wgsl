// use: byte_rgb

// OpenCV's 8-bit RGB to Lab conversion: its own fixed-point integers, all below 2^24 and so exact in
// f32. The cube-root table is looked up by the caller, since a library has no bindings.

/// Linear light of bytes, round(2040 srgbToLinear(v / 255)), in whole numbers. Above the linear
/// piece of sRGB a polynomial stays within 0.492 of each of them: f32's rounding cannot reach 0.5.
fn linear_steps(v: vec3f) -> vec3f {
  let high = ((1.013845908202637e-10 * v - 1.0655548571091773e-7) * v + 7.231478482579853e-5) * v;
  let power = ((high + 0.01727685113574822) * v + 0.22160747170787382) * v + 2.385185875135562;
  return floor(select(power, v * 0.6191950464396285, v < vec3f(8.0)) + 0.5);
}

/// From bytes: indices 0..2040 of X, Y and Z into the cube-root table.
fn cube_root_indices(rgb: vec3f) -> vec3u {
  let c = linear_steps(rgb);
  let x = (1777.0 * c.r + 1541.0 * c.g + 778.0 * c.b + 2048.0) * (1.0 / 4096.0);
  let y = (871.0 * c.r + 2929.0 * c.g + 296.0 * c.b + 2048.0) * (1.0 / 4096.0);
  let z = (73.0 * c.r + 448.0 * c.g + 3575.0 * c.b + 2048.0) * (1.0 / 4096.0);
  return vec3u(whole_number(floor(x)), whole_number(floor(y)), whole_number(floor(z)));
}

/// From cube-root table values 0..32768 of X, Y and Z: L 0..255, and a and b less their offset of 128.
fn lab_bytes(root: vec3f) -> vec3f {
  let l = 296.0 * root.y - 1320550.0;
  let a = 500.0 * (root.x - root.y) + 16384.0;
  let b = 200.0 * (root.y - root.z) + 16384.0;
  return floor(vec3f(l, a, b) * (1.0 / 32768.0));
}
