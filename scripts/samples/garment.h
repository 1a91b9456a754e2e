// Neck, shoulders and what is worn on them, in body space (same origin as the head, not turned with
// it).
#pragma once
#include "noise.h"
#include "person.h"
#include "sdf.h"

inline float torsoShape(Vec p, const Person& s) {
  Vec q{std::fabs(p.x) / s.shoulders, p.y, p.z};
  float d = ellipsoid(q - Vec{0, -3.25f, -0.34f}, {1.45f, 1.25f, 0.78f});
  d = smin(d, cone(q, {0.45f, -2.36f, -0.42f}, {1.52f, -2.56f, -0.44f}, 0.38f, 0.42f), 0.35f);
  d = smin(d, cone(q, {1.50f, -2.62f, -0.44f}, {1.74f, -4.3f, -0.30f}, 0.43f, 0.40f), 0.22f);
  d = smin(d, cone(q, {0.20f, -1.50f, -0.52f}, {1.30f, -2.28f, -0.50f}, 0.24f, 0.22f), 0.35f);
  return d * 0.9f;
}

/** Bare neck between a point inside the head (world) and the body, with its two cords. */
inline float neckShape(Vec p, Vec top, Vec earBase, const Person& s) {
  Vec base{0, -2.0f, -0.42f};
  float d = cone(p, top, base, 0.455f * s.neck, 0.52f * s.neck);
  for (float side : {-1.0f, 1.0f}) {
    Vec from = top + Vec{earBase.x * side * 0.9f, 0.02f, -0.02f};
    d = smin(d, capsule(p, from, {side * 0.10f, -2.06f, -0.01f}, 0.055f), 0.20f);
  }
  float throat =
      ellipsoid(p - mix(top, base, 0.55f) - Vec{0, 0, 0.44f * s.neck}, {0.07f, 0.11f, 0.07f});
  return smin(d, throat, 0.16f);
}

inline float collarBones(Vec p, const Person& s) {
  Vec q{std::fabs(p.x) / s.shoulders, p.y, p.z};
  return capsule(q, {0.12f, -2.14f, 0.10f}, {1.15f, -2.10f, -0.28f}, 0.05f);
}

/** Soft folds, roughly in [-0.5,1]: ridged noise drawn out along lines that fall from the
 * shoulders. */
inline float folds(Vec p, float seed) {
  float bend = noise3(p * 0.7f + Vec{seed, 0, 0});
  float slope = 0.55f * std::tanh(p.x * 1.2f);
  Vec w{p.x * 1.5f + slope * p.y + 0.5f * bend, p.y * 0.45f - 0.3f * slope * p.x,
        p.z * 0.9f + seed};
  float ridge = 1 - std::fabs(noise3(w));
  return 0.75f * ridge * ridge + 0.35f * noise3(w * 1.9f + Vec{3, 0, 0});
}

/** Relief of a plain weave with uneven threads, roughly in [-2,2]. */
inline float linen(Vec p) {
  return noise3({p.x * 70, p.y * 9, 1}) + noise3({p.x * 9, p.y * 70, 5});
}

/** Stocking-stitch relief in [-1,1] for cloth coordinates in decimetres. */
inline float knit(float x, float y) {
  float u = x / 0.088f, fu = u - ifloor(u) - 0.5f;
  float v = y / 0.066f + 0.95f * std::fabs(fu);
  float stitch = std::cos(2 * kPi * v);
  return 0.55f * stitch + 0.9f * (0.5f - 2.2f * sq(std::fabs(fu) - 0.25f) * 8);
}

struct NeckAxis {
  float along, radius, angle;
};
inline NeckAxis neckAxis(Vec p) {
  Vec base{0, -2.0f, -0.42f}, dir = normalize({0, 0.97f, 0.24f});
  Vec o = p - base;
  float t = dot(o, dir);
  Vec r = o - dir * t;
  return {t, length(r), std::atan2(r.x, r.z)};
}

inline void rollneck(Vec p, const Person& s, float torso, Surface& out) {
  NeckAxis a = neckAxis(p);
  float sag = 0.02f * noise3({a.angle * 1.5f, a.along * 3, 4});
  float rib = 0.012f * std::cos(a.angle * 52);
  float inner =
      roundBox({a.radius - 0.615f * s.neck, a.along - 0.34f, 0}, {0.06f, 0.42f, 1}, 0.05f);
  float outer =
      roundBox({a.radius - 0.690f * s.neck - 0.03f * (0.5f - a.along), a.along - 0.40f - sag, 0},
               {0.065f, 0.24f, 1}, 0.06f);
  float roll = smin(inner, outer, 0.03f) - rib - sag;
  float body =
      torso - 0.075f - 0.04f * folds(p, 3) - 0.011f * knit(p.x, p.y + 0.25f * std::fabs(p.x));
  out.take(smin(roll, body, 0.06f) * 0.9f, kCloth);
}

inline float triangle(float x, float y, Vec a, Vec b, Vec c) {
  auto edge = [&](Vec u, Vec v) {
    float ex = v.x - u.x, ey = v.y - u.y, l = std::sqrt(ex * ex + ey * ey);
    return ((x - u.x) * ey - (y - u.y) * ex) / l;
  };
  return std::max(edge(a, b), std::max(edge(b, c), edge(c, a)));
}

inline void shirt(Vec p, const Person& s, float torso, Surface& out) {
  float q = std::fabs(p.x),
        width = p.y < -2.42f ? -0.2f : std::min(0.16f + 0.42f * (p.y + 2.42f), 0.42f);
  NeckAxis a = neckAxis(p);
  float body = torso - 0.055f - 0.045f * folds(p, 8) - 0.0025f * linen(p);
  body = smax(body, std::min(width - q, p.z + 0.15f), 0.02f);
  out.take(body * 0.85f, kCloth);
  float stand =
      roundBox({a.radius - 0.60f * s.neck, a.along - 0.20f, 0}, {0.035f, 0.21f, 1}, 0.03f);
  if (p.z > -0.2f) stand = std::max(stand, 0.10f + 0.30f * (a.along + 0.1f) - q);
  out.take(stand * 0.9f, kCloth);
  float leaf = triangle(q, p.y, {0.17f, -1.86f, 0}, {0.58f, -2.52f, 0}, {0.82f, -1.74f, 0});
  float lift = 0.11f + 0.05f * smoothstep(0.5f, 0.0f, a.along);
  float flap =
      smax(std::fabs(std::min(torso, a.radius - 0.60f * s.neck) - lift) - 0.028f, leaf, 0.03f);
  if (p.z > -0.55f) out.take(flap * 0.75f, kCloth);
  float placket = std::max(std::fabs(p.x - 0.02f) - 0.17f, p.y + 2.45f);
  if (p.z > 0) out.take(smax(body - 0.022f, placket, 0.02f) * 0.85f, kCloth);
  for (int i = 0; i < 3; i++) {
    Vec b = p - Vec{0.02f, -2.62f - 0.42f * i, 0};
    float disc = std::max(length(Vec{b.x, b.y, 0}) - 0.055f, std::fabs(body - 0.03f) - 0.022f);
    if (p.z > 0) out.take(disc - 0.006f, kTrim);
  }
}

inline void blouse(Vec p, const Person& s, float torso, Surface& out) {
  float q = std::fabs(p.x) / s.shoulders;
  float neckline = 1 - length(Vec{q / 0.80f, (p.y + 1.80f) / 0.62f, (p.z + 0.3f) / 1.3f});
  float gather = noise3({std::atan2(p.x, -p.y - 1.5f) * 13, 1.0f, 2.0f});
  float fall = smoothstep(0.0f, -0.9f, neckline);
  float body = torso - 0.06f - 0.05f * folds(p, 5) -
               0.03f * gather * (1 - fall) * smoothstep(0.05f, -0.15f, neckline);
  body -= 0.0035f * linen(p);
  body = smax(body, neckline * 0.6f, 0.03f);
  out.take(body * 0.75f, kCloth);
  float rim = std::sqrt(sq(neckline * 0.62f) + sq(torso - 0.07f)) - 0.035f;
  out.take(rim * 0.7f, kTrim);
}

inline void hoodie(Vec p, const Person& s, float torso, Surface& out) {
  NeckAxis a = neckAxis(p);
  float front = smoothstep(1.2f, 0.0f, std::fabs(a.angle));
  float wobble = noise3({std::cos(a.angle) * 2, std::sin(a.angle) * 2, p.y * 1.2f});
  float body = torso - 0.11f - 0.05f * folds(p, 1) - 0.003f * noise3(p * 45.0f);
  Vec ring{a.radius - (0.74f - 0.02f * front) * s.neck - 0.06f,
           a.along - 0.10f + 0.30f * front - 0.10f, 0};
  float minor = mix(0.27f, 0.15f, front) + 0.035f * wobble;
  float hood = length(Vec{ring.x, ring.y * 0.75f, 0}) - minor;
  float slit = std::fabs(p.x) - 0.02f - 0.22f * std::max(p.y + 2.35f, 0.0f);
  if (p.z > 0) hood = smax(hood, -slit, 0.06f);
  out.take(smin(body, hood, 0.09f) * 0.85f, kCloth);
  float q = std::fabs(p.x);
  for (int i = 0; i < 2; i++) {
    float sway = i == 0 ? 0.0f : 0.05f;
    if ((p.x > 0) != (i == 0)) continue;
    Vec from{0.27f, -2.22f, 0.42f}, to{0.24f + sway, -3.05f - sway, 0.52f};
    Vec m{q, p.y, p.z};
    float t = segmentParam(m, from, to);
    float onBody = std::fabs(body - 0.02f);
    float line = length(Vec{q - mix(from.x, to.x, t) - 0.02f * std::sin(t * 7), 0, 0});
    float cord = std::max(std::sqrt(line * line + onBody * onBody) - 0.035f,
                          std::max(p.y + 2.2f, -3.1f - p.y));
    if (p.z > 0) out.take(cord * 0.8f, kTrim);
  }
}

inline void garmentShape(Vec p, const Person& s, float torso, Surface& out) {
  switch (s.garment) {
    case Garment::kRollneck:
      rollneck(p, s, torso, out);
      break;
    case Garment::kShirt:
      shirt(p, s, torso, out);
      break;
    case Garment::kBlouse:
      blouse(p, s, torso, out);
      break;
    case Garment::kHoodie:
      hoodie(p, s, torso, out);
      break;
  }
}
