// Locks of hair: tapered tubes along quadratic Bézier curves, grooved into strands, straight or
// coiled.
#pragma once
#include <vector>

#include "noise.h"
#include "sdf.h"

struct Lock {
  Vec a, b, c;
  float r0 = 0.1f, r1 = 0.06f;  // radius at root and tip
  float coil = 0, turns = 0;    // coil radius and number of turns (0: straight)
  float phase = 0;
};

struct HairHit {
  float d = 1e9f;
  Vec tangent{0, -1, 0};
  float strand = 0;
};

inline float lockRadius(const Lock& l, float t) {
  float end = std::max(t - 0.55f, 0.0f) / 0.45f;
  return mix(l.r0, l.r1, t) * std::sqrt(std::max(1 - end * end * end, 0.015f));
}

/**
 * Distance to one lock; strand grooves run along it and drift slowly round it. A lock that cannot
 * come nearer than `enough` is answered by a lower bound, without its grooves.
 */
inline HairHit lockHit(Vec p, const Lock& l, float enough) {
  CurveHit h = bezier(p, l.a, l.b, l.c);
  float least = h.dist - std::max(l.r0, l.r1) * 1.25f - l.coil;
  if (least > enough) return {least, {0, -1, 0}, 0};
  Vec tan = bezierTangent(h.t, l.a, l.b, l.c), u, v;
  float s = 1 - h.t;
  Vec centre = l.a * (s * s) + l.b * (2 * s * h.t) + l.c * (h.t * h.t);
  u = normalize(cross(tan, {0.31f, 0.12f, 0.94f}));
  v = cross(tan, u);
  Vec o = p - centre;
  float beyond = dot(o, tan), r = lockRadius(l, h.t);
  o = o - tan * beyond;
  float ang = std::atan2(dot(o, v), dot(o, u)), away = length(o);
  if (l.coil > 0) {
    float ring = l.coil * smoothstep(0, 0.12f, h.t), turn = ang - l.turns * 2 * kPi * h.t - l.phase;
    turn -= 2 * kPi * std::floor(turn / (2 * kPi) + 0.5f);
    float pitch = length(l.c - l.a) / std::max(l.turns, 0.1f), round = 2 * kPi * ring;
    float slope = round / std::sqrt(round * round + pitch * pitch + 1e-6f);
    float across = turn / (2 * kPi) * pitch * slope, radial = away - ring;
    away = std::sqrt(radial * radial + across * across);
    Vec side = away > 1e-6f ? normalize(o) : u;
    tan = normalize(tan * pitch + cross(tan, side) * round);
    ang = std::atan2(across, radial);
  }
  float d = std::sqrt(away * away + beyond * beyond) - r;
  if (d > enough + 0.25f * r) return {d - 0.25f * r, tan, 0};
  ang += 1.5f * h.t + l.phase;
  float wave = noise3({std::cos(ang) * 2.6f, std::sin(ang) * 2.6f, h.t * 2.2f + l.phase * 7});
  float fine = noise3({std::cos(ang) * 9, std::sin(ang) * 9, h.t * 2.5f + l.phase * 3});
  return {d - r * (0.16f * wave + 0.07f * fine), tan, wave * 0.6f + fine};
}

/** Many locks with a uniform grid, so that a query only looks at those close by. */
class LockSet {
 public:
  static constexpr float kCell = 0.15f, kMargin = 0.16f;

  void build(std::vector<Lock> locks) {
    locks_ = std::move(locks);
    if (locks_.empty()) return;
    lo_ = {1e9f, 1e9f, 1e9f};
    hi_ = -lo_;
    for (const Lock& l : locks_) {
      for (Vec p : {l.a, l.b, l.c}) {
        lo_ = {std::min(lo_.x, p.x), std::min(lo_.y, p.y), std::min(lo_.z, p.z)};
        hi_ = {std::max(hi_.x, p.x), std::max(hi_.y, p.y), std::max(hi_.z, p.z)};
      }
    }
    Vec pad{0.5f, 0.5f, 0.5f};
    lo_ = lo_ - pad;
    hi_ = hi_ + pad;
    nx_ = int((hi_.x - lo_.x) / kCell) + 1;
    ny_ = int((hi_.y - lo_.y) / kCell) + 1;
    nz_ = int((hi_.z - lo_.z) / kCell) + 1;
    cells_.assign(size_t(nx_) * ny_ * nz_, {});
    for (size_t i = 0; i < locks_.size(); i++) insert(int(i));
  }

  bool empty() const { return locks_.empty(); }

  /** Smooth union (width k) of the locks near p; at least kMargin away where no lock is near. */
  HairHit hit(Vec p, float k) const {
    HairHit best;
    best.d = boxDistance(p);
    if (best.d > 0) {
      best.d += kMargin;
      return best;
    }
    best.d = kMargin;
    float sum = 1e9f;
    for (int i : cells_[cellOf(p)]) {
      HairHit h = lockHit(p, locks_[size_t(i)], best.d + k);
      sum = sum > 1e8f ? h.d : smin(sum, h.d, k);
      if (h.d < best.d) best = h;
    }
    best.d = std::min(best.d, sum);
    return best;
  }

 private:
  float boxDistance(Vec p) const {
    Vec a = lo_ - p, b = p - hi_;
    return std::max(maxOf(a), maxOf(b));
  }
  size_t cellOf(Vec p) const {
    int x = std::min(int((p.x - lo_.x) / kCell), nx_ - 1);
    int y = std::min(int((p.y - lo_.y) / kCell), ny_ - 1);
    int z = std::min(int((p.z - lo_.z) / kCell), nz_ - 1);
    return (size_t(z) * ny_ + y) * nx_ + x;
  }
  void insert(int index) {
    const Lock& l = locks_[size_t(index)];
    float reach = std::max(l.r0, l.r1) * 1.25f + l.coil + kMargin + kCell;
    for (int z = 0; z < nz_; z++) {
      for (int y = 0; y < ny_; y++) {
        for (int x = 0; x < nx_; x++) {
          Vec c = lo_ + Vec{x + 0.5f, y + 0.5f, z + 0.5f} * kCell;
          if (bezier(c, l.a, l.b, l.c).dist < reach) {
            cells_[(size_t(z) * ny_ + y) * nx_ + x].push_back(index);
          }
        }
      }
    }
  }

  std::vector<Lock> locks_;
  std::vector<std::vector<int>> cells_;
  Vec lo_, hi_;
  int nx_ = 0, ny_ = 0, nz_ = 0;
};
