import type { OverlayRegion } from '../../app/model.ts';
import { regionTitle } from '../../app/regions.ts';

/** What a region of the overlay is called. @param radius of the band along the edge, in pixels */
export function overlayTitle(region: OverlayRegion, radius: number): string {
  if (region === 'person') return 'Person';
  if (region === 'background') return 'Background';
  return region === 'boundary' ? `Edge ±${radius} px` : regionTitle(region);
}
