// Light that enters skin leaves it a little way off, red farther than green and blue: the
// irradiance of skin pixels is spread over their neighbours on the surface.
#pragma once
#include "smooth.h"

/**
 * Spreads `in` (irradiance on skin) with the normalised diffusion profile of Christensen and Burley
 * (2015) around every skin pixel; distances are measured in space, from the guide's depth.
 * `scale` is pixels per decimetre, `reach` the profile's width per channel in decimetres.
 */
inline Layer spreadInSkin(const Layer& in, const std::vector<Guide>& guide, float scale, Vec reach,
                          int threads) {
  constexpr int kTaps = 144;
  const float widest = maxOf(reach) * 7;
  Layer out(in.width, in.height);
  eachRow(in.height, threads, [&](int y) {
    for (int x = 0; x < in.width; x++) {
      size_t i = size_t(y) * in.width + x;
      if (guide[i].mat != kSkin) continue;
      Light4 sum;
      Vec total{1e-9f, 1e-9f, 1e-9f};
      for (int k = 0; k < kTaps; k++) {
        float share = (k + 0.5f) / kTaps, radius = widest * share * share, angle = k * 2.399963f;
        int a = x + int(std::lround(std::cos(angle) * radius * scale));
        int b = y + int(std::lround(std::sin(angle) * radius * scale));
        if (a < 0 || b < 0 || a >= in.width || b >= in.height) continue;
        size_t j = size_t(b) * in.width + a;
        if (guide[j].mat != kSkin) continue;
        float depth = guide[j].depth - guide[i].depth,
              r = std::sqrt(radius * radius + depth * depth);
        // The profile falls as 1/r and a tap stands for an area of radius * d(radius): share^3 / r.
        float area = share * share * share / std::max(r, 1e-5f);
        auto profile = [&](float d) {
          return (std::exp(-r / d) + std::exp(-r / (3 * d))) / d * area;
        };
        Vec w{profile(reach.x), profile(reach.y), profile(reach.z)};
        sum += in.light[j] * w;
        total += w;
      }
      Vec one{1 / total.x, 1 / total.y, 1 / total.z};
      out.light[i] = sum * one;
    }
  });
  return out;
}
