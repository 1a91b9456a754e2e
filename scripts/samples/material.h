// What the sitter is made of: colours at a point and how each stuff scatters light.
#pragma once
#include "figure.h"

struct Stuff {
  int mat = kSkin;
  Vec albedo, normal, tangent, f0{0.028f, 0.028f, 0.028f};
  float rough = 0.4f, coat = 0;  // coat: share of a second, smoother lobe
  float sheen = 0, gloss = 0;
};

/** Skin colour in head space: blush, lips, brows, freckles, shade of a shaved beard. */
inline Vec skinColour(Vec h, const Person& s, float& oil) {
  const Palette& c = s.palette;
  Vec q{std::fabs(h.x), h.y, h.z};
  float front = smoothstep(0.2f, 0.6f, h.z);
  float blush = 0.8f * bell(length(Vec{q.x - 0.42f, (q.y + 0.27f) * 1.2f, 0}), 0.15f) +
                0.6f * bell(length(q - Vec{0, -0.36f, 0.98f}), 0.10f) +
                0.5f * smoothstep(0.74f, 0.82f, q.x) * (1 - front);
  Vec red{1.10f, 0.70f, 0.66f};
  Vec col = mix(c.skin, c.skin * red, clamp(blush * c.blush, 0, 1));
  col = col * (1 + 0.05f * fbm(h * 7.0f, 3));
  float socket = bell(length(Vec{(q.x - 0.31f) * 0.8f, q.y + 0.02f, 0}), 0.12f) * front;
  col = mix(col, col * Vec{0.80f, 0.68f, 0.66f}, 0.55f * socket);
  if (c.freckles > 0) {
    Cells cell = cellNoise(Vec{h.x, h.y, h.z * 0.6f} * 24.0f);
    float size = 0.10f + 0.16f * toUnit(hashBits(uint32_t(cell.id)));
    float zone = bell(length(Vec{(q.x - 0.24f) * 0.8f, (q.y + 0.26f) * 1.4f, 0}), 0.17f) * front;
    float spot = smoothstep(size, size * 0.4f, cell.near) *
                 smoothstep(0.25f, 0.8f, zone + 0.35f * hash01(cell.id, 3) * zone);
    col = mix(col, col * Vec{0.72f, 0.50f, 0.38f}, c.freckles * spot);
  }
  MouthPoint m = mouthAt(h, s.face);
  float lines = 0.9f + 0.12f * noise3({m.u * 34, m.v * 0.8f, 2});
  col = mix(col, c.lip * lines, 0.85f * m.lip);
  if (m.lip > 0) col = col * (1 - 0.55f * bell(m.y, 0.007f));
  float stubble =
      c.stubble * smoothstep(-0.40f, -0.56f, h.y) * (1 - m.lip) * smoothstep(-0.1f, 0.3f, h.z);
  col = mix(col, col * Vec{0.62f, 0.62f, 0.66f}, stubble);
  float brow = browMask(q, s.face);
  col = mix(col, c.hair * 0.6f, brow * (0.74f + 0.24f * browStrands(q)));
  oil = -1.5f * brow + 0.35f * bell(length(Vec{h.x, (h.y + 0.1f) * 0.4f, 0}), 0.16f) * front +
        0.9f * m.lip;
  return col;
}

/** Colour and direction of the strand at p; cropped hair lets the scalp through at the temples. */
inline void combHair(const Figure& f, Vec p, Vec h, Stuff& s) {
  Vec n = s.normal;
  HairHit hair = f.hairAt(p);
  s.albedo = f.person.palette.hair * clamp(1 + 0.30f * hair.strand, 0.4f, 1.7f);
  if (f.person.hair == HairStyle::kCrop) {
    float fade = smoothstep(0.40f, -0.12f, h.y) * smoothstep(0.35f, 0.15f, h.z) *
                 smoothstep(-0.35f, -0.10f, h.y);
    s.albedo = mix(s.albedo, f.person.palette.skin * 0.5f, 0.5f * fade);
  }
  Vec t = f.fromHeadDirection(hair.tangent);
  s.tangent = normalize(t - n * dot(t, n) + n * (0.10f * hair.strand));
  s.gloss = f.person.palette.hairGloss;
}

inline Stuff stuffAt(const Figure& f, Vec p, Vec n, int mat) {
  Stuff s;
  s.mat = mat;
  s.normal = n;
  Vec h = f.toHead(p), b = f.toBody(p);
  const Palette& c = f.person.palette;
  if (mat == kSkin) {
    float oil;
    s.albedo = skinColour(h, f.person, oil);
    s.rough = 0.52f - 0.12f * oil;
    s.coat = std::max(0.04f + 0.22f * oil, 0.0f);
    s.f0 = s.f0 * clamp(1 + oil, 0.3f, 1);
    Vec grain{noise3(p * 52.0f), noise3(p * 52.0f + Vec{5, 1, 8}),
              noise3(p * 52.0f + Vec{2, 9, 4})};
    s.normal = normalize(n + grain * 0.045f);
  } else if (mat == kEye) {
    float side = h.x > 0 ? 1.0f : -1.0f;
    Vec e = eyeCentre(f.person.face);
    s.albedo = eyeColour(normalize(h - Vec{e.x * side, e.y, e.z}), f.person.gaze, c.iris);
    s.rough = 0.13f;
    s.f0 = {0.04f, 0.04f, 0.04f};
    s.gloss = 1;
  } else if (mat == kHair) {
    combHair(f, p, h, s);
  } else if (mat == kLash) {
    s.albedo = c.hair * 0.25f;
    s.rough = 0.5f;
  } else if (mat == kMetal) {
    s.albedo = {0.02f, 0.015f, 0.01f};
    s.f0 = {0.95f, 0.70f, 0.36f};
    s.rough = 0.16f;
    s.gloss = 1;
  } else if (mat == kGlasses) {
    s.albedo = mix(Vec{0.05f, 0.022f, 0.010f}, Vec{0.28f, 0.11f, 0.035f},
                   smoothstep(-0.1f, 0.4f, noise3(h * 9.0f)));
    s.f0 = {0.05f, 0.05f, 0.05f};
    s.rough = 0.18f;
  } else {
    s.albedo = (mat == kCloth ? c.cloth : c.trim) * (1 + 0.10f * fbm(b * 3.0f, 3));
    s.rough = 0.7f;
    s.sheen = 0.6f;
  }
  return s;
}

/** GGX reflection with Smith's height-correlated masking and Schlick's Fresnel, times the cosine.
 */
inline Vec glossy(Vec n, Vec v, Vec l, Vec f0, float rough) {
  float nl = dot(n, l), nv = std::max(dot(n, v), 1e-3f);
  if (nl <= 0) return {};
  Vec h = normalize(l + v);
  float a = rough * rough, a2 = a * a, nh = std::max(dot(n, h), 0.0f);
  float den = nh * nh * (a2 - 1) + 1, D = a2 / (kPi * den * den);
  float V =
      0.5f / (nl * std::sqrt(nv * nv * (1 - a2) + a2) + nv * std::sqrt(nl * nl * (1 - a2) + a2));
  float k = std::pow(1 - clamp(dot(v, h), 0, 1), 5.0f);
  Vec F = f0 + (Vec{1, 1, 1} - f0) * k;
  return F * (D * V * nl);
}

/**
 * Hair highlights: a white one off the cuticle and a coloured one that passed through the strand,
 * both Gaussian in the half angle along the strand (after Marschner et al. 2003, lobes R and TRT).
 */
inline Vec hairShine(const Stuff& s, Vec v, Vec l) {
  float ti = std::asin(clamp(dot(s.tangent, l), -1, 1)),
        to = std::asin(clamp(dot(s.tangent, v), -1, 1));
  float half = 0.5f * (ti + to), wrap = clamp(0.25f + dot(s.normal, l), 0, 1);
  Vec lp = normalize(l - s.tangent * dot(s.tangent, l)),
      vp = normalize(v - s.tangent * dot(s.tangent, v));
  float az = std::sqrt(std::max(0.5f + 0.5f * dot(lp, vp), 0.0f));
  float r = bell(half + 0.06f, 0.085f) * az, trt = bell(half - 0.09f, 0.16f) * az * az * az;
  Vec tint{std::sqrt(s.albedo.x), std::sqrt(s.albedo.y), std::sqrt(s.albedo.z)};
  return (Vec{0.035f, 0.035f, 0.035f} * r + tint * (0.22f * trt)) * (wrap * s.gloss);
}

/** Reflected share (times cosine) of light from l that does not enter the stuff diffusely. */
inline Vec specular(const Stuff& s, Vec v, Vec l) {
  if (s.mat == kHair) return hairShine(s, v, l);
  Vec out = glossy(s.normal, v, l, s.f0, s.rough) * (1 - s.coat);
  if (s.coat > 0) out += glossy(s.normal, v, l, s.f0, s.rough * 0.55f) * s.coat;
  if (s.sheen > 0) {
    float rim = std::pow(1 - clamp(dot(s.normal, v), 0, 1), 3.0f);
    out += s.albedo * (s.sheen * 0.35f * rim * std::max(dot(s.normal, l), 0.0f));
  }
  return out;
}

/** Diffuse scattering times cosine over pi, for an albedo of 1; hair also takes light from the
 * side, as a strand does. */
inline Vec diffuse(const Stuff& s, Vec n, Vec l) {
  float cosine = std::max(dot(n, l), 0.0f);
  if (s.mat == kHair) {
    float across = std::sqrt(std::max(1 - sq(dot(s.tangent, l)), 0.0f));
    cosine = 0.6f * cosine + 0.4f * across * clamp(0.3f + 0.7f * dot(n, l), 0, 1);
  }
  cosine /= kPi;
  return {cosine, cosine, cosine};
}
