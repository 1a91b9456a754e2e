// render <scene> <out.raw> <width> <height> <edge> <light> <room> <threads>
// Writes float32 little endian, 13 numbers a pixel: RGB for soft flash, bare flash, lamps and
// window, then the sitter's coverage. render.mjs turns that into the two photographs and the mask.
#include <cstdio>
#include <cstdlib>

#include "people.h"
#include "picture.h"
#include "rooms.h"

static bool writeRaw(const char* path, const Layer& sitter, const Layer& room) {
  std::FILE* file = std::fopen(path, "wb");
  if (!file) return false;
  bool ok = true;
  for (int y = 0; y < sitter.height; y++) {
    for (int x = 0; x < sitter.width; x++) {
      size_t i = size_t(y) * sitter.width + x;
      Light4 px = halfSize(room, x, y) * (1 - sitter.extra[i]);
      px += sitter.light[i];
      float row[13];
      for (int g = 0; g < kGroups; g++) {
        row[g * 3] = px.g[g].x;
        row[g * 3 + 1] = px.g[g].y;
        row[g * 3 + 2] = px.g[g].z;
      }
      row[12] = sitter.extra[i];
      ok = ok && std::fwrite(row, sizeof row, 1, file) == 1;
    }
  }
  return std::fclose(file) == 0 && ok;
}

int main(int argc, char** argv) {
  if (argc != 9) {
    std::fprintf(
        stderr,
        "usage: render <scene> <out.raw> <width> <height> <edge> <light> <room> <threads>\n");
    return 2;
  }
  int w = std::atoi(argv[3]), h = std::atoi(argv[4]);
  Quality q{std::atoi(argv[5]), std::atoi(argv[6]), std::atoi(argv[7]), std::atoi(argv[8])};
  Figure figure(makePerson(argv[1]));
  Field field(figure, q.threads);
  Scene scene = makeScene(argv[1]);
  Layer sitter = renderSitter(scene, figure, field, w, h, q);
  Layer room = defocus(scene, renderRoom(scene, figure, field, w / 2, h / 2, q), q.threads);
  if (!writeRaw(argv[2], sitter, room)) {
    std::fprintf(stderr, "cannot write %s\n", argv[2]);
    return 1;
  }
  return 0;
}
