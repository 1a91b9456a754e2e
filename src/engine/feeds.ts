import { areaThumbnail } from '../core/image/thumbnail.ts';
import type { Rgba8 } from '../core/image/types.ts';
import { packMask, packPlanes, packTensor } from '../models/pack.ts';
import type { Feeds } from '../models/session.ts';
import type { TensorData } from '../models/tensor.ts';
import { regionOf, type Tile, WHOLE } from '../models/tiling.ts';
import type { ModelContract } from '../protocol/models.ts';
import { givesImage } from './imageContract.ts';
import type { Subject } from './tileRunner.ts';

/** The whole picture as the network's thumbnail input, in the format of its picture input. */
export function packThumbnail(
  { input, thumbnail }: Pick<ModelContract, 'input' | 'thumbnail'>,
  picture: Rgba8,
): TensorData | null {
  if (!thumbnail) return null;
  const [rows, columns] = thumbnail.size;
  return { cpu: packPlanes(areaThumbnail(picture, columns, rows), input) };
}

/** What a tile's run is fed with, packed on the CPU. */
export function packFeeds(
  { input, mask: seen }: ModelContract,
  { picture, mask }: Subject,
  tile: Pick<Tile, 'x' | 'y' | 'width' | 'height'>,
  thumbnail: TensorData | null,
): Feeds {
  const { width, height } = tile;
  const copies = input.copies ?? 1;
  const options = seen?.kind === 'channel' ? { copies, mask } : { copies };
  return {
    picture: { cpu: packTensor(picture, tile, input, options) },
    width,
    height,
    thumbnail,
    region: regionOf(tile, picture),
    mask: seen?.kind === 'tensor' ? { cpu: packMask(picture, tile, seen, mask) } : null,
  };
}

/** The whole picture squashed to the network's fixed size: for networks that give a LUT or a grid. */
function squashedFeeds(contract: ModelContract, { picture }: Subject): Feeds {
  const { input } = contract;
  const [height, width] = input.fixedSize ?? [picture.height, picture.width];
  const planes = areaThumbnail(picture, width, height);
  return {
    picture: { cpu: packPlanes(planes, input) },
    width,
    height,
    thumbnail: packThumbnail(contract, picture),
    region: WHOLE,
    mask: null,
  };
}

/** What one run over a small picture is fed with. */
export function feedsFor(contract: ModelContract, subject: Subject): Feeds {
  if (!givesImage(contract)) return squashedFeeds(contract, subject);
  const { input } = contract;
  const up = (side: number) =>
    Math.ceil(Math.max(side, input.minSize) / input.sizeMultiple) * input.sizeMultiple;
  const [height, width] = input.fixedSize ?? [
    up(subject.picture.height),
    up(subject.picture.width),
  ];
  const thumbnail = packThumbnail(contract, subject.picture);
  return packFeeds(contract, subject, { x: 0, y: 0, width, height }, thumbnail);
}
