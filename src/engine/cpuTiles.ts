import type { Rgba8 } from '../core/image/types.ts';
import { blendTile, scaleTile } from '../models/blend.ts';
import type { RestorationSession } from '../models/session.ts';
import { packFeeds, packThumbnail } from './feeds.ts';
import type { ImageContract } from './imageContract.ts';
import type { Subject, TileRunner } from './tileRunner.ts';

/** Tiles through a WASM session, packed and blended by the CPU twins of the shaders. */
export function makeCpuTiles(
  session: RestorationSession,
  contract: ImageContract,
  subject: Subject,
): TileRunner {
  const { output: format } = contract;
  const width = subject.picture.width * format.scale;
  const height = subject.picture.height * format.scale;
  const pixels: Rgba8 = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  const faults = { notANumber: 0, outOfRange: 0 };
  const thumbnail = packThumbnail(contract, subject.picture);
  return {
    async runTile(tile) {
      const feeds = packFeeds(contract, subject, tile, thumbnail);
      const { output, release } = await session.run(feeds);
      if (!('cpu' in output)) throw new Error('a WASM session gave a GPU buffer');
      blendTile(pixels, scaleTile(tile, format.scale), output.cpu, faults, format);
      release();
    },
    finish: async () => ({ pixels, faults, buffer: null }),
    dispose() {},
  };
}
