import { binariseMask } from '../../core/image/mask.ts';
import type { Gray8 } from '../../core/image/types.ts';
import { boundaryBand } from '../../core/metrics/boundaryBand.ts';
import type { MaskPart } from '../../protocol/codec.ts';

/** The mask of a part of the picture: soft where the mask is, but for the band along its edge. */
export function partOf(mask: Gray8, part: MaskPart): Gray8 {
  const { width, height } = mask;
  if (part.kind === 'inside') return mask;
  if (part.kind === 'outside') {
    return { width, height, data: mask.data.map((level) => 255 - level) };
  }
  const band = boundaryBand(binariseMask(mask, width, height), part.radius);
  return { width, height, data: band.data.map((bit) => 255 * bit) };
}
