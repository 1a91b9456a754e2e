// The four rooms and how each is lit and framed.
#pragma once
#include <stdexcept>
#include <string>

#include "furniture.h"

constexpr Vec kFace{0, -0.1f, 0.6f};

/** Both flashes: an umbrella above the camera's left or right, and a bare tube by the lens. */
inline void flashes(Scene& s, Vec umbrella, float strength) {
  float e = strength * kPi;
  s.lights.flashes.push_back(
      makeFlash(umbrella, kFace, 4.2f, Vec{1.0f, 0.985f, 0.96f} * e, kSoftFlash));
  s.lights.flashes.push_back(makeFlash({1.3f, 1.6f, 20.8f}, kFace, 0.28f,
                                       Vec{1.0f, 0.97f, 0.93f} * (0.95f * e), kBareFlash));
}

inline Scene study() {
  Scene s;
  Room& r = s.room;
  int wall = plaster(r, fromHex(0x2f6468)), oak = wood(r, fromHex(0x8a5a34));
  shell(r, wall, matt(r, {0.7f, 0.66f, 0.6f}), wood(r, fromHex(0x6d4a2f)));
  r.box({0, 4, -30}, {40, 20, 0.5f}, wall);
  std::vector<Vec> covers{fromHex(0xb5482f), fromHex(0xe0b04a), fromHex(0x2d5c73),
                          fromHex(0xd9cbb0), fromHex(0x7a8f5a), fromHex(0x8c3f4d),
                          fromHex(0x1f3a44), fromHex(0xc77b3a)};
  for (int i = 0; i < 5; i++) {
    float y = -7.2f + 3.1f * i;
    r.box({-4.4f, y - 0.12f, -28.3f}, {5.2f, 0.12f, 1.2f}, oak);
    books(r, -8.5f, 0.4f, y, -28.2f, 11 + i, covers);
  }
  r.box({0.7f, 0, -28.3f}, {0.14f, 9, 1.2f}, oak);
  r.box({4.4f, -3.6f, -26}, {3.0f, 0.15f, 1.6f}, oak);
  tableLamp(s, {3.0f, -3.4f, -25.4f}, 1.0f, Vec{2.6f, 1.55f, 0.72f}, fromHex(0x1f4a52));
  plant(r, {5.0f, -3.4f, -26.5f}, 1.0f, 16, 5, fromHex(0x4a7a3c), fromHex(0xb9623c));
  r.box({3.4f, 3.6f, -29.4f}, {1.5f, 1.9f, 0.08f}, matt(r, fromHex(0xc9a24d), 0.6f));
  r.box({3.4f, 3.6f, -29.3f}, {1.3f, 1.7f, 0.08f}, plaster(r, fromHex(0xd9c3a5)));
  fairyLights(r, {-6, 5.1f, -26.9f}, {0.8f, 5.0f, -26.9f}, 0.5f, 12, 0.11f, {16, 9, 3.6f});
  lampLight(s, {-8.5f, 5.0f, -7}, 1.2f, Vec{13, 7.6f, 3.4f});
  lampLight(s, {9, 12, 6}, 2.0f, Vec{5.0f, 3.6f, 2.2f});
  flashes(s, {-8.5f, 7.5f, 17.5f}, 1.0f);
  return s;
}

inline Scene cafe() {
  Scene s;
  Room& r = s.room;
  int wall = plaster(r, fromHex(0xb8a58c)), bricks = brick(r, fromHex(0x9a5238), fromHex(0xa08c78));
  int frame = matt(r, fromHex(0x1c2426), 0.4f), oak = wood(r, fromHex(0x7a4d2b));
  shell(r, wall, matt(r, {0.6f, 0.56f, 0.5f}), wood(r, fromHex(0x5d4028)));
  r.box({20.5f, 4, -26}, {20, 20, 0.5f}, bricks);
  r.box({-20, -8.5f, -26}, {20.5f, 4.5f, 0.5f}, wall);
  for (float x : {-6.3f, -3.0f, 0.3f}) r.box({x, 4, -25.8f}, {0.16f, 9, 0.25f}, frame);
  for (float y : {-3.9f, 2.4f}) r.box({-10, y, -25.8f}, {10.4f, 0.16f, 0.25f}, frame);
  r.box({0, 2, -90}, {60, 30, 0.5f},
        townView(r, Vec{0.10f, 0.19f, 0.42f}, Vec{0.62f, 0.42f, 0.42f}, Vec{0.035f, 0.05f, 0.10f},
                 0.34f, 3));
  s.lights.others.push_back(
      makeWindow({-9, 3, -25.5f}, normalize({0.25f, -0.05f, 1}), 6, Vec{0.45f, 0.60f, 0.95f}));
  pendant(s, {3.4f, 3.3f, -20}, 1.0f, Vec{11, 6.8f, 3.0f}, fromHex(0x28524a));
  pendant(s, {-2.6f, 4.5f, -23}, 1.0f, Vec{11, 6.8f, 3.0f}, fromHex(0x28524a));
  pendant(s, {6.6f, 4.2f, -14}, 1.0f, Vec{11, 6.8f, 3.0f}, fromHex(0x28524a));
  r.box({5.6f, -1.2f, -24.9f}, {4.0f, 0.13f, 0.9f}, oak);
  std::vector<Vec> jars{fromHex(0xd8c8a8), fromHex(0x5d7f74), fromHex(0xc4703f), fromHex(0xe6dcc6),
                        fromHex(0x3f5a6b)};
  for (int i = 0; i < 6; i++) {
    float h = 0.5f + 0.4f * hash01(i, 3);
    r.frustum({2.4f + 1.05f * i, -1.07f + h, -24.8f}, 0.38f, 0.30f, h,
              matt(r, jars[size_t(i) % 5], 0.9f));
  }
  plant(r, {-4.2f, -4.0f, -23.5f}, 1.2f, 20, 8, fromHex(0x55803f), fromHex(0xd0c4b0));
  lampLight(s, {9, 4.0f, -6}, 1.1f, Vec{14, 8.6f, 4.2f});
  lampLight(s, {-6, 13, 8}, 2.0f, Vec{4.6f, 3.6f, 2.6f});
  flashes(s, {8.0f, 7.0f, 18}, 0.95f);
  return s;
}

inline Scene loft() {
  Scene s;
  Room& r = s.room;
  int wall = plaster(r, fromHex(0xc27a55)), frame = matt(r, fromHex(0xe2d2bb), 0.2f);
  shell(r, wall, matt(r, {0.75f, 0.68f, 0.6f}), wood(r, fromHex(0x8c6746)));
  r.box({-22, 4, -28}, {17.5f, 20, 0.5f}, wall);
  r.box({0, -9.2f, -28}, {40, 4.6f, 0.5f}, wall);
  for (float x : {-4.4f, -0.2f, 4.0f, 8.2f}) r.box({x, 4, -27.8f}, {0.22f, 9, 0.3f}, frame);
  r.box({4, 3.2f, -27.8f}, {9, 0.18f, 0.3f}, frame);
  r.box({4, -4.7f, -27.0f}, {9, 0.2f, 1.3f}, frame);
  r.box({0, 2, -90}, {60, 30, 0.5f},
        townView(r, Vec{0.34f, 0.28f, 0.62f}, Vec{1.9f, 0.80f, 0.42f}, Vec{0.16f, 0.08f, 0.14f},
                 0.22f, 8));
  s.lights.others.push_back(
      makeWindow({5, 3, -27}, normalize({-0.15f, -0.05f, 1}), 6.5f, Vec{1.5f, 0.85f, 0.66f}));
  s.lights.others.push_back(
      makeWindow({15, 5, -8}, normalize({-1, -0.25f, 0.35f}), 4.0f, Vec{3.6f, 1.7f, 0.95f}));
  plant(r, {4.6f, -4.4f, -25.6f}, 1.25f, 24, 4, fromHex(0x3f7a48), fromHex(0xe0d3c0));
  plant(r, {-5.2f, 2.4f, -24}, 0.95f, 26, 9, fromHex(0x5a8a45), fromHex(0x4a5a8c));
  r.box({-6.0f, 2.2f, -24}, {2.4f, 0.14f, 1.0f}, wood(r, fromHex(0x8a5a34)));
  r.ellipsoid({-3.7f, -1.9f, -24}, {1.1f, 1.1f, 1.1f}, glowing(r, Vec{2.6f, 1.75f, 0.95f}));
  lampLight(s, {-3.7f, -1.9f, -24}, 1.1f, Vec{6, 4.0f, 2.1f});
  lampLight(s, {-9, 6, -6}, 1.1f, Vec{9, 6.0f, 3.4f});
  lampLight(s, {4, 13, 9}, 2.0f, Vec{4.2f, 3.2f, 2.3f});
  flashes(s, {-8.0f, 6.5f, 18}, 1.05f);
  return s;
}

inline Scene studio() {
  Scene s;
  Room& r = s.room;
  int wall = plaster(r, fromHex(0x6a3450)), oak = wood(r, fromHex(0x9a6238));
  shell(r, wall, matt(r, {0.5f, 0.45f, 0.45f}), wood(r, fromHex(0x5a3a28)));
  r.box({0, 4, -28}, {40, 20, 0.5f}, wall);
  Vec c{2.7f, 1.9f, -27.1f};
  int neon = glowing(r, Vec{9, 2.6f, 3.4f});
  for (int i = 0; i < 110; i++) {
    float a = kPi * (0.05f + 1.55f * i / 109);
    r.ellipsoid(c + Vec{std::cos(a) * 2.1f, std::sin(a) * 2.1f, 0}, {0.13f, 0.13f, 0.1f}, neon);
  }
  lampLight(s, c + Vec{0, 0, 0.6f}, 0.9f, Vec{7, 1.7f, 2.4f});
  r.box({-4.6f, -2.4f, -26.8f}, {3.4f, 0.15f, 1.2f}, oak);
  r.box({-4.6f, 2.0f, -26.8f}, {3.4f, 0.15f, 1.2f}, oak);
  std::vector<Vec> sleeves{fromHex(0xd98a3a), fromHex(0xe6d8bf), fromHex(0x2f6f7a),
                           fromHex(0xb23a48), fromHex(0x2b2438), fromHex(0xd0b060)};
  books(r, -7.8f, -1.4f, -2.25f, -26.7f, 21, sleeves);
  books(r, -7.8f, -3.9f, 2.15f, -26.7f, 22, sleeves);
  plant(r, {-3.1f, 2.15f, -26.4f}, 0.8f, 18, 3, fromHex(0x4d7d44), fromHex(0xc9b79a));
  tableLamp(s, {4.6f, -6.4f, -23}, 1.1f, Vec{2.6f, 1.5f, 0.7f}, fromHex(0x2a4a58));
  pendant(s, {-2.1f, 3.1f, -17}, 0.55f, Vec{20, 11, 4.2f}, fromHex(0x2a2018));
  pendant(s, {-0.9f, 3.6f, -21}, 0.55f, Vec{20, 11, 4.2f}, fromHex(0x2a2018));
  lampLight(s, {9, 4.5f, -6.5f}, 1.2f, Vec{13, 6.0f, 4.0f});
  lampLight(s, {-9, 3.5f, -7}, 1.0f, Vec{11, 7.2f, 3.6f});
  lampLight(s, {5, 13, 8}, 2.0f, Vec{4.6f, 3.6f, 2.6f});
  flashes(s, {8.5f, 7.0f, 17.5f}, 1.2f);
  return s;
}

inline Scene makeScene(const std::string& name) {
  if (name == "study") return study();
  if (name == "cafe") return cafe();
  if (name == "loft") return loft();
  if (name == "studio") return studio();
  throw std::invalid_argument("unknown scene: " + name);
}
