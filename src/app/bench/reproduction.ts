import { proxy } from 'comlink';
import { BadInput } from '../../core/badInput.ts';
import type { SetCase } from '../../core/dataset/survey.ts';
import { binariseMask, greyFromRgba } from '../../core/image/mask.ts';
import type { Rgba8 } from '../../core/image/types.ts';
import { methodRef, methodTitle } from '../methodRef.ts';
import type { MethodId } from '../modelsModel.ts';
import type { BenchContext } from './context.ts';
import type { SubmissionReport } from './model.ts';
import {
  decodeOwnOrThrow,
  eachSubmitted,
  error,
  finished,
  listArchive,
  valueOrThrow,
} from './submitted.ts';

/** Largest and root-mean-square difference in 8-bit levels. */
function difference(a: Rgba8, b: Rgba8): { readonly largest: number; readonly rms: number } {
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    for (let channel = 0; channel < 3; channel += 1) {
      const step = Math.abs((a.data[i + channel] ?? 0) - (b.data[i + channel] ?? 0));
      largest = Math.max(largest, step);
      sum += step * step;
    }
  }
  return { largest, rms: Math.sqrt(sum / ((a.data.length / 4) * 3)) };
}

/**
 * Rounding between providers and PNG's 8 bits stay below this; a lossy file or another model does
 * not. In levels of 255.
 */
const SAME_RMS = 1;

async function reproduce(context: BenchContext, entry: SetCase, method: MethodId): Promise<Rgba8> {
  const { app } = context;
  const ref = methodRef(app, method);
  if (ref === null) throw new BadInput(`There is no method “${method}” any more.`);
  const input = await decodeOwnOrThrow(context, entry.input ?? '');
  const mask = entry.mask === null ? null : await decodeOwnOrThrow(context, entry.mask);
  const { width, height } = input.pixels;
  const outcome = valueOrThrow(
    await app.engine.call((api) =>
      api.restore(
        {
          jobId: `reproduce ${entry.id}`,
          fileName: entry.title,
          method: ref,
          pixels: input.pixels,
          mask: mask && {
            pixels: binariseMask(greyFromRgba(mask.pixels), width, height),
            sha256: mask.sha256,
          },
        },
        proxy(() => undefined),
      ),
    ),
  );
  return outcome.pixels;
}

/**
 * Runs the submitted model on the set's inputs and holds the submitted outputs against what it gives.
 * @throws {BadInput} where the archive or the model cannot be used
 */
export async function checkReproduction(
  context: BenchContext,
  archive: File,
  method: MethodId,
): Promise<SubmissionReport> {
  const listed = await listArchive(context, archive);
  const { findings } = listed;
  const title = methodTitle(context.app, method);
  let worst = { largest: 0, rms: 0 };
  let same = 0;
  let checked = 0;
  await eachSubmitted(context, listed, 'Reproducing', async (entry, path) => {
    if (entry.input === null) return;
    checked += 1;
    const read = await listed.read(path);
    if (!read.ok) {
      findings.push(error(read.error.message));
      return;
    }
    const here = await reproduce(context, entry, method);
    const { pixels } = read.value;
    if (here.width !== pixels.width || here.height !== pixels.height) {
      findings.push(error(`${path} is not of the size that the model gives.`));
      return;
    }
    const found = difference(here, pixels);
    if (found.rms > worst.rms) worst = found;
    if (found.rms <= SAME_RMS) same += 1;
    else {
      findings.push(
        error(
          `${path} is ${found.rms.toFixed(2)} levels (root mean square; at most ${found.largest}) from what ${title} gives here.`,
        ),
      );
    }
  });
  if (checked === 0) {
    findings.push(error('There is no input in the set that the model could be run on.'));
  }
  return finished(
    findings,
    `${same} of ${checked} outputs are what ${title} gives here, within ${worst.rms.toFixed(2)} levels (root mean square; at most ${worst.largest}).`,
  );
}
