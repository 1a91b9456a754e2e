// Hashes, value noise and the low-discrepancy sample stream. Everything is a pure function of its
// arguments, so a render is the same whatever the thread count.
#pragma once
#include "vec.h"

inline uint32_t hashBits(uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  x ^= x >> 16;
  return x;
}
inline uint32_t hashCombine(uint32_t a, uint32_t b) {
  return hashBits(a ^ (b * 0x9e3779b9u + 0x7f4a7c15u + (a << 6) + (a >> 2)));
}
inline float toUnit(uint32_t h) { return float(h >> 8) * (1.0f / 16777216.0f); }
/** Uniform [0,1) from up to three integers. */
inline float hash01(int a, int b = 0, int c = 0) {
  return toUnit(hashCombine(hashCombine(hashBits(uint32_t(a)), uint32_t(b)), uint32_t(c)));
}

/** Value noise in [-1,1] with quintic interpolation. */
inline float noise3(Vec p) {
  int ix = ifloor(p.x), iy = ifloor(p.y), iz = ifloor(p.z);
  float fx = p.x - ix, fy = p.y - iy, fz = p.z - iz;
  auto ease = [](float t) { return t * t * t * (t * (t * 6 - 15) + 10); };
  float u = ease(fx), v = ease(fy), w = ease(fz);
  auto at = [&](int dx, int dy, int dz) {
    uint32_t h = uint32_t(ix + dx) * 0x8da6b343u ^ uint32_t(iy + dy) * 0xd8163841u ^
                 uint32_t(iz + dz) * 0xcb1ab31fu;
    h = (h ^ (h >> 13)) * 0x846ca68bu;
    return toUnit(h ^ (h >> 16)) * 2 - 1;
  };
  float a = mix(mix(at(0, 0, 0), at(1, 0, 0), u), mix(at(0, 1, 0), at(1, 1, 0), u), v);
  float b = mix(mix(at(0, 0, 1), at(1, 0, 1), u), mix(at(0, 1, 1), at(1, 1, 1), u), v);
  return mix(a, b, w);
}

/** Sum of octaves of value noise, roughly in [-1,1]. */
inline float fbm(Vec p, int octaves) {
  float sum = 0, amp = 0.5f;
  for (int i = 0; i < octaves; i++) {
    sum += amp * noise3(p);
    p = Vec{p.y * 2.03f + 1.7f, p.z * 2.03f + 9.2f, p.x * 2.03f + 4.1f};
    amp *= 0.5f;
  }
  return sum;
}

/** Distance to the nearest and second nearest feature point of a jittered grid, and that cell. */
struct Cells {
  float near = 9, next = 9;
  Vec offset;
  int id = 0;
};
inline Cells cellNoise(Vec p) {
  Cells out;
  int ix = ifloor(p.x), iy = ifloor(p.y), iz = ifloor(p.z);
  for (int k = 0; k < 27; k++) {
    int cx = ix + k % 3 - 1, cy = iy + k / 3 % 3 - 1, cz = iz + k / 9 - 1;
    uint32_t h = hashCombine(hashCombine(hashBits(uint32_t(cx)), uint32_t(cy)), uint32_t(cz));
    Vec site{cx + 0.15f + 0.7f * toUnit(h), cy + 0.15f + 0.7f * toUnit(hashBits(h + 1)),
             cz + 0.15f + 0.7f * toUnit(hashBits(h + 2))};
    float d = length(p - site);
    if (d < out.near) {
      out.next = out.near;
      out.near = d;
      out.offset = p - site;
      out.id = int(h & 0xffffff);
    } else if (d < out.next) {
      out.next = d;
    }
  }
  return out;
}

/**
 * Owen-scrambled, shuffled 2-D Sobol points, padded over dimension pairs.
 * Method: B. Burley, "Practical Hash-based Owen Scrambling", JCGT 9(4), 2020.
 */
struct Sampler {
  uint32_t seed, index, pair = 0;

  static uint32_t reverse(uint32_t x) {
    x = (x << 16) | (x >> 16);
    x = ((x & 0x00ff00ffu) << 8) | ((x & 0xff00ff00u) >> 8);
    x = ((x & 0x0f0f0f0fu) << 4) | ((x & 0xf0f0f0f0u) >> 4);
    x = ((x & 0x33333333u) << 2) | ((x & 0xccccccccu) >> 2);
    return ((x & 0x55555555u) << 1) | ((x & 0xaaaaaaaau) >> 1);
  }
  static uint32_t scramble(uint32_t x, uint32_t s) {
    x = reverse(x);
    x += s;
    x ^= x * 0x6c50b47cu;
    x ^= x * 0xb82f1e52u;
    x ^= x * 0xc7afe638u;
    x ^= x * 0x8d22f6e6u;
    return reverse(x);
  }
  /** Second Sobol dimension; the first is the bit reversal of the index. */
  static uint32_t sobolY(uint32_t i) {
    uint32_t r = 0;
    for (uint32_t v = 1u << 31; i; i >>= 1, v ^= v >> 1) {
      if (i & 1) r ^= v;
    }
    return r;
  }
  /** The next pair of numbers in [0,1). */
  void next(float& u, float& v) {
    uint32_t s = hashCombine(seed, ++pair);
    uint32_t i = scramble(index, s);
    u = toUnit(scramble(reverse(i), hashBits(s + 1)));
    v = toUnit(scramble(sobolY(i), hashBits(s + 2)));
  }
};
