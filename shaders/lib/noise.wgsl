// Noise that any pixel can ask for: the hash pcg3d (Jarzynski and Olano 2020), and sums of its bytes,
// whole numbers that f32 holds exactly.

fn pcg3d(seed: vec3u) -> vec3u {
  var v = seed * 1664525u + 1013904223u;
  v.x += v.y * v.z;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v ^= v >> vec3u(16u);
  v.x += v.y * v.z;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  return v;
}

/// The sums of three words' bytes, less their mean: near to a normal distribution.
fn byte_sums(words: vec3u) -> vec3f {
  let bytes = vec3u(255u);
  let sum = (words & bytes) + ((words >> vec3u(8u)) & bytes) + ((words >> vec3u(16u)) & bytes)
    + (words >> vec3u(24u));
  return vec3f(vec3i(sum) - 510);
}

/// Of a pixel, a value a channel: white noise times `one`, plus noise summed under the 3 x 3 binomial
/// kernel (weights 1, 2 and 4) times `other`.
fn noise_at(pixel: vec2u, seed: u32, one: f32, other: f32) -> vec3f {
  var tied = vec3f(0.0);
  for (var k = 0u; k < 9u; k += 1u) {
    let words = pcg3d(vec3u(pixel.x + k % 3u - 1u, pixel.y + k / 3u - 1u, seed ^ 0x9e3779b9u));
    let weight = select(1.0, 2.0, k % 3u == 1u) * select(1.0, 2.0, k / 3u == 1u);
    tied += weight * byte_sums(words);
  }
  return one * byte_sums(pcg3d(vec3u(pixel, seed))) + other * tied;
}
