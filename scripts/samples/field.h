// The sitter's distance function sampled into sparse bricks, so that a ray step costs one trilinear
// look-up in place of the whole sculpture.
#pragma once
#include <thread>
#include <vector>

#include "figure.h"

class Field {
 public:
  static constexpr float kVoxel = 0.0125f;
  static constexpr int kCells = 8, kSide = kCells + 1;
  static constexpr float kBrick = kVoxel * kCells;

  Field(const Figure& figure, int threads) : figure_(figure) {
    nx_ = int((kHi.x - kLo.x) / kBrick);
    ny_ = int((kHi.y - kLo.y) / kBrick);
    nz_ = int((kHi.z - kLo.z) / kBrick);
    coarse_.assign(size_t(nx_) * ny_ * nz_, 0);
    brick_.assign(coarse_.size(), -1);
    parallel(nz_, threads, [&](int z) { sampleCoarse(z); });
    std::vector<size_t> near;
    for (size_t i = 0; i < coarse_.size(); i++) {
      if (std::fabs(coarse_[i]) < 0.87f * kBrick + 0.03f) {
        brick_[i] = int(near.size());
        near.push_back(i);
      }
    }
    data_.resize(near.size() * kSide * kSide * kSide);
    stuff_.resize(data_.size());
    parallel(int(near.size()), threads, [&](int i) { sampleBrick(near[size_t(i)], size_t(i)); });
  }

  size_t bricks() const { return data_.size() / (kSide * kSide * kSide); }

  /** A distance that is safe to step by, and whether it came from a fine brick. */
  float at(Vec p, bool& fine) const {
    fine = false;
    Vec g = (p - kLo) / kBrick;
    int x = ifloor(g.x), y = ifloor(g.y), z = ifloor(g.z);
    if (x < 0 || y < 0 || z < 0 || x >= nx_ || y >= ny_ || z >= nz_) return boxDistance(p) + 0.05f;
    size_t i = (size_t(z) * ny_ + y) * nx_ + x;
    if (brick_[i] < 0) {
      float centre = std::fabs(coarse_[i]) * 0.75f;
      float step = std::max(centre - 0.87f * kBrick, 0.02f);
      return coarse_[i] < 0 ? -step : step;
    }
    fine = true;
    return trilinear(&data_[size_t(brick_[i]) * kSide * kSide * kSide],
                     Vec{g.x - x, g.y - y, g.z - z} * float(kCells));
  }

  /** Material of the voxel nearest to a point on the surface. */
  int material(Vec p) const {
    Vec g = (p - kLo) / kBrick;
    int x = ifloor(g.x), y = ifloor(g.y), z = ifloor(g.z);
    if (x < 0 || y < 0 || z < 0 || x >= nx_ || y >= ny_ || z >= nz_) return kSkin;
    int slot = brick_[(size_t(z) * ny_ + y) * nx_ + x];
    if (slot < 0) return kSkin;
    auto near = [](float f) { return int(f * kCells + 0.5f); };
    return stuff_[size_t(slot) * kSide * kSide * kSide +
                  (near(g.z - z) * kSide + near(g.y - y)) * kSide + near(g.x - x)];
  }

  /** Marches from o along d; true and the distance in t when something is hit before tMax. */
  bool march(Vec o, Vec d, float tMin, float tMax, float& t) const {
    float enter, leave;
    if (!clip(o, d, enter, leave)) return false;
    t = std::max(tMin, enter);
    tMax = std::min(tMax, leave);
    for (int i = 0; i < 300 && t < tMax; i++) {
      bool fine;
      float s = at(o + d * t, fine);
      if (fine && s < 0.0015f) return true;
      t += fine ? std::max(s * 0.8f, 0.0012f) : std::fabs(s);
    }
    return false;
  }

  Vec gradient(Vec p, float e) const {
    bool f;
    Vec g{at(p + Vec{e, 0, 0}, f) - at(p - Vec{e, 0, 0}, f),
          at(p + Vec{0, e, 0}, f) - at(p - Vec{0, e, 0}, f),
          at(p + Vec{0, 0, e}, f) - at(p - Vec{0, 0, e}, f)};
    return normalize(g);
  }

  template <class Job>
  static void parallel(int count, int threads, Job job) {
    std::vector<std::thread> pool;
    for (int w = 0; w < threads; w++) {
      pool.emplace_back([=, &job] {
        for (int i = w; i < count; i += threads) job(i);
      });
    }
    for (std::thread& t : pool) t.join();
  }

 private:
  static constexpr Vec kLo{-2.7f, -4.2f, -2.0f}, kHi{2.7f, 2.2f, 1.7f};

  bool clip(Vec o, Vec d, float& enter, float& leave) const {
    Vec inv{1 / d.x, 1 / d.y, 1 / d.z};
    Vec a = (kLo - o) * inv, b = (kHi - o) * inv;
    enter = std::max(std::min(a.x, b.x), std::max(std::min(a.y, b.y), std::min(a.z, b.z)));
    leave = std::min(std::max(a.x, b.x), std::min(std::max(a.y, b.y), std::max(a.z, b.z)));
    return leave > std::max(enter, 0.0f);
  }
  float boxDistance(Vec p) const {
    Vec a = kLo - p, b = p - kHi;
    Vec q{std::max(a.x, b.x), std::max(a.y, b.y), std::max(a.z, b.z)};
    return length({std::max(q.x, 0.0f), std::max(q.y, 0.0f), std::max(q.z, 0.0f)});
  }
  void sampleCoarse(int z) {
    for (int y = 0; y < ny_; y++) {
      for (int x = 0; x < nx_; x++) {
        Vec c = kLo + Vec{x + 0.5f, y + 0.5f, z + 0.5f} * kBrick;
        coarse_[(size_t(z) * ny_ + y) * nx_ + x] = figure_.surface(c).d;
      }
    }
  }
  void sampleBrick(size_t cell, size_t slot) {
    int x = int(cell % nx_), y = int(cell / nx_ % ny_), z = int(cell / nx_ / ny_);
    Vec corner = kLo + Vec{float(x), float(y), float(z)} * kBrick;
    size_t i = slot * kSide * kSide * kSide;
    for (int c = 0; c < kSide; c++) {
      for (int b = 0; b < kSide; b++) {
        for (int a = 0; a < kSide; a++) {
          Surface s = figure_.surface(corner + Vec{float(a), float(b), float(c)} * kVoxel);
          data_[i] = s.d;
          stuff_[i++] = uint8_t(s.mat);
        }
      }
    }
  }
  static float trilinear(const float* b, Vec f) {
    int x = std::min(int(f.x), kCells - 1), y = std::min(int(f.y), kCells - 1);
    int z = std::min(int(f.z), kCells - 1);
    float u = f.x - x, v = f.y - y, w = f.z - z;
    const float* p = b + (z * kSide + y) * kSide + x;
    auto row = [&](const float* q) { return q[0] + (q[1] - q[0]) * u; };
    auto sheet = [&](const float* q) { return mix(row(q), row(q + kSide), v); };
    return mix(sheet(p), sheet(p + kSide * kSide), w);
  }

  const Figure& figure_;
  int nx_, ny_, nz_;
  std::vector<float> coarse_, data_;
  std::vector<uint8_t> stuff_;
  std::vector<int> brick_;
};
