/// Mirrors index i >= 0 into 0..n-1 about the last pixel, which is not repeated (reflect-101); where
/// the side is too short to mirror that far, the pixel the mirror ends at is repeated.
fn reflect_index(i: u32, n: u32) -> u32 {
  let last = n - 1u;
  if (i <= last) {
    return i;
  }
  return select(0u, 2u * last - i, i <= 2u * last);
}
