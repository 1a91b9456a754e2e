/// sRGB code values (IEC 61966-2-1) of linear light; both in [0, 1], clamped.
fn srgb_of_linear(light: vec3f) -> vec3f {
  let x = clamp(light, vec3f(0.0), vec3f(1.0));
  let power = 1.055 * pow(max(x, vec3f(0.0031308)), vec3f(1.0 / 2.4)) - 0.055;
  return select(power, 12.92 * x, x <= vec3f(0.0031308));
}
