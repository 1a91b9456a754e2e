// Signed distance primitives and smooth set operations (see Inigo Quilez, "distance functions" and
// "smooth minimum", iquilezles.org/articles). Inside is negative.
#pragma once
#include "vec.h"

inline float sphere(Vec p, float r) { return length(p) - r; }

/** First-order distance to an ellipsoid with half axes r (exact only on the surface). */
inline float ellipsoid(Vec p, Vec r) {
  float k0 = length(p / r);
  float k1 = length(p / (r * r));
  return k1 < 1e-6f ? -std::min(r.x, std::min(r.y, r.z)) : k0 * (k0 - 1) / k1;
}

inline float roundBox(Vec p, Vec half, float r) {
  Vec q{std::fabs(p.x) - half.x + r, std::fabs(p.y) - half.y + r, std::fabs(p.z) - half.z + r};
  Vec o{std::max(q.x, 0.0f), std::max(q.y, 0.0f), std::max(q.z, 0.0f)};
  return length(o) + std::min(maxOf(q), 0.0f) - r;
}

inline float segmentParam(Vec p, Vec a, Vec b) {
  Vec ba = b - a;
  return clamp(dot(p - a, ba) / dot(ba, ba), 0, 1);
}

/** Capsule whose radius goes linearly from ra to rb. */
inline float cone(Vec p, Vec a, Vec b, float ra, float rb) {
  float t = segmentParam(p, a, b);
  return length(p - mix(a, b, t)) - mix(ra, rb, t);
}
inline float capsule(Vec p, Vec a, Vec b, float r) { return cone(p, a, b, r, r); }

/** Torus round the y axis. */
inline float torus(Vec p, float major, float minor) {
  float q = std::sqrt(p.x * p.x + p.z * p.z) - major;
  return std::sqrt(q * q + p.y * p.y) - minor;
}

/** Smooth union, quadratic, blend width k. */
inline float smin(float a, float b, float k) {
  float h = std::max(k - std::fabs(a - b), 0.0f) / k;
  return std::min(a, b) - h * h * k * 0.25f;
}
inline float smax(float a, float b, float k) { return -smin(-a, -b, k); }

/** A quadratic Bézier curve's closest parameter and distance. */
struct CurveHit {
  float t, dist;
};

/**
 * Closest point on the quadratic Bézier a, b, c: five samples bracket it, Newton steps polish.
 * The curves here bend gently, so the bracket cannot pick a wrong branch that would show.
 */
inline CurveHit bezier(Vec p, Vec a, Vec b, Vec c) {
  Vec d1 = (b - a) * 2.0f, d2 = a - b * 2.0f + c;
  auto at = [&](float t) { return a + d1 * t + d2 * (t * t); };
  float best = 0, bestD = 1e9f;
  for (int i = 0; i <= 4; i++) {
    Vec e = at(i * 0.25f) - p;
    if (dot(e, e) < bestD) {
      bestD = dot(e, e);
      best = i * 0.25f;
    }
  }
  for (int i = 0; i < 3; i++) {
    Vec e = at(best) - p, v = d1 + d2 * (2 * best);
    float den = dot(v, v) + 2 * dot(e, d2);
    best = clamp(best - dot(e, v) / std::max(den, 0.3f * dot(v, v)), 0, 1);
  }
  return {best, length(at(best) - p)};
}
inline Vec bezierTangent(float t, Vec a, Vec b, Vec c) {
  return normalize((b - a) * (1 - t) + (c - b) * t);
}
