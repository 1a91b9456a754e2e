// A picture is an array of u32 words, one a pixel: R in the lowest byte, then G, B, A.

fn unpack_rgb(word: u32) -> vec3u {
  return (vec3u(word) >> vec3u(0u, 8u, 16u)) & vec3u(255u);
}

/// Bytes 0..255 to an opaque pixel.
fn pack_rgb(rgb: vec3u) -> u32 {
  return rgb.r | (rgb.g << 8u) | (rgb.b << 16u) | 0xff000000u;
}
