// use: float_lab

// CIEDE2000 (Sharma, Wu and Dalal 2005) without angles where they can be avoided: WGSL allows cos and
// atan2 large errors. The mean hue is the direction of the sum of two unit vectors, the cosines of
// its multiples are polynomials of its cosine and sine.

const TO_25_7: f32 = 6103515625.0;

/// c^7 / (c^7 + 25^7).
fn seventh(c: f32) -> f32 {
  let c2 = c * c;
  let c7 = c2 * c2 * c2 * c;
  return c7 / (c7 + TO_25_7);
}

/// sin(2 theta) of the rotation term, theta = 30 degrees exp(-((hue - 275 degrees) / 25)^2).
fn rotation_sine(c: f32, s: f32) -> f32 {
  let cosine = c * 0.08715574274765817 - s * 0.9961946980917455;
  let sine = c * 0.9961946980917455 + s * 0.08715574274765817;
  // Hues are counted from 0 to 360 degrees: 85 degrees above 275 the term ends.
  if (cosine < 0.08715574274765817) {
    return 0.0;
  }
  let half = sine / (1.0 + cosine);
  let t = half / (1.0 + sqrt(1.0 + half * half));
  let t2 = t * t;
  let tail = t2 * (1.0 / 9.0 - t2 * (1.0 / 11.0 - t2 * (1.0 / 13.0)));
  let arc = 4.0 * t * (1.0 - t2 * (1.0 / 3.0 - t2 * (1.0 / 5.0 - t2 * (1.0 / 7.0 - tail))));
  let in25 = arc * 2.291831180523293; // 180 / pi / 25
  let x = 1.0471975511965976 * exp(-in25 * in25);
  let x2 = x * x;
  return x * (1.0 - x2 / 6.0 * (1.0 - x2 / 20.0 * (1.0 - x2 / 42.0 * (1.0 - x2 / 72.0))));
}

/// T of the hue weighting, from the mean hue's cosine and sine.
fn hue_weight(c: f32, s: f32) -> f32 {
  let c2 = c * c - s * s;
  let s2 = 2.0 * c * s;
  let c3 = c2 * c - s2 * s;
  let s3 = s2 * c + c2 * s;
  let c4 = c2 * c2 - s2 * s2;
  let s4 = 2.0 * c2 * s2;
  return 1.0 - 0.17 * (c * 0.8660254037844387 + s * 0.5) + 0.24 * c2
    + 0.32 * (c3 * 0.9945218953682733 - s3 * 0.10452846326765347)
    - 0.2 * (c4 * 0.45399049973954675 + s4 * 0.8910065241883679);
}

/// Direction of the mean hue of (a, b) pairs with these chromas: of the sum of two unit vectors, which
/// is at right angles to their difference. Whichever is longer tells it better.
fn mean_hue(p: vec2f, q: vec2f, cp: f32, cq: f32) -> vec2f {
  let sum = p * cq + q * cp;
  let apart = p * cq - q * cp;
  let turned = vec2f(-apart.y, apart.x);
  let same_side = sum.x * turned.x + sum.y * turned.y >= 0.0;
  let long = sum.x * sum.x + sum.y * sum.y >= apart.x * apart.x + apart.y * apart.y;
  let direction = select(select(-turned, turned, same_side), sum, long);
  let length = sqrt(direction.x * direction.x + direction.y * direction.y);
  return select(vec2f(1.0, 0.0), direction / max(length, 1e-30), length > 0.0);
}

/// Hue difference of (a, b) pairs p and p - d with chromas cp and cq, signed from p to p - d.
fn hue_difference(p: vec2f, d: vec2f, cp: f32, cq: f32) -> f32 {
  let q = p - d;
  let crossed = p.y * d.x - p.x * d.y;
  let aligned = p.x * q.x + p.y * q.y;
  if (aligned > 0.0) {
    return crossed / sqrt(0.5 * (cp * cq + aligned));
  }
  return select(-1.0, 1.0, crossed >= 0.0) * sqrt(max(0.0, 2.0 * (cp * cq - aligned)));
}

/// From two colours and the first less the second in L*, a*, b*, known better than by subtraction.
fn ciede2000(first: Lab, second: Lab, d: vec3f) -> f32 {
  let mean = 0.5 * (sqrt(first.a * first.a + first.b * first.b) + sqrt(second.a * second.a + second.b * second.b));
  let share = seventh(mean);
  let widen = 1.0 + 0.5 * (1.0 - share) / (1.0 + sqrt(share));
  let p = vec2f(first.a * widen, first.b);
  let q = vec2f(second.a * widen, second.b);
  let dab = vec2f(d.y * widen, d.z);
  let cp = sqrt(p.x * p.x + p.y * p.y);
  let cq = sqrt(q.x * q.x + q.y * q.y);
  let hue = mean_hue(p, q, cp, cq);
  let chroma_mean = 0.5 * (cp + cq);
  let far = 0.5 * (first.l + second.l) - 50.0;
  let lightness = -d.x / (1.0 + 0.015 * far * far / sqrt(20.0 + far * far));
  let dc = -(dab.x * (p.x + q.x) + dab.y * (p.y + q.y)) / max(cp + cq, 1e-30);
  let chroma = dc / (1.0 + 0.045 * chroma_mean);
  let turn = hue_difference(p, dab, cp, cq);
  let turned = turn / (1.0 + 0.015 * chroma_mean * hue_weight(hue.x, hue.y));
  let rotation = -2.0 * sqrt(seventh(chroma_mean)) * rotation_sine(hue.x, hue.y);
  return sqrt(max(0.0, lightness * lightness + chroma * chroma + turned * turned + rotation * chroma * turned));
}
