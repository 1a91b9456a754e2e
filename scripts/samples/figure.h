// The whole sitter as one distance function in world space.
#pragma once
#include "eyes.h"
#include "face.h"
#include "garment.h"
#include "hair.h"

class Figure {
 public:
  explicit Figure(const Person& person)
      : person(person),
        hair_(person),
        head_(makeRotation(person.yaw, person.pitch, person.roll)),
        body_(makeRotation(person.bodyYaw, 0, 0)) {
    neckTop_ = toBody(fromHead({0, -0.52f, -0.17f}));
    earBase_ = {0.52f, 0, 0};
  }

  Vec toHead(Vec p) const { return head_.undo(p - kPivot) + kPivot; }
  Vec fromHead(Vec p) const { return head_.apply(p - kPivot) + kPivot; }
  Vec toHeadDirection(Vec v) const { return head_.undo(v); }
  Vec fromHeadDirection(Vec v) const { return head_.apply(v); }
  Vec toBody(Vec p) const { return body_.undo(p - kBody); }

  /** Nearest surface at p (world). The distance may fall short of the true one by about a third. */
  Surface surface(Vec p) const {
    Surface out;
    Vec h = toHead(p), q{std::fabs(h.x), h.y, h.z};
    if (headBound(h) < 0.3f) {
      out.take(eyeballShape(q, person.face), kEye);
      out.take(lashShape(q, person.face), kLash);
    }
    out.take(skinDistance(p), kSkin);
    hairAndExtras(h, q, out);
    garment(p, out);
    return out;
  }

  /** Distance to the surfaces of one material only: cheaper, for normals on a known material. */
  float distance(Vec p, int mat) const {
    Surface out;
    if (mat == kSkin) return skinDistance(p);
    if (mat == kHair) return hairAt(p).d * 0.8f;
    if (mat == kCloth || mat == kTrim)
      garment(p, out);
    else
      out = surface(p);
    return out.d;
  }

  HairHit hairAt(Vec world) const {
    Vec h = toHead(world);
    return hair_.hit(h, skull({std::fabs(h.x), h.y, h.z}, person.face));
  }

  Vec normal(Vec p, float step, int mat) const {
    Vec a{1, -1, -1}, b{-1, -1, 1}, c{-1, 1, -1}, d{1, 1, 1};
    return normalize(a * distance(p + a * step, mat) + b * distance(p + b * step, mat) +
                     c * distance(p + c * step, mat) + d * distance(p + d * step, mat));
  }

  const Person person;

 private:
  static constexpr Vec kPivot{0, -0.62f, -0.22f};
  static constexpr Vec kBody{0, 0.27f, 0};  // how far the shoulders are lifted towards the head

  static float headBound(Vec h) { return ellipsoid(h - Vec{0, 0, 0.05f}, {1.05f, 1.3f, 1.25f}); }

  float skinDistance(Vec p) const {
    Vec h = toHead(p), b = toBody(p);
    float torso = torsoShape(b, person);
    float skin = torso + 0.02f;
    if (person.garment == Garment::kBlouse) skin = smin(skin, collarBones(b, person), 0.12f);
    skin = smin(skin, neckShape(b, neckTop_, earBase_, person), 0.22f);
    float bound = headBound(h);
    if (bound >= 0.3f) return std::min(skin, bound);
    Vec q{std::fabs(h.x), h.y, h.z};
    float face = lidShape(q, person.face, faceDistance(h, person.face));
    float brow = browMask(q, person.face);
    if (brow > 0) face -= brow * (0.008f + 0.010f * browStrands(q));
    return smin(skin, face, 0.10f);
  }

  void garment(Vec p, Surface& out) const {
    Vec b = toBody(p);
    if (p.y < -0.3f)
      garmentShape(b, person, torsoShape(b, person), out);
    else
      out.d = std::min(out.d, p.y + 0.7f);
  }

  void hairAndExtras(Vec h, Vec q, Surface& out) const {
    float bound = ellipsoid(h - Vec{0, 0.25f, -0.1f}, {1.7f, 1.9f, 1.7f});
    if (bound > 0.3f) {
      out.d = std::min(out.d, bound);
      return;
    }
    out.take(hair_.hit(h, skull(q, person.face)).d * 0.8f, kHair);
    if (person.glasses) glasses(q, out);
    if (person.earrings) {
      Vec e = q - Vec{0.80f, -0.53f, -0.04f};
      out.take(torus({e.x, e.z * 0.3f + e.x * 0, e.y}, 0.15f, 0.017f) * 0.3f, kMetal);
    }
  }

  void glasses(Vec q, Surface& out) const {
    Vec c = q - Vec{0.335f, -0.035f, 0.985f - 0.10f * sq(q.x - 0.2f)};
    float rim = torus({c.x, c.z, c.y}, 0.262f, 0.019f);
    CurveHit b = bezier(q, {0.078f, 0.01f, 0.99f}, {0.04f, 0.06f, 1.03f}, {0.0f, 0.06f, 1.035f});
    float temple = capsule(q, {0.59f, 0.02f, 0.955f}, {0.83f, 0.03f, -0.12f}, 0.018f);
    out.take(std::min(std::min(rim, b.dist - 0.018f), temple), kGlasses);
  }

  Hair hair_;
  Rotation head_, body_;
  Vec neckTop_, earBase_;
};
