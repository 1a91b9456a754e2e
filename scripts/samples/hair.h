// Hair styles in head space: a cap that follows the skull plus locks, and the beard.
#pragma once
#include "face.h"
#include "locks.h"

/** Signed distance to the hairline: positive on the scalp, negative on face and nape. */
inline float hairline(Vec q, float temple) {
  float face = ellipsoid(q - Vec{0, -0.33f, 0.95f}, {0.70f - 0.05f * temple, 1.03f, 0.95f});
  float low = q.y + 0.10f + 0.70f * smoothstep(0.1f, -0.55f, q.z);
  return smin(face, low, 0.1f);
}

class Hair {
 public:
  explicit Hair(const Person& person) : person_(person) {
    std::vector<Lock> locks;
    switch (person.hair) {
      case HairStyle::kBob: bob(locks); break;
      case HairStyle::kBun: bun(locks); break;
      case HairStyle::kCurls: curls(locks); break;
      case HairStyle::kCrop: break;
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
    float line = hairline(q, person_.hair == HairStyle::kCrop ? 0.0f : 1.0f);
    HairHit h;
    if (person_.hair == HairStyle::kCrop) {
      float top = smoothstep(0.25f, 0.95f, q.y);
      float edge = smoothstep(-0.015f, 0.05f, line);
      float thick = mix(0.022f, 0.105f, top) * edge;
      float curl = noise3(p * 16.0f) * 0.6f + noise3(p * 34.0f) * 0.4f;
      h.d = skullDistance - thick + 0.014f * (0.4f + top) * edge * curl + 0.02f * (1 - edge);
      h.strand = curl;
      h.tangent = normalize(Vec{noise3(p * 21.0f), noise3(p * 21.0f + Vec{7, 3, 1}), 0.3f});
      return h;
    }
    float across;
    flow(p, across, h.tangent);
    float clump = noise3({across * 1.6f, p.y * 0.8f, p.z * 0.4f});
    float strand = noise3({across * 7, p.y * 1.3f, 3.1f}) * 0.6f + noise3({across * 17, p.y * 2, 8.0f}) * 0.4f;
    float depth = person_.hair == HairStyle::kBun ? 0.07f : 0.13f;
    float thick = depth * smoothstep(-0.03f, 0.16f, line);
    h.d = skullDistance - thick - 0.018f * clump - 0.010f * strand + 0.03f * smoothstep(0.02f, -0.04f, line);
    h.strand = strand + clump * 0.5f;
    return h;
  }

  void beard(Vec q, float skullDistance, HairHit& best) const {
    float jaw = -0.42f - 0.28f * bell(q.x - 0.36f, 0.12f) + 0.5f * smoothstep(0.48f, 0.66f, q.x);
    float area = std::min(jaw - q.y, std::min((q.z + 0.02f) * 1.0f, q.y + 1.30f));
    float mouth = length(Vec{q.x / 0.27f, (q.y + 0.69f) / 0.115f, 0}) - 1;
    float tache = std::min(0.26f - q.x - 0.6f * (q.y + 0.56f), -(q.y + 0.535f)) ;
    if (q.y > -0.70f) area = std::max(std::min(area, q.x - 0.22f), std::min(tache, q.z - 0.5f));
    area = std::min(area, mouth * 0.1f);
    float edge = smoothstep(0.0f, 0.09f, area);
    if (edge <= 0) return;
    float curl = noise3(q * 19.0f) * 0.6f + noise3(q * 41.0f) * 0.4f;
    float d = skullDistance - person_.beard * 0.055f * edge + 0.016f * curl * edge + 0.012f * (1 - edge);
    if (d < best.d) best = {d, normalize({noise3(q * 17.0f) * 0.6f, -1, 0.2f}), curl};
  }

  void bob(std::vector<Lock>& out) const {
    for (int i = 0; i < 72; i++) {
      float s = i % 2 ? 1.0f : -1.0f, k = float(i / 2) / 35, j = hash01(i, 1), w = hash01(i, 2);
      float z0 = mix(0.66f, -0.75f, k), z1 = mix(0.46f, -0.85f, k);
      float x0 = 0.20f + 0.05f * (j - 0.5f), bow = s > 0 ? 0.92f : 0.98f;
      float out1 = bow * std::sqrt(std::max(1 - sq((z1 + 0.15f) / 1.25f), 0.05f));
      Vec a{x0, 1.24f - 0.42f * sq(z0 + 0.05f), z0};
      Vec b{s * (out1 + 0.22f + 0.07f * j) + 0.1f, mix(0.80f, 0.62f, k) + 0.1f * w, z1 + 0.36f * (1 - k)};
      Vec c{s * (out1 - 0.19f + 0.12f * w), -0.80f - 0.22f * j, z1 * 0.8f - 0.02f + 0.10f * w};
      out.push_back({a, b, c, 0.09f, 0.15f + 0.04f * j, 0, 0, float(i)});
    }
    for (int i = 0; i < 9; i++) {
      float k = float(i) / 8, j = hash01(i, 7);
      Vec a{0.20f, 1.20f - 0.09f * k, 0.42f + 0.24f * k};
      Vec b{-0.16f - 0.25f * (1 - k), 1.02f - 0.20f * k, 0.92f + 0.04f * k};
      Vec c{-0.70f + 0.05f * k, 0.34f - 0.20f * j, 0.56f + 0.05f * k};
      out.push_back({a, b, c, 0.07f, 0.09f, 0, 0, 100.0f + i});
    }
  }

  void bun(std::vector<Lock>& out) const {
    Vec o{0, 1.42f, -0.42f};
    for (int i = 0; i < 26; i++) {
      float a = i * 2.39996f, tilt = 0.9f * (hash01(i, 4) - 0.5f), r = 0.30f;
      Vec u{std::cos(a), tilt, std::sin(a)}, v{-std::sin(a), 0.5f - hash01(i, 5), std::cos(a)};
      u = normalize(u);
      v = normalize(v - u * dot(u, v));
      Vec p0 = o + u * r, p2 = o + v * r, p1 = o + (u + v) * r;
      out.push_back({p0, p1, p2, 0.10f, 0.085f, 0, 0, float(i)});
    }
    for (int i = 0; i < 6; i++) {
      float s = i % 2 ? 1.0f : -1.0f, j = hash01(i, 9);
      Vec a{s * 0.60f, 0.42f + 0.1f * j, 0.48f};
      Vec b{s * (0.76f + 0.06f * j), 0.05f, 0.52f};
      Vec c{s * (0.70f + 0.08f * j), -0.45f - 0.3f * j, 0.42f + 0.06f * j};
      out.push_back({a, b, c, 0.016f, 0.008f, 0, 0, 50.0f + i});
    }
  }

  void curls(std::vector<Lock>& out) const {
    Vec o{0, 0.40f, -0.15f};
    int made = 0;
    for (int i = 0; made < 230 && i < 900; i++) {
      float y = 1 - 2 * (i + 0.5f) / 420, a = i * 2.39996f;
      if (y < -0.72f) break;
      float r = std::sqrt(std::max(1 - y * y, 0.0f));
      Vec n{std::cos(a) * r, y, std::sin(a) * r};
      Vec root = o + n * Vec{0.74f, 0.78f, 0.92f};
      if (hairline({std::fabs(root.x), root.y, root.z}, 1) < 0.02f) continue;
      float j = hash01(i, 1), w = hash01(i, 2), len = 0.62f + 0.30f * j;
      Vec side{hash01(i, 3) - 0.5f, -0.25f, hash01(i, 4) - 0.5f};
      Vec drop{0, -0.42f * len * smoothstep(1.0f, -0.1f, n.y), 0};
      Vec b = root + n * (len * 0.62f) + side * 0.2f;
      Vec c = root + n * (len * 0.92f) + side * 0.55f + drop;
      if (c.z > 0.45f && c.y < 0.62f) c = c + Vec{c.x > 0 ? 0.22f : -0.22f, 0.1f, -0.2f};
      out.push_back({root, b, c, 0.060f, 0.045f, 0.062f + 0.02f * w, 2.2f + 1.2f * w, j * 6.28f});
      made++;
    }
  }

  Person person_;
  LockSet locks_;
};
