/// The square root of a whole number: whole part, and fraction in [0, 1).
struct Root {
  whole: f32,
  fraction: f32,
}

/// The square root of a whole number k < 2^18. f32 alone would be off by 1e-5 at the largest colour
/// differences.
fn exact_root(k: f32) -> Root {
  return refine_root(k, sqrt(k));
}

/// The same from an estimate of the root: GPUs' sqrt may be several units in the last place off, so
/// the root of a square may come out just below a whole number. It cannot come out at one from below:
/// 2^18 - 1 is 32 such units away from a square. The fraction is a quotient of small numbers, of 0 and
/// something that is not 0 where k is 0.
fn refine_root(k: f32, estimate: f32) -> Root {
  let low = floor(estimate);
  let next = low + 1.0;
  let whole = select(low, next, next * next <= k);
  return Root(whole, (k - whole * whole) / (whole + estimate + 1e-30));
}
