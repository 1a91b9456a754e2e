// Eyeballs, lids, lashes and brows, in head space.
#pragma once
#include "noise.h"
#include "person.h"
#include "sdf.h"

inline Vec eyeCentre(const FaceShape&) { return {0.312f, 0.0f, 0.615f}; }

/** The point relative to the eye at +x, turned by the eye's tilt; x grows towards the temple. */
inline Vec eyeLocal(Vec q, const FaceShape& f) {
  Vec e = q - eyeCentre(f);
  float a = f.eyeTilt * kPi / 180, c = std::cos(a), s = std::sin(a);
  return {e.x * c + e.y * s, e.y * c - e.x * s, e.z};
}

inline float halfSpace(Vec e, float degrees, float side) {
  float a = degrees * kPi / 180;
  return side * e.y * std::cos(a) - e.z * std::sin(a);
}

/** Adds lids to the face distance `d` and returns it; lashes and eyeballs are other materials. */
inline float lidShape(Vec q, const FaceShape& f, float d) {
  Vec e = eyeLocal(q, f);
  float r = f.eyeSize, l = length(e);
  if (l > 0.5f) return d;
  float upper = smax(l - (r + 0.026f), -halfSpace(e, f.eyeOpen, 1), 0.018f);
  float lower = smax(l - (r + 0.017f), -halfSpace(e, f.eyeLow, -1), 0.015f);
  d = smin(d, lower, 0.055f);
  float duct = ellipsoid(e - Vec{-r * 0.86f, -0.012f, r * 0.50f}, {0.035f, 0.02f, 0.03f});
  float outer = ellipsoid(e - Vec{r * 0.96f, -0.004f, r * 0.40f}, {0.045f, 0.05f, 0.055f});
  d = smin(smin(d, duct, 0.02f), outer, 0.03f);
  return smin(d, upper, 0.045f);
}

/** A shelf of lashes that leaves the upper lid's edge, combed into strands. */
inline float lashShape(Vec q, const FaceShape& f) {
  Vec e = eyeLocal(q, f);
  float r = f.eyeSize, l = length(e);
  if (l > 0.5f || e.z < 0) return 0.2f;
  float out = (l - r - 0.012f) / (0.075f * f.lash), along = std::atan2(e.x, e.z);
  float h = halfSpace(e, f.eyeOpen, 1) - 0.008f - 0.030f * f.lash * out * out;
  float comb = 0.5f + 0.5f * std::sin(along * 75 + 6 * out * along);
  float reach = 0.55f + 0.45f * smoothstep(-0.9f, 0.7f, along);
  float thick = 0.010f * (1 - 0.75f * clamp(out, 0, 1)) * mix(1, comb, clamp(out * 1.6f, 0, 0.8f));
  float d = std::max(std::fabs(h) - thick, (out - reach) * 0.075f * f.lash);
  return std::max(d, -out * 0.075f * f.lash) * 0.7f;
}

inline float eyeballShape(Vec q, const FaceShape& f) { return sphere(q - eyeCentre(f), f.eyeSize); }

/** Brow coordinates: coverage in [0,1] at a point of the forehead. */
inline float browMask(Vec q, const FaceShape& f) {
  if (q.z < 0.35f || q.y < 0 || q.y > 0.6f) return 0;
  float y = 0.225f + f.browLift;
  Vec a{0.115f, y - 0.012f, 0}, b{0.33f, y + 0.105f, 0}, c{0.555f, y - 0.045f, 0};
  CurveHit h = bezier({q.x, q.y, 0}, a, b, c);
  float end = h.t <= 0.001f || h.t >= 0.999f ? 1.6f : 1;
  float w = 0.040f * f.brow * mix(1.0f, 0.30f, smoothstep(0.35f, 1, h.t)) *
            mix(0.75f, 1, smoothstep(0, 0.2f, h.t));
  return smoothstep(1.05f, 0.55f, h.dist * end / w);
}

/** Strand pattern of the brow: hairs lean outwards and up. */
inline float browStrands(Vec q) {
  float lean = mix(1.2f, 0.25f, smoothstep(0.12f, 0.4f, q.x));
  float s = (q.x - q.y * (1 / std::max(lean, 0.3f)) * 0.35f) * 95;
  return 0.5f + 0.5f * noise3({s, q.y * 14, q.x * 9});
}

/** Surface colours of the eyeball for the direction n from its centre (head space, not mirrored).
 */
inline Vec eyeColour(Vec n, Vec gaze, Vec iris) {
  float c = dot(n, normalize(gaze)), ang = std::acos(clamp(c, -1, 1));
  float rIris = 0.60f, rPupil = 0.28f, t = ang / rIris;
  Vec white = Vec{0.74f, 0.70f, 0.66f} * (1 - 0.35f * smoothstep(0.9f, 1.5f, ang));
  white = mix(white, Vec{0.62f, 0.40f, 0.36f}, 0.35f * smoothstep(0.6f, 1.1f, std::fabs(n.x)));
  float spoke = std::atan2(n.y - gaze.y, n.x - gaze.x);
  float fibre = 0.75f + 0.35f * noise3({std::cos(spoke) * 7, std::sin(spoke) * 7, t * 2.2f}) +
                0.18f * noise3({std::cos(spoke) * 19, std::sin(spoke) * 19, t * 3});
  float glow = 0.75f + 0.9f * smoothstep(0.35f, -0.5f, n.y - gaze.y * 0.5f + 0.25f);
  Vec col = iris * (fibre * glow);
  col = mix(col, iris * Vec{1.6f, 1.25f, 0.8f}, 0.5f * bell(t - 0.55f, 0.12f));
  col = col * (1 - 0.80f * smoothstep(0.78f, 1.0f, t));
  col = mix(Vec{0.006f, 0.005f, 0.005f}, col, smoothstep(rPupil - 0.03f, rPupil + 0.03f, ang));
  return mix(col, white, smoothstep(rIris - 0.03f, rIris + 0.035f, ang));
}
