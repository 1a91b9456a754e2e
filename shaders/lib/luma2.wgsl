/// BT.601 luma .299 R + .587 G + .114 B of two pixels (u32 words, R in the lowest byte) in units of
/// 1/255000. A whole number below 2^24, so f32 holds it exactly. The products carry the
/// places of the bytes, exactly too: SwiftShader shifts one lane at a time.
fn luma2(words: vec2u) -> vec2f {
  let red = vec2f(vec2i(words & vec2u(0xffu)));
  let green = vec2f(vec2i(words & vec2u(0xff00u)));
  let blue = vec2f(vec2i(words & vec2u(0xff0000u)));
  return 299.0 * red + (587.0 / 256.0) * green + (114.0 / 65536.0) * blue;
}
