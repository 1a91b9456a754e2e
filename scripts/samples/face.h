// The head without hair: skull, cheeks, jaw, nose, mouth and ears, in head space (origin between
// the eyes' height and the ear canals, +y up, +z out of the face, the sitter's left at +x).
#pragma once
#include "noise.h"
#include "person.h"
#include "sdf.h"

/** Mouth coordinates: u across (+-1 at the corners), y from the line between the lips, v in lip
 * heights. */
struct MouthPoint {
  float u, v, y, lip;
};

inline MouthPoint mouthAt(Vec q, const FaceShape& f) {
  float u = q.x / (0.245f * f.mouthWidth), a = std::min(std::fabs(u), 1.3f);
  float line = -0.685f - 0.010f * bell(u, 0.2f) + 0.010f * bell(a - 0.45f, 0.2f) +
               (f.smile * 2.2f) * a * a - 0.006f;
  float taper = std::pow(std::max(1 - a * a, 0.0f), 0.62f);
  float up = 0.083f * f.lips * taper * (1 - 0.20f * bell(u, 0.11f) + 0.08f * bell(a - 0.3f, 0.14f));
  float low = 0.100f * f.lips * std::pow(std::max(1 - a * a * 1.08f, 0.0f), 0.7f);
  float y = q.y - line;
  float h = std::max(y > 0 ? up : low, 0.004f);
  float v = y / h;
  float inside = a < 1 && q.z > 0.4f ? 1 - smoothstep(0.86f, 1.06f, std::fabs(v)) : 0;
  return {u, v, y, inside * smoothstep(1.0f, 0.9f, a)};
}

/** How far the lips, their parting line and the corners push the skin outwards. */
inline float mouthRelief(Vec q, const FaceShape& f) {
  if (q.z < 0.4f || std::fabs(q.x) > 0.4f || std::fabs(q.y + 0.68f) > 0.3f) return 0;
  MouthPoint m = mouthAt(q, f);
  float a = std::fabs(m.u), w = smoothstep(1.1f, 0.55f, a);
  float upper = m.v > 0 ? std::sin(kPi * std::pow(clamp(m.v / 1.25f, 0, 1), 0.75f)) : 0;
  float lower = m.v < 0 ? std::sin(kPi * std::pow(clamp(-m.v / 1.3f, 0, 1), 0.62f)) : 0;
  float pout = (0.040f * upper + 0.052f * lower) * (0.6f + 0.4f * f.lips) * w;
  float seam = 0.030f * bell(m.y, 0.010f) * smoothstep(1.12f, 0.85f, a);
  float corner = 0.018f * bell(a - 1.06f, 0.13f) * bell(q.y + 0.68f - f.smile * 2.2f, 0.05f);
  float under = 0.022f * bell(q.x, 0.16f) * bell(q.y + 0.865f, 0.045f);
  float philtrum = 0.014f * bell(q.x, 0.024f) * smoothstep(-0.61f, -0.57f, q.y) *
                   smoothstep(-0.46f, -0.50f, q.y);
  return pout - seam - corner - under - philtrum;
}

inline float skull(Vec q, const FaceShape& f) {
  float d = ellipsoid(q - Vec{0, 0.40f, -0.13f}, {0.765f, 0.80f, 0.94f});
  d = smin(d, ellipsoid(q - Vec{0, 0.30f, 0.25f}, {0.63f, 0.60f, 0.58f}), 0.25f);
  d = smin(d, ellipsoid(q - Vec{0, -0.30f, 0.28f}, {0.575f * f.cheek, 0.66f, 0.53f}), 0.22f);
  d = smin(d, ellipsoid(q - Vec{0.37f * f.cheek, -0.25f, 0.46f}, {0.21f, 0.15f, 0.22f}), 0.2f);
  d = smin(d, ellipsoid(q - Vec{0.27f * f.cheek, -0.47f, 0.48f}, {0.24f, 0.25f, 0.24f}), 0.22f);
  d = smin(d, ellipsoid(q - Vec{0, -0.72f, 0.30f}, {0.40f * f.jaw, 0.33f, 0.42f}), 0.2f);
  Vec angle{0.50f * f.jaw, -0.52f, 0.02f}, tip{0.11f * f.jaw, -1.00f * f.chin, 0.58f};
  d = smin(d, cone(q, angle, tip, 0.12f, 0.12f), 0.2f);
  d = smin(d, ellipsoid(q - Vec{0, -1.01f * f.chin, 0.65f}, {0.19f * f.jaw, 0.14f, 0.16f}), 0.15f);
  d = smin(d, ellipsoid(q - Vec{0, -0.67f, 0.64f}, {0.28f, 0.24f, 0.22f}), 0.18f);
  float ridge = capsule(q, {0.10f, 0.17f, 0.77f}, {0.43f, 0.20f, 0.61f}, 0.065f * f.browRidge);
  d = smin(d, ridge, 0.16f);
  float socket = ellipsoid(q - Vec{0.31f, -0.01f, 0.90f}, {0.205f, 0.125f, 0.17f});
  return smax(d, -socket, 0.15f);
}

inline float noseShape(Vec p, Vec q, const FaceShape& f, float d) {
  float len = f.noseLength, w = f.noseWidth;
  Vec tip{0, -0.345f - len, 1.005f};
  float bridge = cone(q, {0, 0.13f, 0.77f + 0.02f * f.noseBridge}, tip + Vec{0, 0.05f, -0.03f},
                      0.072f * f.noseBridge, 0.088f * std::sqrt(w));
  d = smin(d, bridge, 0.13f);
  d = smin(d, ellipsoid(p - tip, {0.100f * std::sqrt(w), 0.088f, 0.10f}), 0.09f);
  d = smin(d, ellipsoid(p - Vec{0, -0.40f - len, 0.86f}, {0.13f * w, 0.075f, 0.14f}), 0.08f);
  Vec wing{0.116f * w, -0.395f - len, 0.885f};
  d = smin(d, ellipsoid(q - wing, {0.064f * std::sqrt(w), 0.062f, 0.095f}), 0.07f);
  d = smin(d, capsule(p, {0, -0.425f - len, 0.985f}, {0, -0.47f - len, 0.85f}, 0.035f), 0.06f);
  float crease = ellipsoid(q - Vec{0.205f * w, -0.375f - len, 0.87f}, {0.03f, 0.06f, 0.05f});
  d = smax(d, -crease, 0.06f);
  Vec n = q - Vec{0.062f * w, -0.462f - len, 0.945f};
  float hole = ellipsoid({n.x * 0.94f + n.z * 0.34f, n.y, n.z * 0.94f - n.x * 0.34f},
                         {0.033f * w, 0.032f, 0.058f});
  return smax(d, -hole, 0.03f);
}

/** Outer ear as a bowl with a rolled rim; `q` has x mirrored to the positive side. */
inline float earShape(Vec q, const FaceShape& f) {
  Vec e = q - Vec{0.735f, -0.10f, -0.06f};
  if (length(e - Vec{0.1f, 0, 0}) > 0.6f) return length(e - Vec{0.1f, 0, 0}) - 0.4f;
  float a = f.earOut * kPi / 180, c = std::cos(a), s = std::sin(a);
  e = {e.x * c - (-e.z) * s, e.y, (-e.z) * c + e.x * s};
  float tilt = 0.2f;
  Vec b{e.x, e.y * std::cos(tilt) + e.z * std::sin(tilt),
        e.z * std::cos(tilt) - e.y * std::sin(tilt)};
  b.z -= 0.07f;
  float widen = mix(0.72f, 1.05f, smoothstep(-0.28f, 0.15f, b.y));
  Vec flat{0, b.y / 0.30f, b.z / (0.185f * widen)};
  float rad = length(flat), rim = (rad - 0.86f) * 0.19f;
  float plate = std::max((rad - 0.9f) * 0.17f, std::fabs(b.x - 0.02f * rad) - 0.022f);
  float helix = std::sqrt(rim * rim + sq(b.x - 0.045f)) - 0.034f;
  float front = smoothstep(-0.05f, -0.14f, b.z) * smoothstep(-0.05f, 0.05f, b.y);
  float d = smin(plate, helix + 0.03f * front, 0.05f);
  float fold = capsule(b, {0.035f, -0.10f, 0.07f}, {0.04f, 0.13f, 0.035f}, 0.025f);
  d = smin(d, fold, 0.05f);
  d = smin(d, ellipsoid(b - Vec{0.03f, -0.235f, -0.03f}, {0.04f, 0.075f, 0.06f}), 0.05f);
  d = smin(d, ellipsoid(b - Vec{0.03f, -0.03f, -0.14f}, {0.03f, 0.05f, 0.035f}), 0.04f);
  return smax(d, -ellipsoid(b - Vec{0.06f, -0.03f, -0.035f}, {0.055f, 0.085f, 0.06f}), 0.04f);
}

/** Skin of the head, lids and eyes not included. */
inline float faceDistance(Vec p, const FaceShape& f) {
  Vec q{std::fabs(p.x), p.y, p.z};
  float far = ellipsoid(p - Vec{0, 0, 0.05f}, {1.1f, 1.35f, 1.2f});
  if (far > 0.35f) return far;
  float d = noseShape(p, q, f, skull(q, f));
  d = smin(d, earShape(q, f), 0.07f);
  return d - mouthRelief(q, f);
}
