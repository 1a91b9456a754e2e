// A picture's worth of light, and work shared out by rows.
#pragma once
#include <atomic>
#include <thread>
#include <vector>

#include "light.h"

/** Light in every group, with a coverage (sitter) or a distance (room) for each pixel. */
struct Layer {
  int width, height;
  std::vector<Light4> light;
  std::vector<float> extra;
  Layer(int w, int h) : width(w), height(h), light(size_t(w) * h), extra(size_t(w) * h, 0) {}
};

/** Calls job(row) for every row; rows are handed out one at a time because they differ in cost. */
template <class Job>
void eachRow(int rows, int threads, Job job) {
  std::atomic<int> next{0};
  std::vector<std::thread> pool;
  for (int w = 0; w < threads; w++) {
    pool.emplace_back([&] {
      for (int y = next++; y < rows; y = next++) job(y);
    });
  }
  for (std::thread& t : pool) t.join();
}
