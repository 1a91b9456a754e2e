// The four sitters. Skin colours are tones of the Monk Skin Tone scale (E. Monk, 2022; the scale's
// published sRGB values), taken as diffuse albedo.
#pragma once
#include <stdexcept>
#include <string>

#include "person.h"

namespace monk {
constexpr uint32_t kTone[10] = {0xf6ede4, 0xf3e7db, 0xf7ead0, 0xeadaba, 0xd7bd96,
                                0xa07e56, 0x825c43, 0x604134, 0x3a312a, 0x292420};
}

inline Vec monkTone(int n, float warm) {
  Vec c = fromHex(monk::kTone[n - 1]);
  return c * Vec{1 + 0.06f * warm, 1 - 0.10f * warm, 1 - 0.16f * warm};
}

inline Person mustard() {
  Person p;
  p.palette.skin = monkTone(3, 2.2f) * 0.72f;
  p.palette.lip = fromHex(0xb4544e);
  p.palette.hair = fromHex(0x6b3418);
  p.palette.iris = fromHex(0x4f7a52);
  p.palette.cloth = fromHex(0xd09a2c);
  p.palette.trim = p.palette.cloth;
  p.palette.freckles = 1;
  p.palette.blush = 0.85f;
  p.hair = HairStyle::kBob;
  p.garment = Garment::kRollneck;
  p.face.jaw = 0.84f;
  p.face.chin = 0.96f;
  p.face.eyeSize = 0.212f;
  p.face.eyeOpen = 26;
  p.face.eyeLow = 16;
  p.face.brow = 0.8f;
  p.face.browLift = 0.03f;
  p.face.smile = 0.026f;
  p.face.noseWidth = 0.84f;
  p.face.noseLength = -0.03f;
  p.face.lips = 1.1f;
  p.face.mouthWidth = 0.95f;
  p.neck = 0.86f;
  p.yaw = -14;
  p.pitch = 2;
  p.roll = 4;
  p.bodyYaw = -28;
  p.shoulders = 0.9f;
  p.gaze = normalize({0.22f, 0.0f, 1});
  return p;
}

inline Person bun() {
  Person p;
  p.palette.skin = monkTone(5, 1.2f) * 0.85f;
  p.palette.lip = fromHex(0xa8504a);
  p.palette.hair = fromHex(0x1c1412);
  p.palette.iris = fromHex(0x4a2c18);
  p.palette.cloth = fromHex(0x7d9a80);
  p.palette.trim = fromHex(0x6a876e);
  p.palette.hairGloss = 0.75f;
  p.hair = HairStyle::kBun;
  p.garment = Garment::kBlouse;
  p.glasses = true;
  p.face.eyeTilt = 9;
  p.face.eyeOpen = 20;
  p.face.eyeLow = 13;
  p.face.eyeSize = 0.205f;
  p.face.brow = 0.75f;
  p.face.browLift = 0.05f;
  p.face.smile = 0.034f;
  p.face.noseWidth = 0.92f;
  p.face.noseLength = -0.03f;
  p.face.noseBridge = 0.85f;
  p.face.cheek = 1.04f;
  p.face.jaw = 0.84f;
  p.face.chin = 0.96f;
  p.neck = 0.84f;
  p.yaw = 16;
  p.roll = -4;
  p.bodyYaw = 25;
  p.shoulders = 0.86f;
  p.gaze = normalize({-0.15f, 0.0f, 1});
  return p;
}

inline Person curls() {
  Person p;
  p.palette.skin = monkTone(7, 0.8f);
  p.palette.lip = fromHex(0x8a3b3a);
  p.palette.hair = fromHex(0x2a1a12);
  p.palette.iris = fromHex(0x5a3416);
  p.palette.cloth = fromHex(0xb4472e);
  p.palette.trim = fromHex(0xe8d9c0);
  p.hair = HairStyle::kCurls;
  p.garment = Garment::kHoodie;
  p.earrings = true;
  p.face.noseWidth = 1.06f;
  p.face.lips = 1.16f;
  p.face.jaw = 0.86f;
  p.face.chin = 0.97f;
  p.face.eyeSize = 0.21f;
  p.face.eyeOpen = 26;
  p.face.eyeLow = 15;
  p.face.browLift = 0.03f;
  p.face.brow = 0.9f;
  p.face.smile = 0.042f;
  p.neck = 0.86f;
  p.yaw = 10;
  p.pitch = -3;
  p.bodyYaw = -12;
  p.shoulders = 0.92f;
  p.gaze = normalize({-0.15f, 0.03f, 1});
  return p;
}

inline Person crop() {
  Person p;
  p.palette.skin = monkTone(8, 1.0f) * 0.72f;
  p.palette.lip = fromHex(0x5c332e);
  p.palette.hair = fromHex(0x14100e);
  p.palette.iris = fromHex(0x3a2212);
  p.palette.cloth = fromHex(0x4f8f98);
  p.palette.trim = fromHex(0xe4dcc8);
  p.hair = HairStyle::kCrop;
  p.garment = Garment::kShirt;
  p.beard = 1;
  p.face.jaw = 1.15f;
  p.face.chin = 1.04f;
  p.face.noseWidth = 1.2f;
  p.face.lips = 1.2f;
  p.face.brow = 1.3f;
  p.face.browRidge = 1.3f;
  p.face.lash = 0.6f;
  p.face.eyeSize = 0.19f;
  p.face.eyeOpen = 22;
  p.face.eyeLow = 14;
  p.face.smile = 0.022f;
  p.palette.hairGloss = 0.25f;
  p.yaw = -18;
  p.pitch = 1;
  p.bodyYaw = -20;
  p.neck = 1.15f;
  p.gaze = normalize({0.28f, 0.0f, 1});
  return p;
}

inline Person makePerson(const std::string& name) {
  if (name == "study") return mustard();
  if (name == "cafe") return bun();
  if (name == "loft") return curls();
  if (name == "studio") return crop();
  throw std::invalid_argument("unknown sitter: " + name);
}
