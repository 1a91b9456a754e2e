/// Between which of `cells` cells along an axis the centre of one of `pixels` pixels lies, and how
/// far from the first; cells lie at the centres of their shares, the outer ones hold beyond.
struct Between {
  first: u32,
  second: u32,
  fraction: f32,
}

fn cells_around(pixel: u32, pixels: u32, cells: u32) -> Between {
  let place = (f32(pixel) + 0.5) * f32(cells) / f32(pixels) - 0.5;
  let kept = clamp(place, 0.0, f32(cells - 1u));
  let first = u32(kept);
  return Between(first, min(first + 1u, cells - 1u), kept - f32(first));
}
