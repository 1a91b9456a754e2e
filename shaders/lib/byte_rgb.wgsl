// One pixel, a u32 word with R in the lowest byte, as whole numbers in f32, which holds them exactly
// below 2^24.

/// R, G, B 0..255. Bytes are brought down by exact powers of two and not by shifts, which SwiftShader
/// does for one lane at a time.
fn byte_rgb(word: u32) -> vec3f {
  return vec3f(vec3i(vec3u(word) & vec3u(0xffu, 0xff00u, 0xff0000u)))
    * vec3f(1.0, 1.0 / 256.0, 1.0 / 65536.0);
}

/// The whole number 0..2^23 nearest to `v` as an integer: adding 2^23 leaves it in the lowest bits.
/// Much cheaper than a conversion that must also answer for negative and huge values.
fn whole_number(v: f32) -> u32 {
  return bitcast<u32>(v + 8388608.0) - 0x4b000000u;
}

fn length_squared(v: vec3f) -> f32 {
  return v.x * v.x + v.y * v.y + v.z * v.z;
}
