// What makes one sitter different from another: plain numbers, no behaviour.
#pragma once
#include <vector>

#include "vec.h"

enum Material { kSkin, kEye, kLash, kHair, kCloth, kTrim, kMetal, kGlasses };

enum class HairStyle { kBob, kBun, kCurls, kCrop };
enum class Garment { kRollneck, kShirt, kBlouse, kHoodie };

/** Shape of the face, as factors around 1 or offsets around 0 (decimetres, degrees). */
struct FaceShape {
  float cheek = 1, jaw = 1, chin = 1, noseWidth = 1, noseLength = 0, noseBridge = 1;
  float lips = 1, mouthWidth = 1, smile = 0.012f, browRidge = 1;
  float eyeOpen = 24, eyeLow = 17, eyeTilt = 5, eyeSize = 0.195f;
  float brow = 1, browLift = 0, lash = 1, earOut = 15;
};

struct Palette {
  Vec skin, lip, hair, iris, cloth, trim;
  float blush = 0.5f, freckles = 0, stubble = 0, hairGloss = 1;
};

struct Person {
  FaceShape face;
  Palette palette;
  HairStyle hair = HairStyle::kBob;
  Garment garment = Garment::kRollneck;
  float beard = 0;
  bool glasses = false, earrings = false;
  float yaw = 0, pitch = 0, roll = 0, bodyYaw = 0, shoulders = 1, neck = 1;
  Vec gaze{0, 0, 1};
};

/** Distance and material of the nearest surface. */
struct Surface {
  float d = 1e9f;
  int mat = kSkin;
  void take(float dist, int m) {
    if (dist < d) {
      d = dist;
      mat = m;
    }
  }
};
