// From rays to pixels: the sharp sitter with its coverage, the room behind it, and the lens blur.
#pragma once
#include "subsurface.h"
#include "trace.h"

struct Quality {
  int edge = 16;  // rays per pixel that find surface and coverage
  int light = 6;  // light paths for each of them
  int room = 48;  // paths per pixel of the half-size room
  int threads = 2;
};

inline Vec pixelDirection(const Scene& s, float x, float y, int w, int h) {
  float sx = (x - 0.5f * w) / h * s.frame, sy = -(y - 0.5f * h) / h * s.frame;
  return normalize({sx, sy, -s.camera.z});
}

/** Tent filter: maps a uniform number to an offset in (-1,1). */
inline float tent(float u) {
  u = 2 * u - 1;
  return std::copysign(1 - std::sqrt(1 - std::fabs(u)), u);
}

/** Sums over one pixel of the sitter: what its surface reflects, and what it scatters for an albedo
 * of 1. */
struct SitterPixel {
  Light4 reflected, scattered, bounced;
  Vec albedo, normal;
  float depth = 0;
  int hits = 0, mat = -1;
};

inline SitterPixel tracePixel(const Scene& scene, const Figure& figure, const Field& field, int x,
                              int y, int w, int h, const Quality& quality) {
  SitterPixel out;
  Tracer tracer(figure, field, scene);
  uint32_t i = uint32_t(y) * w + x;
  for (int k = 0; k < quality.edge; k++) {
    Sampler edge{hashBits(i), uint32_t(k)};
    float u, v, t;
    edge.next(u, v);
    Vec d = pixelDirection(scene, x + 0.5f + tent(u), y + 0.5f + tent(v), w, h);
    if (!field.march(scene.camera, d, 0, 60, t)) continue;
    Vec p = scene.camera + d * t;
    Surface near = figure.surface(p);
    p += d * (near.d * 0.8f);
    p += d * (figure.distance(p, near.mat) * 0.8f);
    Stuff stuff = stuffAt(figure, p, figure.normal(p, 0.003f, near.mat), near.mat);
    for (int l = 0; l < quality.light; l++) {
      Sampler rng{hashBits(i + 0x51ed27u), uint32_t(k * quality.light + l)};
      out.scattered += tracer.scattered(p, stuff, rng);
      out.reflected += tracer.reflected(p, -d, stuff, rng);
    }
    Sampler rng{hashBits(i + 0x3a17c5u), uint32_t(k)};
    out.reflected += tracer.mirrored(p, -d, stuff, rng) * float(quality.light);
    out.bounced += tracer.bounced(p, stuff, rng);
    out.albedo += stuff.albedo;
    out.normal += stuff.normal;
    out.depth += t;
    out.mat = near.mat;
    out.hits++;
  }
  return out;
}

inline Layer renderSitter(const Scene& scene, const Figure& figure, const Field& field, int w,
                          int h, const Quality& quality) {
  Layer out(w, h), bounced(w, h), scattered(w, h);
  std::vector<Guide> guide(out.light.size());
  std::vector<Vec> albedo(out.light.size());
  eachRow(h, quality.threads, [&](int y) {
    for (int x = 0; x < w; x++) {
      size_t i = size_t(y) * w + x;
      SitterPixel px = tracePixel(scene, figure, field, x, y, w, h, quality);
      if (px.hits == 0) continue;
      out.light[i] = px.reflected * (1.0f / (quality.edge * quality.light));
      out.extra[i] = float(px.hits) / quality.edge;
      scattered.light[i] = px.scattered * (1.0f / (px.hits * quality.light));
      bounced.light[i] = px.bounced * (1.0f / px.hits);
      albedo[i] = px.albedo / float(quality.edge);
      guide[i] = {normalize(px.normal), px.depth / px.hits, px.mat};
    }
  });
  bounced = smoothOver(std::move(bounced), guide, 4, quality.threads);
  Layer skin =
      spreadInSkin(scattered, guide, h / scene.frame, {0.045f, 0.020f, 0.012f}, quality.threads);
  for (size_t i = 0; i < out.light.size(); i++) {
    Light4 inside = guide[i].mat == kSkin ? skin.light[i] : scattered.light[i];
    inside += bounced.light[i];
    out.light[i] += inside * albedo[i];
  }
  return out;
}

inline Layer renderRoom(const Scene& scene, const Figure& figure, const Field& field, int w, int h,
                        const Quality& quality) {
  Layer out(w, h);
  Tracer tracer(figure, field, scene);
  eachRow(h, quality.threads, [&](int y) {
    for (int x = 0; x < w; x++) {
      size_t i = size_t(y) * w + x;
      float depth = 0;
      for (int k = 0; k < quality.room; k++) {
        Sampler rng{hashBits(uint32_t(i) + 0x2c1b3c6du), uint32_t(k)};
        float u, v, t;
        rng.next(u, v);
        Vec d = pixelDirection(scene, x + u, y + v, w, h);
        out.light[i] += tracer.incoming(scene.camera, d, 3, rng, false, true, &t);
        depth += std::min(t, 200.0f) * -d.z;
      }
      out.light[i] = out.light[i] * (1.0f / quality.room);
      out.extra[i] = depth / quality.room;
    }
  });
  return out;
}

/** Gathers the discs of confusion that the lens draws of the points behind the sitter. */
inline Layer defocus(const Scene& scene, const Layer& in, int threads) {
  Layer out(in.width, in.height);
  std::vector<float> radius(in.extra.size());
  float most = 0;
  for (size_t i = 0; i < radius.size(); i++) {
    float z = in.extra[i], px = in.height / scene.frame;
    radius[i] = 0.5f * scene.aperture * std::fabs(z - scene.camera.z) / z * px;
    most = std::max(most, radius[i]);
  }
  int reach = int(most + 1);
  eachRow(in.height, threads, [&](int y) {
    for (int x = 0; x < in.width; x++) {
      Light4 sum;
      float total = 0;
      for (int b = std::max(y - reach, 0); b <= std::min(y + reach, in.height - 1); b++) {
        for (int a = std::max(x - reach, 0); a <= std::min(x + reach, in.width - 1); a++) {
          size_t j = size_t(b) * in.width + a;
          float r = std::max(radius[j], 0.5f),
                cover = r + 0.5f - std::sqrt(sq(float(a - x)) + sq(float(b - y)));
          if (cover <= 0) continue;
          float weight = std::min(cover, 1.0f) / (r * r);
          sum += in.light[j] * weight;
          total += weight;
        }
      }
      out.light[size_t(y) * in.width + x] = sum * (1 / std::max(total, 1e-9f));
    }
  });
  return out;
}

/** Bilinear look-up in a half-size layer for a full-size pixel. */
inline Light4 halfSize(const Layer& in, int x, int y) {
  float fx = clamp((x + 0.5f) * 0.5f - 0.5f, 0, in.width - 1.001f);
  float fy = clamp((y + 0.5f) * 0.5f - 0.5f, 0, in.height - 1.001f);
  int ix = int(fx), iy = int(fy);
  float u = fx - ix, v = fy - iy;
  auto at = [&](int a, int b) { return in.light[size_t(iy + b) * in.width + ix + a]; };
  Light4 out = at(0, 0) * ((1 - u) * (1 - v));
  out += at(1, 0) * (u * (1 - v));
  out += at(0, 1) * ((1 - u) * v);
  out += at(1, 1) * (u * v);
  return out;
}
