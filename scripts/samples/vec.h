// Three-component vectors, small matrices and smooth scalar helpers used everywhere in the
// renderer. Lengths are in decimetres: a head is about 2.4 tall.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

constexpr float kPi = 3.14159265f;

struct Vec {
  float x = 0, y = 0, z = 0;
};

inline Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline Vec operator*(Vec a, Vec b) { return {a.x * b.x, a.y * b.y, a.z * b.z}; }
inline Vec operator/(Vec a, Vec b) { return {a.x / b.x, a.y / b.y, a.z / b.z}; }
inline Vec operator*(Vec a, float s) { return {a.x * s, a.y * s, a.z * s}; }
inline Vec operator*(float s, Vec a) { return a * s; }
inline Vec operator/(Vec a, float s) { return a * (1 / s); }
inline Vec operator-(Vec a) { return {-a.x, -a.y, -a.z}; }
inline Vec& operator+=(Vec& a, Vec b) { return a = a + b; }

inline float dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec cross(Vec a, Vec b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline float length(Vec a) { return std::sqrt(dot(a, a)); }
inline Vec normalize(Vec a) { return a * (1.0f / std::max(length(a), 1e-12f)); }
inline float maxOf(Vec a) { return std::max(a.x, std::max(a.y, a.z)); }
inline float meanOf(Vec a) { return (a.x + a.y + a.z) / 3; }

inline float clamp(float x, float lo, float hi) { return x < lo ? lo : (x > hi ? hi : x); }
inline float mix(float a, float b, float t) { return a + (b - a) * t; }
inline Vec mix(Vec a, Vec b, float t) { return a + (b - a) * t; }
inline float smoothstep(float a, float b, float x) {
  float t = clamp((x - a) / (b - a), 0, 1);
  return t * t * (3 - 2 * t);
}
/** Gaussian bump of height 1 and standard deviation `s` around 0. */
inline float bell(float x, float s) { return std::exp(-0.5f * x * x / (s * s)); }
inline float sq(float x) { return x * x; }
/** floor() without the library call: the renderer calls it hundreds of millions of times. */
inline int ifloor(float x) {
  int i = int(x);
  return i - (x < float(i));
}

/** Rotation matrix kept as three rows; `apply` turns, `undo` turns back. */
struct Rotation {
  Vec r0{1, 0, 0}, r1{0, 1, 0}, r2{0, 0, 1};
  Vec apply(Vec p) const { return {dot(r0, p), dot(r1, p), dot(r2, p)}; }
  Vec undo(Vec p) const { return r0 * p.x + r1 * p.y + r2 * p.z; }
};

/** Yaw (about y, positive turns the face to +x), then pitch (positive nods), then roll; degrees. */
inline Rotation makeRotation(float yaw, float pitch, float roll) {
  float k = kPi / 180;
  float cy = std::cos(yaw * k), sy = std::sin(yaw * k);
  float cp = std::cos(pitch * k), sp = std::sin(pitch * k);
  float cr = std::cos(roll * k), sr = std::sin(roll * k);
  auto turn = [&](Vec v) {
    v = {v.x * cr - v.y * sr, v.x * sr + v.y * cr, v.z};
    v = {v.x, v.y * cp - v.z * sp, v.y * sp + v.z * cp};
    return Vec{v.x * cy + v.z * sy, v.y, -v.x * sy + v.z * cy};
  };
  Vec ex = turn({1, 0, 0}), ey = turn({0, 1, 0}), ez = turn({0, 0, 1});
  return {{ex.x, ey.x, ez.x}, {ex.y, ey.y, ez.y}, {ex.z, ey.z, ez.z}};
}

/** Two unit vectors that make an orthonormal frame with the unit vector n (Duff et al. 2017). */
inline void makeFrame(Vec n, Vec& t, Vec& b) {
  float s = std::copysign(1.0f, n.z), a = -1 / (s + n.z), c = n.x * n.y * a;
  t = {1 + s * n.x * n.x * a, s * c, -s * n.x};
  b = {c, s + n.y * n.y * a, -n.y};
}

/** sRGB hex such as 0xd7bd96 to linear light. */
inline Vec fromHex(uint32_t hex) {
  auto lin = [](float c) {
    c /= 255;
    return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
  };
  return {lin(float(hex >> 16 & 255)), lin(float(hex >> 8 & 255)), lin(float(hex & 255))};
}
