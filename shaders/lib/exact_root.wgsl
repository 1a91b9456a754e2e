/// Square root of a whole number k < 2^18 as (whole part, fraction in units of 2^-24).
/// f32 alone would be off by 1e-5 at the largest colour differences.
fn exact_root(k: u32) -> vec2u {
  return refine_root(k, sqrt(f32(k)));
}

/// The same from an estimate of the root: GPUs' sqrt may be several units in the last place off, so
/// the root of a square may come out just below a whole number. It cannot come out at one from below:
/// 2^18 - 1 is 32 such units away from a square. The fraction is a quotient of small numbers.
fn refine_root(k: u32, estimate: f32) -> vec2u {
  var whole = u32(estimate);
  if ((whole + 1u) * (whole + 1u) <= k) {
    whole += 1u;
  }
  let rest = k - whole * whole;
  if (rest == 0u) {
    return vec2u(whole, 0u);
  }
  let fraction = f32(rest) / (f32(whole) + estimate);
  return vec2u(whole, u32(fraction * 16777216.0 + 0.5));
}
