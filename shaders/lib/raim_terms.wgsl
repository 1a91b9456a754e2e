// use: quads

/// What four pixels add to the sums of the RAIM metrics, one vector a sum.
struct RaimTerms {
  squared: vec4u,
  unlike: vec4u,
  delta: vec4u,
  fraction: vec4u,
}

/// The sums over those pixels whose bits are set.
fn kept(terms: RaimTerms, keep: vec4u) -> vec4u {
  return vec4u(total4(terms.squared & keep), total4(terms.unlike & keep),
               total4(terms.delta & keep), total4(terms.fraction & keep));
}
