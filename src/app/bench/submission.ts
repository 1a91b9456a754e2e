import { proxy } from 'comlink';
import { BadInput } from '../../core/badInput.ts';
import { imageId, isPicturePath, stemOf } from '../../core/dataset/ids.ts';
import { listNames } from '../../core/dataset/pairing.ts';
import type { SetCase } from '../../core/dataset/survey.ts';
import { binariseMask, greyFromRgba } from '../../core/image/mask.ts';
import type { Rgba8 } from '../../core/image/types.ts';
import type { DecodedPixels } from '../../protocol/codec.ts';
import type { Result } from '../../protocol/result.ts';
import { methodRef, methodTitle } from '../methodRef.ts';
import type { MethodId } from '../modelsModel.ts';
import type { BenchContext } from './context.ts';
import { openFile } from './files.ts';
import type { SubmissionReport } from './model.ts';

type Finding = SubmissionReport['findings'][number];

/** A submission's pictures by case, and what is wrong with the list of them. */
interface Listed {
  readonly handle: string;
  readonly byCase: ReadonlyMap<string, string>;
  readonly findings: Finding[];
}

const error = (sentence: string): Finding => ({ sentence, severity: 'error' });
const warning = (sentence: string): Finding => ({ sentence, severity: 'warning' });

function valueOrThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new BadInput(result.error.message);
  return result.value;
}

/** Cases that a submission must have an output for: those with an input, or with a ground truth. */
const wantedCases = ({ survey }: BenchContext): SetCase[] =>
  survey.cases.filter(({ input, gt }) => input !== null || gt !== null);

async function list(context: BenchContext, archive: File): Promise<Listed> {
  const { archives } = context;
  const opened = valueOrThrow(await archives.call((api) => api.open(archive, archive.name)));
  const findings = opened.remarks.map(warning);
  const cases = wantedCases(context);
  const known = new Map<string, string>();
  for (const { id, title, imageId: own } of cases) {
    if (own !== null) known.set(own, id);
    known.set(title.toLowerCase(), id);
  }
  const byCase = new Map<string, string>();
  const extra: string[] = [];
  const twice: string[] = [];
  for (const { path } of opened.entries) {
    if (!isPicturePath(path)) {
      extra.push(path);
      continue;
    }
    const id = known.get(stemOf(path).toLowerCase()) ?? known.get(imageId(path) ?? '');
    if (id === undefined) extra.push(path);
    else if (byCase.has(id)) twice.push(path);
    else byCase.set(id, path);
  }
  const missing = cases.filter(({ id }) => !byCase.has(id)).map(({ title }) => title);
  if (missing.length > 0) findings.push(error(`There is no output for ${listNames(missing)}.`));
  if (twice.length > 0) findings.push(error(`Several outputs for one case: ${listNames(twice)}.`));
  if (extra.length > 0)
    findings.push(warning(`These files belong to no case: ${listNames(extra)}.`));
  return { handle: opened.handle, byCase, findings };
}

async function submitted(
  context: BenchContext,
  handle: string,
  path: string,
): Promise<Result<DecodedPixels>> {
  const read = await context.archives.call((api) => api.read(handle, path));
  if (!read.ok) return read;
  return context.pool.call((api) => api.decodePixels(read.value, path));
}

async function own(context: BenchContext, id: string): Promise<DecodedPixels> {
  const file = valueOrThrow(await openFile(context, id));
  return valueOrThrow(await context.pool.call((api) => api.decodePixels(file, id)));
}

const sizeText = ([width, height]: readonly [number, number]) => `${width}×${height}`;

/** What size the output of a case must have: its input's, or its ground truth's. */
async function wantedSize(
  context: BenchContext,
  { input, gt }: SetCase,
): Promise<readonly [number, number]> {
  const id = gt ?? input ?? '';
  const known = context.files.get(id)?.record.size ?? null;
  if (known !== null) return known;
  const { width, height } = (await own(context, id)).pixels;
  return [width, height];
}

async function close({ archives }: BenchContext, handle: string): Promise<void> {
  await archives.call(async (api) => {
    await api.close(handle);
    return { ok: true, value: undefined };
  });
}

const finished = (findings: readonly Finding[], good: string): SubmissionReport => {
  const ok = findings.every(({ severity }) => severity === 'warning');
  return { ok, findings: ok ? [...findings, warning(good)] : findings };
};

/**
 * Checks a submission against the set without looking at quality: every case once, readable, of
 * exactly the right size.
 * @throws {BadInput} where the archive itself cannot be read
 */
export async function checkSubmission(
  context: BenchContext,
  archive: File,
): Promise<SubmissionReport> {
  const { handle, byCase, findings } = await list(context, archive);
  const cases = wantedCases(context);
  for (const [index, entry] of cases.entries()) {
    const path = byCase.get(entry.id);
    if (path === undefined) continue;
    context.store.set({
      reading: { done: index, total: cases.length, label: `Checking ${archive.name}` },
    });
    const read = await submitted(context, handle, path);
    if (!read.ok) {
      findings.push(error(read.error.message));
      continue;
    }
    const { width, height } = read.value.pixels;
    const wanted = await wantedSize(context, entry);
    if (width === wanted[0] && height === wanted[1]) continue;
    findings.push(
      error(
        `${path} is ${width}×${height} pixels and must be ${sizeText(wanted)}: outputs must not be rescaled or cropped.`,
      ),
    );
  }
  await close(context, handle);
  context.store.set({ reading: null });
  return finished(findings, `${byCase.size} outputs are complete, readable and of the right size.`);
}

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
  const input = await own(context, entry.input ?? '');
  const mask = entry.mask === null ? null : await own(context, entry.mask);
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
  const { handle, byCase, findings } = await list(context, archive);
  const cases = wantedCases(context).filter(({ id, input }) => input !== null && byCase.has(id));
  let worst = { largest: 0, rms: 0 };
  let same = 0;
  for (const [index, entry] of cases.entries()) {
    context.store.set({
      reading: { done: index, total: cases.length, label: `Reproducing ${archive.name}` },
    });
    const path = byCase.get(entry.id) ?? '';
    const read = await submitted(context, handle, path);
    if (!read.ok) {
      findings.push(error(read.error.message));
      continue;
    }
    const here = await reproduce(context, entry, method);
    if (here.width !== read.value.pixels.width || here.height !== read.value.pixels.height) {
      findings.push(error(`${path} is not of the size that the model gives.`));
      continue;
    }
    const found = difference(here, read.value.pixels);
    if (found.rms > worst.rms) worst = found;
    if (found.rms <= SAME_RMS) same += 1;
    else {
      findings.push(
        error(
          `${path} is ${found.rms.toFixed(2)} levels (root mean square; at most ${found.largest}) from what ${methodTitle(context.app, method)} gives here.`,
        ),
      );
    }
  }
  await close(context, handle);
  context.store.set({ reading: null });
  return finished(
    findings,
    `${same} of ${cases.length} outputs are what ${methodTitle(context.app, method)} gives here, within ${worst.rms.toFixed(2)} levels (root mean square; at most ${worst.largest}).`,
  );
}
