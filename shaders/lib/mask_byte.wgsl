/// 1 for a pixel inside a mask and 0 outside, from the u32 word that holds its byte `byte`.
fn inside_bit(word: u32, byte: u32) -> u32 {
  return (word >> ((byte & 3u) * 8u)) & 1u;
}
