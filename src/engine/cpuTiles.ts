import { areaThumbnail } from '../core/image/thumbnail.ts';
import type { Rgba8 } from '../core/image/types.ts';
import { blendTile } from '../models/blend.ts';
import { packTile } from '../models/pack.ts';
import type { Planes, RestorationSession } from '../models/session.ts';
import type { ModelEntry } from '../protocol/engine.ts';
import type { TileRunner } from './tileRunner.ts';

/** Tiles through a WASM session, packed and blended by the CPU twins of the shaders. */
export function makeCpuTiles(
  session: RestorationSession,
  entry: ModelEntry,
  picture: Rgba8,
): TileRunner {
  const { width, height } = picture;
  const pixels: Rgba8 = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  const faults = { notANumber: 0 };
  let thumbnail: Planes | null = null;
  if (entry.thumbnail) {
    const [rows, columns] = entry.thumbnail.size;
    thumbnail = { cpu: areaThumbnail(picture, columns, rows) };
  }
  return {
    async runTile(tile) {
      const planes = { cpu: packTile(picture, tile) };
      const { output, release } = await session.run(planes, tile.width, tile.height, thumbnail);
      if (!('cpu' in output)) throw new Error('a WASM session gave a GPU buffer');
      blendTile(pixels, tile, output.cpu, faults);
      release();
    },
    finish: async () => ({ pixels, notANumber: faults.notANumber }),
    dispose() {},
  };
}
