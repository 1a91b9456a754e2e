// Rooms built from boxes, ellipsoids and frusta, met by rays exactly; textures are procedural.
#pragma once
#include <functional>
#include <vector>

#include "light.h"

enum class Shape { kBox, kEllipsoid, kFrustum };

/** Surface of a piece of furniture; `texture` may change the albedo or the glow by local position.
 */
struct Paint {
  Vec albedo{0.5f, 0.5f, 0.5f};
  Vec glow{};  // emitted radiance, seen by the camera only (lamps light by sampling)
  Group glowGroup = kLamps;
  float gloss = 0;  // 0 matt .. 1 glazed
  std::function<void(Vec local, Vec& albedo, Vec& glow)> texture;
};

struct Piece {
  Shape shape;
  Vec centre, half;  // frustum: half.x bottom radius, half.z top radius, half.y half height
  Rotation turn;
  int paint;
  float bound;
};

struct RoomHit {
  float t = 1e9f;
  Vec normal, local;
  int paint = -1;
};

class Room {
 public:
  int addPaint(Paint p) {
    paints.push_back(std::move(p));
    return int(paints.size()) - 1;
  }
  void box(Vec c, Vec half, int paint, float yaw = 0) {
    add(Shape::kBox, c, half, paint, makeRotation(yaw, 0, 0));
  }
  void ellipsoid(Vec c, Vec half, int paint, Rotation turn = {}) {
    add(Shape::kEllipsoid, c, half, paint, turn);
  }
  void frustum(Vec c, float bottom, float top, float halfHeight, int paint) {
    add(Shape::kFrustum, c, {bottom, halfHeight, top}, paint, {});
  }

  RoomHit hit(Vec o, Vec d, float tMax) const {
    RoomHit h;
    h.t = tMax;
    for (const Piece& p : pieces_) {
      Vec oc = p.centre - o;
      float along = dot(oc, d), miss = dot(oc, oc) - along * along;
      if (miss > p.bound * p.bound || along < -p.bound || along - p.bound > h.t) continue;
      if (meet(p, p.turn.undo(-oc), p.turn.undo(d), h)) {
        h.paint = p.paint;
        h.normal = p.turn.apply(h.normal);
      }
    }
    return h;
  }
  bool blocked(Vec o, Vec d, float tMax) const {
    RoomHit h;
    h.t = tMax;
    for (const Piece& p : pieces_) {
      Vec oc = p.centre - o;
      float along = dot(oc, d), miss = dot(oc, oc) - along * along;
      if (miss > p.bound * p.bound || along < -p.bound || along - p.bound > tMax) continue;
      bool glows = maxOf(paints[size_t(p.paint)].glow) > 0;
      if (!glows && meet(p, p.turn.undo(-oc), p.turn.undo(d), h)) return true;
    }
    return false;
  }

  std::vector<Paint> paints;

 private:
  void add(Shape s, Vec c, Vec half, int paint, Rotation turn) {
    float bound = s == Shape::kBox         ? length(half)
                  : s == Shape::kEllipsoid ? maxOf(half)
                                           : length({std::max(half.x, half.z), half.y, 0});
    pieces_.push_back({s, c, half, turn, paint, bound});
  }
  static bool meet(const Piece& p, Vec o, Vec d, RoomHit& h) {
    switch (p.shape) {
      case Shape::kBox:
        return meetBox(p, o, d, h);
      case Shape::kEllipsoid:
        return meetEllipsoid(p, o, d, h);
      case Shape::kFrustum:
        return meetFrustum(p, o, d, h);
    }
    return false;
  }
  static bool meetBox(const Piece& p, Vec o, Vec d, RoomHit& h) {
    Vec inv{1 / d.x, 1 / d.y, 1 / d.z};
    Vec a = (-p.half - o) * inv, b = (p.half - o) * inv;
    Vec lo{std::min(a.x, b.x), std::min(a.y, b.y), std::min(a.z, b.z)};
    Vec hi{std::max(a.x, b.x), std::max(a.y, b.y), std::max(a.z, b.z)};
    float enter = maxOf(lo), leave = std::min(hi.x, std::min(hi.y, hi.z));
    if (leave < enter || leave < 1e-3f) return false;
    bool inside = enter < 1e-3f;
    float t = inside ? leave : enter;
    if (t < 1e-3f || t >= h.t) return false;
    h.t = t;
    h.local = o + d * t;
    Vec side = inside ? hi : lo;
    h.normal = side.x == t ? Vec{1, 0, 0} : side.y == t ? Vec{0, 1, 0} : Vec{0, 0, 1};
    if (dot(h.normal, d) > 0) h.normal = -h.normal;
    return true;
  }
  static bool meetEllipsoid(const Piece& p, Vec o, Vec d, RoomHit& h) {
    Vec os = o / p.half, ds = d / p.half;
    float a = dot(ds, ds), b = dot(os, ds), c = dot(os, os) - 1, disc = b * b - a * c;
    if (disc < 0) return false;
    float root = std::sqrt(disc), t = (-b - root) / a;
    if (t < 1e-3f) t = (-b + root) / a;
    if (t < 1e-3f || t >= h.t) return false;
    h.t = t;
    h.local = o + d * t;
    h.normal = normalize(h.local / (p.half * p.half));
    if (dot(h.normal, d) > 0) h.normal = -h.normal;
    return true;
  }
  static bool meetFrustum(const Piece& p, Vec o, Vec d, RoomHit& h) {
    float k = (p.half.z - p.half.x) / (2 * p.half.y), r0 = 0.5f * (p.half.x + p.half.z);
    float ro = r0 + k * o.y, rd = k * d.y;
    float a = d.x * d.x + d.z * d.z - rd * rd, b = o.x * d.x + o.z * d.z - ro * rd;
    float c = o.x * o.x + o.z * o.z - ro * ro, disc = b * b - a * c, best = h.t;
    Vec n;
    if (disc >= 0 && std::fabs(a) > 1e-9f) {
      for (float s : {-1.0f, 1.0f}) {
        float t = (-b + s * std::sqrt(disc)) / a, y = o.y + d.y * t;
        if (t > 1e-3f && t < best && std::fabs(y) < p.half.y) {
          best = t;
          n = normalize({o.x + d.x * t, -k * (r0 + k * y), o.z + d.z * t});
        }
      }
    }
    for (float s : {-1.0f, 1.0f}) {
      float t = (s * p.half.y - o.y) / d.y, x = o.x + d.x * t, z = o.z + d.z * t;
      if (t > 1e-3f && t < best && x * x + z * z < sq(s < 0 ? p.half.x : p.half.z)) {
        best = t;
        n = {0, s, 0};
      }
    }
    if (best >= h.t) return false;
    h.t = best;
    h.local = o + d * best;
    h.normal = dot(n, d) > 0 ? -n : n;
    return true;
  }

  std::vector<Piece> pieces_;
};

/** Everything outside the sitter: the room, its lights, and how the camera stands in it. */
struct Scene {
  Room room;
  LightSet lights;
  Vec camera{0, -0.52f, 21};
  float frame = 4.85f;     // height in decimetres of the picture at the sitter
  float aperture = 0.20f;  // diameter of the lens, decimetres
};
