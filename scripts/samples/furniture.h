// Things that rooms are furnished with. z grows towards the camera; the sitter is at the origin.
#pragma once
#include "room.h"

inline int matt(Room& r, Vec albedo, float gloss = 0) {
  Paint p;
  p.albedo = albedo;
  p.gloss = gloss;
  return r.addPaint(p);
}
inline int glowing(Room& r, Vec radiance, Group group = kLamps) {
  Paint p;
  p.albedo = {};
  p.glow = radiance;
  p.glowGroup = group;
  return r.addPaint(p);
}
/** Plaster with faint clouds and a gradient that darkens towards the ceiling. */
inline int plaster(Room& r, Vec albedo) {
  Paint p;
  p.texture = [albedo](Vec l, Vec& a, Vec&) {
    a = albedo * (1 + 0.16f * fbm(l * 0.35f, 3) + 0.05f * noise3(l * 3.0f));
  };
  return r.addPaint(p);
}
inline int wood(Room& r, Vec albedo, float gloss = 0.3f) {
  Paint p;
  p.gloss = gloss;
  p.texture = [albedo](Vec l, Vec& a, Vec&) {
    float ring = noise3({l.x * 0.5f, l.y * 4 + noise3(l * 0.8f), l.z * 4});
    a = albedo * (1 + 0.28f * ring);
  };
  return r.addPaint(p);
}
/** Running-bond brickwork in the xy plane. */
inline int brick(Room& r, Vec albedo, Vec mortar) {
  Paint p;
  p.texture = [=](Vec l, Vec& a, Vec&) {
    float y = l.y / 0.75f;
    int row = ifloor(y);
    float x = l.x / 2.2f + (row & 1) * 0.5f, fx = x - ifloor(x), fy = y - row;
    float tone = 0.75f + 0.5f * hash01(ifloor(x), row);
    float joint = std::max(smoothstep(0.05f, 0.02f, std::min(fx, 1 - fx)),
                           smoothstep(0.12f, 0.06f, std::min(fy, 1 - fy)));
    a = mix(albedo * (tone * (1 + 0.2f * noise3(l * 4.0f))), mortar, joint);
  };
  return r.addPaint(p);
}

/** Floor, ceiling, side walls and the wall behind the camera. */
inline void shell(Room& r, int wall, int ceiling, int floor) {
  r.box({0, -14.5f, 5}, {40, 0.5f, 45}, floor);
  r.box({0, 21, 5}, {40, 0.5f, 45}, ceiling);
  r.box({-24, 4, 5}, {0.5f, 20, 45}, wall);
  r.box({24, 4, 5}, {0.5f, 20, 45}, wall);
  r.box({0, 4, 42}, {40, 20, 0.5f}, wall);
}

/** A lamp that lights the room as a sphere; its visible body is added apart. */
inline void lampLight(Scene& s, Vec at, float radius, Vec radiance) {
  s.lights.others.push_back(makeLamp(at, radius, radiance));
}

/** Table lamp: glowing shade on a glazed foot that stands at `base`. */
inline void tableLamp(Scene& s, Vec base, float size, Vec warm, Vec foot) {
  Room& r = s.room;
  int body = matt(r, foot, 1), shade;
  Paint p;
  p.albedo = {};
  p.glow = warm;
  p.texture = [warm](Vec l, Vec&, Vec& glow) {
    glow = warm * (0.75f + 0.5f * bell(l.y + 0.3f, 0.9f));
  };
  shade = r.addPaint(p);
  r.ellipsoid(base + Vec{0, 0.75f, 0} * size, Vec{0.6f, 0.75f, 0.6f} * size, body);
  r.frustum(base + Vec{0, 1.7f, 0} * size, 0.1f * size, 0.1f * size, 0.4f * size, body);
  r.frustum(base + Vec{0, 2.8f, 0} * size, 1.25f * size, 0.8f * size, 0.85f * size, shade);
  lampLight(s, base + Vec{0, 2.7f, 0} * size, 0.8f * size, warm * 3.2f);
}

/** Pendant: a metal cap with a bright globe under it, hanging on a cord. */
inline void pendant(Scene& s, Vec at, float size, Vec warm, Vec cap) {
  Room& r = s.room;
  r.frustum(at + Vec{0, 0.75f, 0} * size, 1.0f * size, 0.18f * size, 0.55f * size,
            matt(r, cap, 0.6f));
  r.frustum(at + Vec{0, 1.3f * size + 6, 0}, 0.035f, 0.035f, 6, matt(r, {0.02f, 0.02f, 0.02f}));
  r.ellipsoid(at, Vec{0.5f, 0.5f, 0.5f} * size, glowing(r, warm));
  lampLight(s, at + Vec{0, -0.1f, 0}, 0.5f * size, warm * 1.2f);
}

/** A row of books on a board at height y, between x0 and x1, with now and then a gap or a vase. */
inline void books(Room& r, float x0, float x1, float y, float z, int seed,
                  const std::vector<Vec>& covers) {
  std::vector<int> paints;
  for (Vec c : covers) paints.push_back(matt(r, c, 0.3f));
  float x = x0;
  for (int i = 0; x < x1; i++) {
    float a = hash01(seed, i, 1), b = hash01(seed, i, 2), c = hash01(seed, i, 3);
    if (c > 0.93f) {
      int glaze = matt(r, covers[size_t(i) % covers.size()], 0.9f);
      r.ellipsoid({x + 0.6f, y + 0.65f, z + 0.3f}, {0.5f, 0.65f, 0.5f}, glaze);
      r.frustum({x + 0.6f, y + 1.45f, z + 0.3f}, 0.16f, 0.26f, 0.35f, glaze);
      x += 1.4f;
      continue;
    }
    float w = 0.14f + 0.16f * a, h = 0.85f + 0.45f * b;
    r.box({x + w, y + h, z}, {w * 0.95f, h, 0.8f}, paints[size_t(c * 977) % paints.size()],
          2 * (a - 0.5f));
    x += 2 * w + (c < 0.08f ? 0.8f : 0.02f);
  }
}

/** A pot plant: leaves fan out from the top of the pot. */
inline void plant(Room& r, Vec pot, float size, int leaves, int seed, Vec green, Vec clay) {
  int leaf = matt(r, green, 0.5f), dark = matt(r, green * 0.6f, 0.5f);
  r.frustum(pot + Vec{0, 0.7f, 0} * size, 0.55f * size, 0.75f * size, 0.7f * size,
            matt(r, clay, 0.2f));
  for (int i = 0; i < leaves; i++) {
    float a = hash01(seed, i, 1), b = hash01(seed, i, 2), c = hash01(seed, i, 3);
    float yaw = a * 360, lean = 12 + 62 * b, len = (1.1f + 1.3f * c) * size;
    Rotation t = makeRotation(yaw, lean, 0);
    Vec root = pot + Vec{0, 1.4f * size, 0};
    r.ellipsoid(root + t.apply({0, len * 0.95f, 0}), {0.30f * size, len * 0.62f, 0.05f * size},
                i % 3 ? leaf : dark, t);
  }
}

/** Tiny bulbs along a sagging wire. */
inline void fairyLights(Room& r, Vec from, Vec to, float sag, int count, float radius, Vec warm) {
  int bulb = glowing(r, warm);
  for (int i = 0; i < count; i++) {
    float t = (i + 0.5f) / count, j = hash01(i, count, 5) - 0.5f;
    Vec p = mix(from, to, t) - Vec{0, sag * 4 * t * (1 - t) + 0.25f * j, 0};
    r.ellipsoid(p, {radius, radius, radius}, bulb);
  }
}

/** A far backdrop behind a window: a sky gradient, roofs, and the lights of a town. */
inline int townView(Room& r, Vec zenith, Vec horizon, Vec roofs, float lights, int seed) {
  Paint p;
  p.albedo = {};
  p.glow = zenith;
  p.glowGroup = kWindow;
  p.texture = [=](Vec l, Vec&, Vec& glow) {
    glow = mix(horizon, zenith, smoothstep(-4.0f, 13.0f, l.y)) *
           (1 + 0.10f * fbm({l.x * 0.12f, l.y * 0.35f, 3}, 3));
    int tower = ifloor(l.x / 3.1f + 50);
    float top = -2.5f + 5.5f * hash01(seed, tower);
    if (l.y < top) glow = mix(roofs, horizon, 0.25f + 0.2f * hash01(seed, tower, 2));
    float gx = l.x / 1.25f, gy = l.y / 1.25f;
    int cx = ifloor(gx), cy = ifloor(gy);
    float h = hash01(seed + cx * 131, cy);
    float dx = gx - cx - 0.3f - 0.4f * hash01(cx, cy, 1),
          dy = gy - cy - 0.3f - 0.4f * hash01(cx, cy, 2);
    if (l.y < top - 0.3f && h < lights && dx * dx + dy * dy < 0.032f) {
      float tint = hash01(cx, cy, 3);
      glow = (tint < 0.7f    ? Vec{9, 5.2f, 2.0f}
              : tint < 0.88f ? Vec{6, 6.5f, 7}
                             : Vec{8, 2.0f, 1.6f}) *
             (0.6f + hash01(cx, cy, 4));
    }
  };
  return r.addPaint(p);
}
