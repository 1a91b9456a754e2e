// Edge-stopped smoothing of bounced light. It varies slowly over a surface, so a few paths a pixel
// are enough once neighbours that lie on the same surface share theirs.
#pragma once
#include "layer.h"

/** What tells one surface from another in a pixel: mean normal, distance from the camera, material
 * (-1: none). */
struct Guide {
  Vec normal;
  float depth = 0;
  int mat = -1;
};

/**
 * Repeated 5x5 passes with holes of 1, 2, 4 ... pixels (the à-trous scheme of Dammertz et al.
 * 2010), weighted by how alike the normals are; pixels of another material do not take part.
 */
inline Layer smoothOver(Layer in, const std::vector<Guide>& guide, int passes, int threads) {
  const float tap[3] = {0.375f, 0.25f, 0.0625f};
  for (int pass = 0; pass < passes; pass++) {
    Layer out(in.width, in.height);
    int step = 1 << pass;
    eachRow(in.height, threads, [&](int y) {
      for (int x = 0; x < in.width; x++) {
        size_t i = size_t(y) * in.width + x;
        if (guide[i].mat < 0) continue;
        Light4 sum;
        float total = 0;
        for (int k = 0; k < 25; k++) {
          int a = x + (k % 5 - 2) * step, b = y + (k / 5 - 2) * step;
          if (a < 0 || b < 0 || a >= in.width || b >= in.height) continue;
          size_t j = size_t(b) * in.width + a;
          if (guide[j].mat != guide[i].mat) continue;
          float alike = std::max(dot(guide[i].normal, guide[j].normal), 0.0f);
          float w =
              tap[std::abs(k % 5 - 2)] * tap[std::abs(k / 5 - 2)] * std::pow(alike, 12.0f) + 1e-7f;
          sum += in.light[j] * w;
          total += w;
        }
        out.light[i] = sum * (1 / total);
      }
    });
    in = std::move(out);
  }
  return in;
}
