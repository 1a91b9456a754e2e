// use: pixel

/// BT.601 luma .299 R + .587 G + .114 B in units of 1/255000. A whole number below 2^24, so f32
/// holds it exactly and differences of lumas carry no rounding at all.
fn luma255000(word: u32) -> f32 {
  return dot(vec3f(unpack_rgb(word)), vec3f(299.0, 587.0, 114.0));
}
