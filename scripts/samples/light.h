// Light sources, kept in four groups so that one render can be exposed as either photograph of a
// pair.
#pragma once
#include <vector>

#include "noise.h"

/** Strong soft flash, weak bare flash, the room's lamps, the window. */
enum Group { kSoftFlash, kBareFlash, kLamps, kWindow, kGroups };

/** Linear RGB light per group; renders stay linear in every group, so exposures are chosen later.
 */
struct Light4 {
  Vec g[kGroups];
  Light4& operator+=(const Light4& o) {
    for (int i = 0; i < kGroups; i++) g[i] += o.g[i];
    return *this;
  }
  Light4 operator*(Vec s) const {
    Light4 r;
    for (int i = 0; i < kGroups; i++) r.g[i] = g[i] * s;
    return r;
  }
  Light4 operator*(float s) const { return *this * Vec{s, s, s}; }
};

/** A disc or a sphere: a sphere is sampled as the disc it shows to the receiver. */
struct Source {
  Vec centre, normal;
  float radius = 1;
  Vec radiance;
  Group group = kLamps;
  bool disc = true;
};

/** A disc that faces `target` and gives it the irradiance `e` (linear RGB). */
inline Source makeFlash(Vec centre, Vec target, float radius, Vec e, Group group) {
  Vec d = target - centre;
  float area = kPi * radius * radius;
  return {centre, normalize(d), radius, e * (dot(d, d) / area), group, true};
}
inline Source makeLamp(Vec centre, float radius, Vec radiance) {
  return {centre, {0, 0, 1}, radius, radiance, kLamps, false};
}
/** A window is approximated by the disc of the same area. */
inline Source makeWindow(Vec centre, Vec normal, float radius, Vec radiance) {
  return {centre, normal, radius, radiance, kWindow, true};
}

/** Direction to a sampled point, its distance and the irradiance per unit cosine (no visibility).
 */
struct LightSample {
  Vec direction, irradiance;
  float distance = 0;
};

inline LightSample sampleSource(const Source& s, Vec from, float u, float v) {
  Vec axis = s.disc ? s.normal : normalize(from - s.centre), t, b;
  makeFrame(axis, t, b);
  float r = s.radius * std::sqrt(u), a = 2 * kPi * v;
  Vec at = s.centre + t * (r * std::cos(a)) + b * (r * std::sin(a));
  Vec d = at - from;
  float d2 = std::max(dot(d, d), 1e-4f), l = std::sqrt(d2);
  float facing = std::max(-dot(d, axis) / l, 0.0f);
  float area = kPi * s.radius * s.radius;
  return {d / l, s.radiance * (facing * area / d2), l};
}

/** The sources of a scene: both flashes are always sampled, of the others one or all. */
struct LightSet {
  std::vector<Source> flashes, others;

  /** Picks one of the others in proportion to its unshadowed irradiance at p; returns its
   * probability. */
  float pick(Vec p, float u, int& index) const {
    float weight[24], sum = 0;
    int n = std::min(int(others.size()), 24);
    for (int i = 0; i < n; i++) {
      const Source& s = others[size_t(i)];
      Vec d = s.centre - p;
      float facing = s.disc ? std::max(-dot(normalize(d), s.normal), 0.02f) : 1;
      weight[i] = meanOf(s.radiance) * sq(s.radius) * facing / (dot(d, d) + 0.5f) + 1e-6f;
      sum += weight[i];
    }
    float x = u * sum;
    for (index = 0; index < n - 1 && x >= weight[index]; index++) x -= weight[index];
    return weight[index] / sum;
  }
};
