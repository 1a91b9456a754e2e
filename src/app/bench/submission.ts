import type { SetCase } from '../../core/dataset/survey.ts';
import type { BenchContext } from './context.ts';
import type { SubmissionReport } from './model.ts';
import {
  decodeOwnOrThrow,
  eachSubmitted,
  error,
  finished,
  type Listed,
  listArchive,
  listOutputs,
} from './submitted.ts';

const sizeText = ([width, height]: readonly [number, number]) => `${width}×${height}`;

/** What size the output of a case must have: its input's, or its ground truth's. */
async function wantedSize(
  context: BenchContext,
  { input, gt }: SetCase,
): Promise<readonly [number, number]> {
  const id = gt ?? input ?? '';
  const known = context.files.get(id)?.record.size ?? null;
  if (known !== null) return known;
  const { width, height } = (await decodeOwnOrThrow(context, id)).pixels;
  return [width, height];
}

/** What is wrong with the list is followed by what is wrong with the files. */
async function checkListed(context: BenchContext, listed: Listed): Promise<SubmissionReport> {
  const { byCase, findings } = listed;
  await eachSubmitted(context, listed, 'Checking', async (entry, path) => {
    const read = await listed.read(path);
    if (!read.ok) {
      findings.push(error(read.error.message));
      return;
    }
    const { width, height } = read.value.pixels;
    const wanted = await wantedSize(context, entry);
    if (width === wanted[0] && height === wanted[1]) return;
    findings.push(
      error(
        `${path} is ${width}×${height} pixels and must be ${sizeText(wanted)}: outputs must not be rescaled or cropped.`,
      ),
    );
  });
  return finished(findings, `${byCase.size} outputs are complete, readable and of the right size.`);
}

/**
 * Checks a submission against the set without looking at quality: every case once, readable, of
 * exactly the right size, under names that the scoring program takes for the same cases.
 * @throws {BadInput} where the archive itself cannot be read
 */
export async function checkSubmission(
  context: BenchContext,
  archive: File,
): Promise<SubmissionReport> {
  return checkListed(context, await listArchive(context, archive));
}

/** The same for a method of the set, before its outputs become a submission. */
export function checkOutputs(context: BenchContext, method: string): Promise<SubmissionReport> {
  return checkListed(context, listOutputs(context, method));
}
