import type { BinaryMask } from '../image/types.ts';

/** A rectangle of whole pixels; `x` and `y` are its top left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels that the RAIM 2026 scoring program adds around the person on every side. */
export const LPIPS_PADDING = 8;

/** Least input side of a convolution or pooling layer that gives `outputs` values along that side. */
function leastInput(outputs: number, kernel: number, stride: number, padding: number): number {
  return (outputs - 1) * stride + kernel - 2 * padding;
}

/**
 * Least side of a crop for which AlexNet has features: its second pooling layer (3, stride 2) must
 * give one value, so the first one must give 3, so the first convolution (11, stride 4, padding 2)
 * must give 7: 31 pixels. The layers between keep the size.
 */
export const LPIPS_MIN_SIDE = leastInput(leastInput(leastInput(1, 3, 2, 0), 3, 2, 0), 11, 4, 2);

/** The smallest box with every pixel of the mask in it; null where the mask is empty. */
function boundingBox({ width, data }: BinaryMask): Box | null {
  const first = data.indexOf(1);
  if (first < 0) return null;
  let left = width;
  let right = 0;
  for (let i = first; i >= 0; i = data.indexOf(1, i + 1)) {
    const column = i % width;
    if (column < left) left = column;
    if (column > right) right = column;
  }
  const top = Math.floor(first / width);
  const bottom = Math.floor(data.lastIndexOf(1) / width);
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * The part of a picture that a metric of the person is measured on: the mask's bounding box, `padding`
 * pixels wider on every side, clamped to the picture; the whole picture without a mask. All pictures
 * are cropped and none is masked.
 * Source: scoring program of NTIRE 2026 RAIM, track 3, which measures LPIPS with a padding of 8.
 * @param mask of the picture's size
 * @returns null where the mask is empty: there is no value
 */
export function personCrop(
  width: number,
  height: number,
  mask: BinaryMask | null,
  padding: number,
): Box | null {
  if (mask === null) return { x: 0, y: 0, width, height };
  const box = boundingBox(mask);
  if (box === null) return null;
  const x = Math.max(0, box.x - padding);
  const y = Math.max(0, box.y - padding);
  const right = Math.min(width, box.x + box.width + padding);
  const bottom = Math.min(height, box.y + box.height + padding);
  return { x, y, width: right - x, height: bottom - y };
}
