import { reflectIndex } from '../core/image/reflect.ts';
import type { Rgba8 } from '../core/image/types.ts';
import type { Tile } from './tiling.ts';

/**
 * A tile as the network reads it: planar RGB, shape [3, height, width], values in [0, 1]. Pixels
 * beyond the picture are reflected (or replicated where a side is too short). CPU twin of the GPU's
 * pack pass.
 */
export function packTile(picture: Rgba8, tile: Tile): Float32Array<ArrayBuffer> {
  const { x, y, width, height } = tile;
  const plane = width * height;
  const packed = new Float32Array(3 * plane);
  const columns = Int32Array.from({ length: width }, (_, i) => reflectIndex(x + i, picture.width));
  for (let row = 0; row < height; row++) {
    const line = reflectIndex(y + row, picture.height) * picture.width;
    for (let column = 0; column < width; column++) {
      const from = (line + (columns[column] ?? 0)) * 4;
      const to = row * width + column;
      packed[to] = (picture.data[from] ?? 0) / 255;
      packed[plane + to] = (picture.data[from + 1] ?? 0) / 255;
      packed[2 * plane + to] = (picture.data[from + 2] ?? 0) / 255;
    }
  }
  return packed;
}
