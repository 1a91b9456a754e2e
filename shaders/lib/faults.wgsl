/// Whether a value is not a number. Bits are looked at because shader compilers may assume that no
/// value is NaN and drop `v != v`.
fn not_a_number(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u;
}

/// How many of a colour's values are not a number, and how many more than 0.001 outside [0, 1].
fn faults_of(rgb: vec3f) -> vec2u {
  let unknown = vec3<bool>(not_a_number(rgb.r), not_a_number(rgb.g), not_a_number(rgb.b));
  let outside = !unknown & ((rgb < vec3f(-0.001)) | (rgb > vec3f(1.001)));
  let counts = select(vec3u(0u), vec3u(1u), unknown) + select(vec3u(0u), vec3u(0x10000u), outside);
  let sum = counts.r + counts.g + counts.b;
  return vec2u(sum & 0xffffu, sum >> 16u);
}

/// Levels 0..255, rounded half up; what is not a number becomes 0.
fn levels_of(rgb: vec3f) -> vec3u {
  let unknown = vec3<bool>(not_a_number(rgb.r), not_a_number(rgb.g), not_a_number(rgb.b));
  return vec3u(select(clamp(rgb, vec3f(0.0), vec3f(1.0)) * 255.0 + 0.5, vec3f(0.0), unknown));
}
