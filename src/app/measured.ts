import { cropGrey, cropPicture } from '../core/image/crop.ts';
import { binariseMask, greyFromRgba } from '../core/image/mask.ts';
import type { BinaryMask, Gray8 } from '../core/image/types.ts';
import type { DecodedPicture } from '../protocol/codec.ts';
import type { PairJob } from '../protocol/engine.ts';
import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { pictureOf, titleOf } from './cases.ts';
import type { AppContext } from './context.ts';
import { onCpu } from './device.ts';
import type { Role } from './model.ts';
import { fileKindOf, shownOutput } from './outputs.ts';
import type { MeasuredFiles } from './resultKeys.ts';
import { sentenceOf } from './sentences.ts';
import { partsOf } from './shifted.ts';

/** What is compared with the ground truth. */
export type Measured = 'output' | 'input';

/** A failure while measuring, already a sentence for the screen. */
export class MeasureFailure extends Error {}

const sizeOf = ({ width, height }: StoredPicture): string => `${width}×${height}`;

/**
 * Why output and ground truth cannot be compared though both are there: an upscaled output, or a shift that
 * was accepted before another ground truth came.
 */
export function sizesDiffer(record: StoredCase): string | null {
  const output = shownOutput(record)?.picture;
  const { gt } = record;
  if (output === undefined || gt === null) return null;
  const shift = shownOutput(record)?.shift;
  if (shift !== undefined) {
    if (partsOf(record) !== null) return null;
    return `Under the shift (${shift.dx}, ${shift.dy}) “${output.name}” and the ground truth “${gt.name}” have nothing in common, so there are no numbers. Compare them as they are.`;
  }
  if (sizeOf(output) === sizeOf(gt)) return null;
  return `“${output.name}” (${sizeOf(output)}) and the ground truth “${gt.name}” (${sizeOf(gt)}) are not of one size, so there are no numbers. Use a ground truth of ${sizeOf(output)}.`;
}

/** The files whose numbers a case shows; null where there is nothing to compare. */
export function filesOf(record: StoredCase, measured: Measured): MeasuredFiles | null {
  const picture = pictureOf(record, measured);
  if (picture === null || record.gt === null) return null;
  const shift = shownOutput(record)?.shift;
  // Where the output is compared under a shift, the input has nothing to stand beside it.
  if (shift !== undefined && measured === 'input') return null;
  if (shift === undefined && sizeOf(picture) !== sizeOf(record.gt)) return null;
  if (shift !== undefined && partsOf(record) === null) return null;
  return {
    output: picture.sha256,
    groundTruth: record.gt.sha256,
    mask: record.mask?.sha256 ?? null,
    ...(shift === undefined ? {} : { shift: { dx: shift.dx, dy: shift.dy } }),
  };
}

/** @throws {MeasureFailure} */
export async function loadRole(
  context: AppContext,
  record: StoredCase,
  role: Role,
): Promise<DecodedPicture> {
  const picture = pictureOf(record, role);
  if (picture === null) throw new MeasureFailure(`Case ${titleOf(record)} has changed.`);
  const output = role === 'output' ? shownOutput(record) : null;
  const kind = output === null ? 'picture' : fileKindOf(output);
  const loaded = await context.pictures.load(kind, picture);
  if (!loaded.ok) throw new MeasureFailure(sentenceOf(loaded.error, picture.name));
  return loaded.value;
}

/** A soft mask as it was read. @throws {MeasureFailure} */
export async function loadGrey(context: AppContext, picture: StoredPicture): Promise<Gray8> {
  const loaded = await context.pictures.load('picture', picture);
  if (!loaded.ok) throw new MeasureFailure(sentenceOf(loaded.error, picture.name));
  return greyFromRgba(loaded.value.pixels);
}

/** The person mask at the size of the case's pictures; null where the case has none. */
export async function loadMask(
  context: AppContext,
  record: StoredCase,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<BinaryMask | null> {
  if (record.mask === null) return null;
  return binariseMask(await loadGrey(context, record.mask), width, height);
}

/** The person where output and ground truth are compared; null where the case has no mask. */
export async function loadPairMask(
  context: AppContext,
  record: StoredCase,
  measured: Measured,
): Promise<BinaryMask | null> {
  if (record.gt === null) return null;
  const mask = await loadMask(context, record, record.gt);
  const parts = measured === 'output' ? partsOf(record) : null;
  return mask && parts ? cropGrey(mask, parts.truth) : mask;
}

/** Both pictures for the engine, and whether the CPU must measure. @throws {MeasureFailure} */
export async function loadPair(
  context: AppContext,
  record: StoredCase,
  measured: Measured,
): Promise<Omit<PairJob, 'jobId'>> {
  const groundTruth = await loadRole(context, record, 'gt');
  const output = await loadRole(context, record, measured);
  const common = {
    fileName: pictureOf(record, measured)?.name ?? titleOf(record),
    onCpu: onCpu(context),
  };
  const parts = measured === 'output' ? partsOf(record) : null;
  if (parts !== null) {
    // Parts have no address: on the device only whole pictures are found again.
    return {
      ...common,
      output: cropPicture(output.pixels, parts.output),
      groundTruth: cropPicture(groundTruth.pixels, parts.truth),
    };
  }
  return {
    ...common,
    output: output.pixels,
    groundTruth: groundTruth.pixels,
    addresses: { output: output.sha256, groundTruth: groundTruth.sha256 },
  };
}
