import type { Gray8 } from '../core/image/types.ts';
import type { Result } from '../protocol/result.ts';
import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { keepFile } from './attach.ts';
import { titleOf } from './cases.ts';
import type { AppContext } from './context.ts';
import type { MaskTarget } from './model.ts';
import { storedPictureOf } from './pictures.ts';

/** Ends of the names by which files are known as masks. */
const SUFFIXES: Readonly<Record<MaskTarget, string>> = {
  person: 'mask',
  hair: 'hairmask',
  skin: 'skinmask',
  'face-skin': 'skinmaskface',
  sky: 'skymask',
};

/** E.g. "001_mask.png": a file of this name is taken for that mask of that case again. */
export function maskName(record: StoredCase, target: MaskTarget): string {
  return `${titleOf(record)}_${SUFFIXES[target]}.png`;
}

/** A mask of a case; null where it has none. */
export function maskIn(record: StoredCase, target: MaskTarget): StoredPicture | null {
  return target === 'person' ? record.mask : (record.regionMasks[target] ?? null);
}

/** What changes in a case when this becomes its mask. */
export function withMask(
  record: StoredCase,
  target: MaskTarget,
  mask: StoredPicture | null,
): Partial<StoredCase> {
  if (target === 'person') return { mask };
  const { [target]: _, ...others } = record.regionMasks;
  return { regionMasks: mask === null ? others : { ...others, [target]: mask } };
}

/** Writes levels as a grey PNG and keeps it like a file of the user's. */
export async function keepMaskFile(
  context: AppContext,
  mask: Gray8,
  name: string,
  origin: NonNullable<StoredPicture['origin']>,
): Promise<Result<StoredPicture>> {
  const png = await context.codec.call((api) => api.encodeGrey(mask));
  if (!png.ok) return png;
  const decoded = await context.codec.call((api) => api.decode(png.value, name));
  if (!decoded.ok) return decoded;
  const picture: StoredPicture = {
    ...storedPictureOf(context.pictures.adopt(decoded.value), name, png.value.size),
    origin,
  };
  await keepFile(context, new File([png.value], name, { type: 'image/png' }), picture);
  return { ok: true, value: picture };
}
