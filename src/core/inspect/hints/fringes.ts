import { labFromRgb } from '../../colour/lab.ts';
import { lumaPlane } from '../../colour/luma.ts';
import type { BinaryMask, Plane, Rgba8 } from '../../image/types.ts';
import { chessboardDistance } from '../../metrics/boundaryBand.ts';
import { atPixel } from '../../metrics/perPixel.ts';
import { blockMeans, greatest, placeOf } from './blocks.ts';
import { referenceOf } from './reference.ts';
import { hueAngle } from './skin.ts';
import type { Finding, Hint, HintPictures } from './types.ts';

/** Change of luma over two pixels, across plus down, from which an edge is strong. */
const STRONG = 80;
/** Pixels to either side of a strong edge that a fringe may cover. */
const REACH = 2;
const LEAST_PIXELS = 200;
const LEAST_CHROMA = 20;
/** CIELAB hue of blue-violet to magenta, in degrees. */
const [HUE_FROM, HUE_TO] = [-65, -15];
const SIDE = 64;

/** What lies within reach of a strong edge. */
function edgeZone(picture: Rgba8): BinaryMask {
  const { width, height, data } = lumaPlane(picture);
  const edges = new Uint8Array(width * height);
  for (let y = 1; y < height - 1; y += 1) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i += 1) {
      const across = Math.abs((data[i + 1] ?? 0) - (data[i - 1] ?? 0));
      const down = Math.abs((data[i + width] ?? 0) - (data[i - width] ?? 0));
      if (across + down >= STRONG) edges[i] = 1;
    }
  }
  const distance = chessboardDistance({ width, height, data: edges }, 1);
  return { width, height, data: Uint8Array.from(distance, (d) => (d <= REACH ? 1 : 0)) };
}

/** 1 where a pixel of the zone is purple. */
function purpleIn(picture: Rgba8, zone: BinaryMask): Plane {
  const data = Float64Array.from(zone.data, (bit, i) => {
    if (bit !== 1) return 0;
    const lab = atPixel(picture, i, labFromRgb);
    const hue = hueAngle(lab);
    return Math.hypot(lab.a, lab.b) >= LEAST_CHROMA && hue >= HUE_FROM && hue <= HUE_TO ? 1 : 0;
  });
  return { width: zone.width, height: zone.height, data };
}

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

function measure(pictures: HintPictures): Finding | null {
  const { output } = pictures;
  const zone = edgeZone(output);
  const pixels = zone.data.reduce((count, bit) => count + bit, 0);
  if (pixels < LEAST_PIXELS) return null;
  const purple = purpleIn(output, zone);
  const share = (plane: Plane) => (100 * sum(plane.data)) / pixels;
  const reference = referenceOf(pictures);
  const after = share(purple);
  const before = reference === null ? 0 : share(purpleIn(reference.picture, zone));
  const blocks = blockMeans(purple, null, SIDE, 0);
  const most = greatest(blocks, (block) => block.mean * block.pixels);
  if (most === null) return null;
  return {
    value: after - before,
    against: reference?.against ?? null,
    numbers: [
      { title: 'Purple at strong edges, output', value: after, unit: '%' },
      ...(reference ? [{ title: 'The same in the reference', value: before, unit: '%' }] : []),
      { title: 'Pixels at strong edges', value: pixels, unit: 'px' },
    ],
    place: placeOf(most),
  };
}

export const fringes: Hint = {
  id: 'purple-fringes',
  title: 'Purple fringes',
  unit: '%',
  digits: 1,
  definition:
    'Share of the pixels within 2 of the output’s strong edges (luma changes by 80 levels or more over two ' +
    'pixels) that are purple: CIELAB chroma 20 or more, hue −65° to −15°; less the share in the ground ' +
    'truth or the input at the same places, where there is one.',
  shown: { when: 'above', threshold: 2 },
  needs: { reference: 'none', mask: false, seams: false },
  measure,
};
