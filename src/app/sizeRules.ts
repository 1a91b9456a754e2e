import type { StoredPicture } from '../storage/records.ts';
import type { Role } from './model.ts';

type Named = Pick<StoredPicture, 'name' | 'width' | 'height'>;

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  input: 'input',
  output: 'output',
  gt: 'ground truth',
  mask: 'mask',
};

/** How a role is called in a sentence. */
export const roleName = (role: Role): string => ROLE_NAMES[role];

const sizeOf = ({ width, height }: Named): string => `${width}×${height}`;

/** Same aspect ratio, the smaller picture's sides being rounded to whole pixels. */
export function sameAspect(a: Named, b: Named): boolean {
  const [small, large] = a.width * a.height <= b.width * b.height ? [a, b] : [b, a];
  return (
    Math.abs(small.height - (large.height * small.width) / large.width) <= 1 ||
    Math.abs(small.width - (large.width * small.height) / large.height) <= 1
  );
}

export type Fit =
  | { readonly fits: true; readonly remark: string | null }
  | { readonly fits: false; readonly reason: string };

/** Networks that enlarge do so by these factors. */
const SCALES = [2, 3, 4];

/** How many times larger a picture is than another one; null where it is not that exactly. */
function scaleOf(large: Named, small: Named): number | null {
  const fits = (scale: number) =>
    large.width === scale * small.width && large.height === scale * small.height;
  return SCALES.find(fits) ?? null;
}

/** Of an input that is enlarged, output and ground truth are 2, 3 or 4 times as large. */
function enlargement(role: Role, picture: Named, reference: Named, other: Role): number | null {
  if (role === 'input') return scaleOf(reference, picture);
  if (other === 'input') return scaleOf(picture, reference);
  return scaleOf(picture, reference) ?? scaleOf(reference, picture);
}

/**
 * Whether a picture can join the pictures of a case, and what the user should know about it.
 * Everything is compared pixel by pixel, so sizes must be equal; only a mask may be of another size
 * with the same aspect ratio, as in the organisers' program, and outputs and ground truths of networks
 * that enlarge are larger than their inputs.
 * @param reference the case's picture whose size counts: the input where there is one
 */
export function fitInto(role: Role, picture: Named, reference: Named, referenceRole: Role): Fit {
  if (picture.width === reference.width && picture.height === reference.height) {
    return { fits: true, remark: null };
  }
  const subject = `“${picture.name}” (${sizeOf(picture)})`;
  const other = `“${reference.name}” (${sizeOf(reference)})`;
  const masked = role === 'mask' || referenceRole === 'mask';
  const scale = masked ? null : enlargement(role, picture, reference, referenceRole);
  if (scale !== null) {
    return {
      fits: true,
      remark: `${subject} and ${other} differ in size by the factor ${scale}: only pictures of one size are compared.`,
    };
  }
  if (masked && sameAspect(picture, reference)) {
    const mask = role === 'mask' ? subject : other;
    const shown = role === 'mask' ? other : subject;
    return {
      fits: true,
      remark: `The mask ${mask} is not of the size of ${shown}: it is scaled to it by nearest neighbour, as the challenge’s scoring program does.`,
    };
  }
  const remedy = masked
    ? `Use a mask of ${sizeOf(role === 'mask' ? reference : picture)} or of the same aspect ratio.`
    : `Use a file of ${sizeOf(reference)}.`;
  return {
    fits: false,
    reason: `${subject} does not fit: it has another size than the ${roleName(referenceRole)} ${other}, and the pictures of a case are compared pixel by pixel. ${remedy}`,
  };
}
