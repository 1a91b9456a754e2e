import type { Rgba8 } from '../core/image/types.ts';

/** Sets alpha to 255 in place, the colours stay. @returns whether any pixel was less than opaque */
export function makeOpaque({ data }: Rgba8): boolean {
  let changed = false;
  for (let i = 3; i < data.length; i += 4) {
    changed ||= data[i] !== 255;
    data[i] = 255;
  }
  return changed;
}
