// Four neighbouring pixels at once, one u32 word each (R in the lowest byte). All values are whole
// numbers, which f32 holds exactly below 2^24.

fn red4(words: vec4u) -> vec4f {
  return vec4f(vec4i(words & vec4u(255u)));
}

fn green4(words: vec4u) -> vec4f {
  return vec4f(vec4i((words >> vec4u(8u)) & vec4u(255u)));
}

fn blue4(words: vec4u) -> vec4f {
  return vec4f(vec4i((words >> vec4u(16u)) & vec4u(255u)));
}

/// BT.601 luma .299 R + .587 G + .114 B in units of 1/255000. A whole number below 2^24, so f32
/// holds it exactly and differences of lumas carry no rounding at all.
fn luma4(words: vec4u) -> vec4f {
  return 299.0 * red4(words) + 587.0 * green4(words) + 114.0 * blue4(words);
}

/// The whole numbers 0..2^23 nearest to `v` as integers: adding 2^23 leaves them in the lowest bits.
/// Much cheaper than a conversion that must also answer for negative and huge values.
fn whole4(v: vec4f) -> vec4u {
  return bitcast<vec4u>(v + 8388608.0) - 0x4b000000u;
}

fn total4(v: vec4u) -> u32 {
  return (v.x + v.y) + (v.z + v.w);
}

/// All bits set where the flag is.
fn bits4(flags: vec4<bool>) -> vec4u {
  return select(vec4u(0u), vec4u(0xffffffffu), flags);
}

/// Squared differences of R, G and B, added up, 0..195075.
fn squared_error4(a: vec4u, b: vec4u) -> vec4u {
  let red = red4(a) - red4(b);
  let green = green4(a) - green4(b);
  let blue = blue4(a) - blue4(b);
  return whole4(red * red + green * green + blue * blue);
}
