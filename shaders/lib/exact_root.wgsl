/// Square roots of whole numbers: whole parts, and fractions in [0, 1).
struct Roots {
  whole: vec4f,
  fraction: vec4f,
}

/// Square roots of whole numbers k < 2^18. f32 alone would be off by 1e-5 at the largest colour
/// differences.
fn exact_root4(k: vec4f) -> Roots {
  return refine_root4(k, sqrt(k));
}

/// The same from estimates of the roots: GPUs' sqrt may be several units in the last place off, so
/// the root of a square may come out just below a whole number. It cannot come out at one from below:
/// 2^18 - 1 is 32 such units away from a square. The fraction is a quotient of small numbers.
fn refine_root4(k: vec4f, estimate: vec4f) -> Roots {
  let low = floor(estimate);
  let next = low + 1.0;
  let whole = select(low, next, next * next <= k);
  let rest = k - whole * whole;
  return Roots(whole, rest / max(whole + estimate, vec4f(1.0)));
}
