import { areaThumbnail } from '../core/image/thumbnail.ts';
import type { Rgba8 } from '../core/image/types.ts';
import { blendTile, scaleTile } from '../models/blend.ts';
import { packMask, packPlanes, packTensor } from '../models/pack.ts';
import type { Feeds, RestorationSession } from '../models/session.ts';
import type { TensorData } from '../models/tensor.ts';
import type { Tile } from '../models/tiling.ts';
import type { ImageContract } from './imageContract.ts';
import type { Subject, TileRunner } from './tileRunner.ts';

/** The whole picture as the network's thumbnail input, in the format of its picture input. */
export function packThumbnail(
  { input, thumbnail }: ImageContract,
  picture: Rgba8,
): TensorData | null {
  if (!thumbnail) return null;
  const [rows, columns] = thumbnail.size;
  return { cpu: packPlanes(areaThumbnail(picture, columns, rows), input) };
}

/** What a tile's run is fed with, packed on the CPU. */
export function packFeeds(
  contract: ImageContract,
  { picture, mask }: Subject,
  tile: Tile,
  thumbnail: TensorData | null,
): Feeds {
  const { input, mask: seen } = contract;
  const { width, height } = tile;
  const copies = input.copies ?? 1;
  const options = seen?.kind === 'channel' ? { copies, mask } : { copies };
  return {
    picture: { cpu: packTensor(picture, tile, input, options) },
    width,
    height,
    thumbnail,
    mask: seen?.kind === 'tensor' ? { cpu: packMask(picture, tile, seen, mask) } : null,
  };
}

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
