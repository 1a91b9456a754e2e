// Hair styles in head space: a cap that follows the skull plus locks, and the beard.
#pragma once
#include "face.h"
#include "locks.h"

/** Signed distance to the hairline: positive on the scalp, negative on face and nape. */
inline float hairline(Vec q, HairStyle style) {
  if (style == HairStyle::kCrop) {
    float front = roundBox({q.x, q.y + 0.28f + 0.05f * sq(q.x * 2), 0}, {0.575f, 0.93f, 1}, 0.26f);
    float low = q.y + 0.36f + 0.28f * smoothstep(0.0f, -0.55f, q.z);
    return smin(std::max(front, 0.19f - q.z), low, 0.05f);
  }
  float lift = style == HairStyle::kBob ? 0.30f : 0.0f;
  float face = ellipsoid(q - Vec{0, -0.33f, 0.95f}, {0.66f + 0.4f * lift, 1.03f + lift, 0.95f});
  float ear = style == HairStyle::kBun ? 0.0f : 0.10f;
  float low = q.y + ear + 0.62f * smoothstep(0.05f, -0.55f, q.z);
  return smin(face, low, 0.1f);
}

class Hair {
 public:
  explicit Hair(const Person& person) : person_(person) {
    std::vector<Lock> locks;
    switch (person.hair) {
      case HairStyle::kBob:
        bob(locks);
        break;
      case HairStyle::kBun:
        bun(locks);
        break;
      case HairStyle::kCurls:
        curls(locks);
        break;
      case HairStyle::kCrop:
        break;
    }
    locks_.build(std::move(locks));
  }

  HairHit hit(Vec p, float skullDistance) const {
    Vec q{std::fabs(p.x), p.y, p.z};
    HairHit best = cap(p, q, skullDistance);
    if (!locks_.empty()) {
      HairHit l = locks_.hit(p, 0.02f);
      float joined = smin(best.d, l.d, 0.03f);
      if (l.d < best.d) best = l;
      best.d = joined;
    }
    if (person_.beard > 0) beard(q, skullDistance, best);
    return best;
  }

 private:
  /** Azimuth-like coordinate that is constant along a strand, and the strand's direction. */
  void flow(Vec p, float& across, Vec& dir) const {
    if (person_.hair == HairStyle::kBun) {
      Vec n = normalize(p - Vec{0, 0.35f, -0.15f}), axis = normalize({0, 0.93f, -0.36f});
      Vec u{1, 0, 0}, v = cross(axis, u);
      across = std::atan2(dot(n, v), dot(n, u)) * 5;
      dir = normalize(axis - n * dot(n, axis));
      return;
    }
    float part = 0.22f;
    across = std::atan2(p.z + 0.15f, p.x - part) * 4;
    Vec n = normalize(p - Vec{part, 0.4f, -0.15f});
    dir = normalize(Vec{0, -1, 0} + n * n.y);
  }

  HairHit cap(Vec p, Vec q, float skullDistance) const {
    float line = hairline(q, person_.hair);
    HairHit h;
    if (person_.hair == HairStyle::kCrop) {
      float top = smoothstep(0.2f, 0.9f, q.y), edge = smoothstep(-0.01f, 0.035f, line);
      if (skullDistance > 0.35f) return {skullDistance - 0.2f, {0, 1, 0}, 0};
      Cells coil = cellNoise(p * mix(34.0f, 19.0f, top));
      float rise = smoothstep(0.0f, 0.16f, line);
      float curl = 0.6f - coil.near, thick = mix(0.016f, 0.115f, top * rise);
      h.d = skullDistance - edge * (thick + (0.010f + 0.026f * top) * curl) + 0.09f * (1 - edge);
      h.strand = curl * 1.4f - 0.2f;
      h.tangent = normalize(cross(coil.offset + Vec{0.01f, 0, 0}, {0.3f, 0.8f, 0.5f}));
      return h;
    }
    float across;
    flow(p, across, h.tangent);
    float clump = noise3({across * 1.6f, p.y * 0.8f, p.z * 0.4f});
    float strand =
        noise3({across * 7, p.y * 1.3f, 3.1f}) * 0.6f + noise3({across * 17, p.y * 2, 8.0f}) * 0.4f;
    bool tied = person_.hair == HairStyle::kBun;
    float thick = (tied ? 0.055f : 0.09f) * smoothstep(-0.03f, tied ? 0.30f : 0.16f, line);
    h.d = skullDistance - thick - 0.018f * clump - 0.010f * strand +
          0.10f * smoothstep(0.02f, -0.10f, line);
    h.strand = strand + clump * 0.5f;
    return h;
  }

  /** Short full beard: cheeks below a soft line, chin, throat and moustache, open round the lips.
   */
  void beard(Vec q, float skullDistance, HairHit& best) const {
    if (q.y > -0.1f || q.z < -0.1f) return;
    float cheekLine = -0.50f + 0.42f * smoothstep(0.34f, 0.66f, q.x) - q.y;
    float sides = std::min(cheekLine, q.z * 0.8f + 0.02f);
    float moustache = 0.075f - std::fabs(q.y + 0.545f + 0.9f * q.x * q.x);
    float area = std::max(
        std::min(sides, 0.9f * (length(Vec{q.x / 0.30f, (q.y + 0.70f) / 0.20f, 0}) - 1) * 0.2f),
        std::min(moustache, 0.34f - q.x));
    float lips = (length(Vec{q.x / 0.265f, (q.y + 0.70f) / 0.115f, 0}) - 1) * 0.12f;
    float edge = smoothstep(-0.005f, 0.06f, std::min(area, lips));
    if (edge <= 0) return;
    float curl = 0.6f - cellNoise(q * 33.0f).near;
    float d = skullDistance - edge * (person_.beard * 0.028f + 0.022f * curl) + 0.010f * (1 - edge);
    if (d < best.d) best = {d, normalize({noise3(q * 17.0f) * 0.6f, -1, 0.2f}), curl};
  }

  void bob(std::vector<Lock>& out) const {
    for (int i = 0; i < 72; i++) {
      float s = i % 2 ? 1.0f : -1.0f, k = float(i / 2) / 35, j = hash01(i, 1), w = hash01(i, 2);
      float z0 = mix(0.66f, -0.75f, k), z1 = mix(0.46f, -0.85f, k);
      float x0 = 0.20f + 0.05f * (j - 0.5f), bow = s > 0 ? 0.92f : 0.98f;
      float out1 = bow * std::sqrt(std::max(1 - sq((z1 + 0.15f) / 1.25f), 0.05f));
      Vec a{x0, 1.24f - 0.42f * sq(z0 + 0.05f), z0};
      Vec b{s * (out1 + 0.22f + 0.07f * j) + 0.1f, mix(0.80f, 0.62f, k) + 0.1f * w,
            z1 + 0.36f * (1 - k)};
      Vec c{s * (out1 - 0.19f + 0.12f * w), -0.80f - 0.22f * j, z1 * 0.8f - 0.02f + 0.10f * w};
      out.push_back({a, b, c, 0.09f, 0.15f + 0.04f * j, 0, 0, float(i)});
    }
    for (int i = 0; i < 7; i++) {
      float k = float(i) / 6, j = hash01(i, 17);
      Vec a{0.24f, 1.20f - 0.10f * k, 0.40f + 0.26f * k};
      Vec b{0.62f, 0.98f - 0.16f * k, 0.74f + 0.10f * k};
      Vec c{0.84f, -0.10f - 0.5f * j, 0.42f - 0.12f * k};
      out.push_back({a, b, c, 0.07f, 0.10f, 0, 0, 140.0f + i});
    }
    for (int i = 0; i < 9; i++) {
      float k = float(i) / 8, j = hash01(i, 7);
      Vec a{0.20f, 1.20f - 0.09f * k, 0.42f + 0.24f * k};
      Vec b{0.02f - 0.22f * (1 - k), 0.98f - 0.40f * k, 0.98f + 0.16f * k};
      Vec c{-0.70f + 0.12f * k, 0.24f - 0.16f * j, 0.58f + 0.09f * k};
      out.push_back({a, b, c, 0.07f, 0.09f, 0, 0, 100.0f + i});
    }
  }

  void bun(std::vector<Lock>& out) const {
    Vec o{0, 1.36f, -0.40f};
    for (int i = 0; i < 26; i++) {
      float a = i * 2.39996f, tilt = 0.9f * (hash01(i, 4) - 0.5f), r = 0.30f;
      Vec u{std::cos(a), tilt, std::sin(a)}, v{-std::sin(a), 0.5f - hash01(i, 5), std::cos(a)};
      u = normalize(u);
      v = normalize(v - u * dot(u, v));
      Vec p0 = o + u * r, p2 = o + v * r, p1 = o + (u + v) * r;
      out.push_back({p0, p1, p2, 0.10f, 0.085f, 0, 0, float(i)});
    }
  }

  /** Ringlets that stand off the scalp and end on a rounded outline. */
  void curls(std::vector<Lock>& out) const {
    Vec o{0, 0.40f, -0.15f}, middle{0, 0.50f, -0.20f};
    for (int i = 0; i < 400; i++) {
      float y = 1 - 2 * (i + 0.5f) / 400, a = i * 2.39996f;
      float r = std::sqrt(std::max(1 - y * y, 0.0f));
      Vec n{std::cos(a) * r, y, std::sin(a) * r};
      Vec root = o + n * Vec{0.72f, 0.76f, 0.90f};
      if (hairline({std::fabs(root.x), root.y, root.z}, HairStyle::kCurls) < -0.03f || y < -0.75f)
        continue;
      float j = hash01(i, 1), w = hash01(i, 2);
      Vec wander{hash01(i, 3) - 0.5f, hash01(i, 4) - 0.62f, hash01(i, 5) - 0.5f};
      Vec away = normalize(n + wander * 0.5f);
      Vec c = middle + away * Vec{1.30f, 1.22f, 1.25f} * (0.93f + 0.13f * j);
      if (y < 0.15f) c = c + Vec{0, -0.28f, 0};
      if (c.z > 0.55f && c.y < 0.72f) c = c + Vec{c.x > 0 ? 0.12f : -0.12f, 0.12f, -0.12f};
      Vec b = mix(root, c, 0.5f) + n * 0.16f + Vec{0, 0.12f, 0};
      out.push_back({root, b, c, 0.055f, 0.046f, 0.082f + 0.03f * w, 2.2f + 0.8f * w, j * 6.28f});
    }
  }

  Person person_;
  LockSet locks_;
};
