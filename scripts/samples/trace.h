// Light transport: next-event estimation of every light, and a few diffuse bounces.
#pragma once
#include "field.h"
#include "material.h"
#include "room.h"

class Tracer {
 public:
  Tracer(const Figure& figure, const Field& field, const Scene& scene)
      : figure_(figure), field_(field), scene_(scene) {}

  /** Light from the lamps that enters at p and scatters, for an albedo of 1. */
  Light4 scattered(Vec p, const Stuff& s, Sampler& rng) const {
    return direct(p + s.normal * 0.012f, s.normal, rng, false,
                  [&](Vec l, const Source&) { return diffuse(s, s.normal, l); });
  }

  /** Light from the lamps that the surface at p reflects towards v. */
  Light4 reflected(Vec p, Vec v, const Stuff& s, Sampler& rng) const {
    return direct(p + s.normal * 0.012f, s.normal, rng, false, [&](Vec l, const Source& source) {
      return mirrors(s, source) ? Vec{} : specular(s, v, l);
    });
  }

  /** Light that reaches p by way of other surfaces, for an albedo of 1. */
  Light4 bounced(Vec p, const Stuff& s, Sampler& rng) const {
    return incoming(p + s.normal * 0.012f, cosine(s.normal, rng), 2, rng, true, false);
  }

  /** What a smooth stuff mirrors: the room, its light fixtures and the umbrella. */
  Light4 mirrored(Vec p, Vec v, const Stuff& s, Sampler& rng) const {
    if (s.mat == kHair || s.gloss <= 0) return {};
    Vec r = s.normal * (2 * dot(s.normal, v)) - v, o = p + s.normal * 0.02f;
    float k = std::pow(1 - clamp(dot(s.normal, v), 0, 1), 5.0f);
    Light4 seen = incoming(o, r, 1, rng, true, true);
    for (const Source& source : scene_.lights.flashes) {
      float facing = -dot(r, source.normal), t = dot(o - source.centre, source.normal) / facing;
      bool met = mirrors(s, source) && facing > 0 && t > 0;
      if (met && length(o + r * t - source.centre) < source.radius) {
        seen.g[source.group] += source.radiance;
      }
    }
    return seen * (s.f0 + (Vec{1, 1, 1} - s.f0) * k);
  }

  /** Light that arrives at o from d. `glow` shows light fixtures; `sitterSeen` lets the figure be
   * hit. */
  Light4 incoming(Vec o, Vec d, int depth, Sampler& rng, bool sitterSeen, bool glow,
                  float* distance = nullptr) const {
    float t = 1e9f;
    bool body = sitterSeen && field_.march(o, d, 0.01f, 70, t);
    RoomHit hit = scene_.room.hit(o, d, body ? t : 1e9f);
    if (distance) *distance = hit.t;
    if (hit.paint < 0 && !body) return {};
    Vec p = o + d * (hit.paint < 0 ? t : hit.t), n = hit.normal, albedo, glowing;
    float gloss = 0;
    Light4 out;
    if (hit.paint < 0) {
      n = field_.gradient(p, 0.01f);
      albedo = roughColour(p);
    } else {
      const Paint& paint = scene_.room.paints[size_t(hit.paint)];
      albedo = paint.albedo;
      glowing = paint.glow;
      gloss = paint.gloss;
      if (paint.texture) paint.texture(hit.local, albedo, glowing);
      if (glow) out.g[paint.glowGroup] += glowing;
      if (maxOf(paint.glow) > 0 && maxOf(albedo) < 0.02f) return out;
    }
    Vec lifted = p + n * 0.01f;
    out += direct(lifted, n, rng, true, [&](Vec l, const Source&) {
      Vec f = albedo * (std::max(dot(n, l), 0.0f) / kPi);
      if (gloss > 0) f += glossy(n, -d, l, Vec{0.05f, 0.05f, 0.05f}, 0.32f) * gloss;
      return f;
    });
    if (depth > 1) out += incoming(lifted, cosine(n, rng), depth - 1, rng, true, false) * albedo;
    return out;
  }

 private:
  /** Wide sources are met by mirror rays, narrow ones by the blurred highlight: either is free of
   * noise. */
  static bool mirrors(const Stuff& s, const Source& source) {
    return s.mat != kHair && s.gloss > 0 && source.disc && source.radius > 1;
  }

  template <class Scatter>
  Light4 direct(Vec p, Vec n, Sampler& rng, bool inRoom, Scatter scatter) const {
    Light4 out;
    float u, v;
    for (const Source& s : scene_.lights.flashes) {
      rng.next(u, v);
      out.g[s.group] += arrive(p, n, s, sampleSource(s, p, u, v), inRoom, scatter);
    }
    if (scene_.lights.others.empty()) return out;
    float w, unused;
    int index;
    rng.next(w, unused);
    rng.next(u, v);
    float probability = scene_.lights.pick(p, w, index);
    const Source& s = scene_.lights.others[size_t(index)];
    out.g[s.group] += arrive(p, n, s, sampleSource(s, p, u, v), true, scatter) / probability;
    return out;
  }
  template <class Scatter>
  Vec arrive(Vec p, Vec n, const Source& source, const LightSample& l, bool roomBlocks,
             Scatter scatter) const {
    if (dot(n, l.direction) < -0.35f) return {};
    Vec f = scatter(l.direction, source) * l.irradiance;
    if (maxOf(f) < 1e-5f) return {};
    float t;
    if (field_.march(p, l.direction, 0.004f, l.distance, t)) return {};
    if (roomBlocks && scene_.room.blocked(p, l.direction, l.distance - 0.02f)) return {};
    return f;
  }

  static Vec cosine(Vec n, Sampler& rng) {
    float u, v;
    rng.next(u, v);
    Vec t, b;
    makeFrame(n, t, b);
    float r = std::sqrt(u), a = 2 * kPi * v;
    return normalize(t * (r * std::cos(a)) + b * (r * std::sin(a)) +
                     n * std::sqrt(std::max(1 - u, 0.0f)));
  }

  /** The sitter's colour as bounced light sees it. */
  Vec roughColour(Vec p) const {
    const Palette& c = figure_.person.palette;
    switch (field_.material(p)) {
      case kSkin:
        return c.skin;
      case kHair:
      case kLash:
        return c.hair;
      case kCloth:
        return c.cloth;
      case kTrim:
        return c.trim;
      default:
        return {0.2f, 0.2f, 0.2f};
    }
  }

  const Figure& figure_;
  const Field& field_;
  const Scene& scene_;
};
