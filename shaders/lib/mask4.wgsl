// A mask has one byte a pixel, 1 inside and 0 outside, four to a u32 word.

/// All bits set for each of four neighbouring pixels that is inside, from the word that holds the
/// byte `byte` and the word after it.
fn inside4(byte: u32, word: u32, next: u32) -> vec4u {
  let shift = (byte & 3u) * 8u;
  let bytes = (word >> shift) | ((next << 1u) << (31u - shift));
  return vec4u(0u) - ((vec4u(bytes) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(1u));
}
