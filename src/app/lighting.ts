import { everyNth } from '../core/image/everyNth.ts';
import { looksWellLit } from '../core/methods/lighting.ts';
import type { StoredCase } from '../storage/records.ts';
import type { AppContext } from './context.ts';
import type { CaseView } from './model.ts';

/** Longer side that is looked at: averages of averages do not need every pixel of a photograph. */
const LOOKED_AT = 512;

/** How well a case's input is lit; null with a ground truth, and until the input was decoded once. */
export function lightingOf(
  { lighting, pictures }: Pick<AppContext, 'lighting' | 'pictures'>,
  { input, gt }: StoredCase,
): CaseView['lighting'] {
  if (input === null || gt !== null) return null;
  const known = lighting.get(input.sha256);
  if (known !== undefined) return known;
  const decoded = pictures.peek(input.sha256);
  if (decoded === null) return null;
  const found = looksWellLit(everyNth(decoded.pixels, LOOKED_AT)) ? 'well-lit' : 'dark';
  lighting.set(input.sha256, found);
  return found;
}
