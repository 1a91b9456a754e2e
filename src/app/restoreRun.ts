import { proxy } from 'comlink';
import { binariseMask, greyFromRgba } from '../core/image/mask.ts';
import type { DecodedPicture } from '../protocol/codec.ts';
import type { Progress, RestoreJob, RestoreOutcome, RestoreSettings } from '../protocol/engine.ts';
import type { MethodRef } from '../protocol/models.ts';
import type { LoupeError, Result } from '../protocol/result.ts';
import { readStoredOutput, type StoredOutput, type StoredPicture } from '../storage/records.ts';
import type { AppContext } from './context.ts';
import { callCancellable } from './engineCall.ts';
import type { JobProgress } from './jobs.ts';
import { keep } from './keep.ts';
import { noteRun, parityHere } from './methodDevice.ts';
import { fileSuffix, methodTitle } from './methodRef.ts';
import type { MethodId } from './model.ts';
import { storedPictureOf } from './pictures.ts';
import { recall } from './remembered.ts';
import { restorationKey } from './resultKeys.ts';

export type Report = (progress: JobProgress) => void;

/** Carries an error out of the steps of a job. */
export class Stop extends Error {
  readonly error: LoupeError;
  constructor(error: LoupeError) {
    super(error.message);
    this.error = error;
  }
}

/** @throws {Stop} */
export function valueOrStop<T>(result: Result<T>): T {
  if (!result.ok) throw new Stop(result.error);
  return result.value;
}

const STAGES: Readonly<Record<Progress['stage'], string>> = {
  'loading-model': 'checking the model’s SHA-256',
  inspecting: 'looking into the model',
  compiling: 'preparing the model',
  trying: 'trying the model on a small picture',
  restoring: 'restoring',
};

/** What a job is doing, for the line below its name. */
export function describe({ stage, done, total }: Progress): string {
  if (stage === 'loading-model' && done < total) {
    return `loading the model, ${megabytes(done)} of ${megabytes(total)} MB`;
  }
  if (stage !== 'restoring' || total === 0) return STAGES[stage];
  return `tile ${Math.min(done + 1, total)} of ${total}`;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** What a method is run on. */
export interface Run {
  readonly method: MethodId;
  readonly ref: MethodRef;
  readonly input: StoredPicture;
  readonly mask: StoredPicture | null;
  /** Title of the case, for the output's name. */
  readonly title: string;
}

/** An output, and whether anything was computed for it. */
export interface Ran {
  readonly output: StoredOutput;
  readonly fromCache: boolean;
}

/** A restoration that is remembered and whose output is still there. */
async function remembered(context: AppContext, key: string): Promise<StoredOutput | null> {
  const stored = await recall(context, key, readStoredOutput);
  if (stored === null) return null;
  const file = await context.storage.getFile('output', stored.picture.sha256);
  return file === null ? null : stored;
}

/** The mask for a method that sees one, at the input's size. */
async function maskFor(
  context: AppContext,
  { mask }: Run,
  settings: RestoreSettings,
  { width, height }: DecodedPicture['pixels'],
): Promise<RestoreJob['mask']> {
  if (mask === null || settings.mask === undefined) return null;
  const { pixels } = valueOrStop(await context.pictures.load('picture', mask));
  return { pixels: binariseMask(greyFromRgba(pixels), width, height), sha256: mask.sha256 };
}

/**
 * Writes the restored pixels as a file, reads it back and keeps both it and how it came to be. Null, and
 * nothing kept, where nobody waits for it any more: the storage may have been cleared meanwhile.
 */
async function keepOutcome(
  context: AppContext,
  run: Run,
  icc: Uint8Array<ArrayBuffer> | null,
  outcome: RestoreOutcome,
  isWanted: () => boolean,
): Promise<StoredOutput | null> {
  const name = `${run.title}_${fileSuffix(context, run.method)}.png`;
  const file = valueOrStop(await context.codec.call((api) => api.encodePng(outcome.pixels, icc)));
  // What is shown and measured is the file, not the pixels it was made from.
  const decoded = valueOrStop(await context.codec.call((api) => api.decode(file, name)));
  if (!isWanted()) {
    decoded.bitmap.close();
    return null;
  }
  const picture = storedPictureOf(context.pictures.adopt(decoded), name, file.size);
  const { handle, settings, seconds, tiles, providerReason, warnings } = outcome;
  if (handle !== null) await context.engine.call((api) => api.nameOutput(handle, picture.sha256));
  const { engine } = context.store.state;
  const onDevice = settings.provider === 'webgpu' && engine.status === 'ready';
  const output: StoredOutput = {
    picture,
    origin: {
      kind: 'restored',
      settings,
      modelTitle: methodTitle(context, run.method),
      seconds,
      tiles,
      adapter: onDevice ? engine.info.adapter : null,
      parity: parityHere(context, run.method)?.verdict ?? null,
      providerReason,
      warnings,
    },
  };
  const kept = await keep(context, `“${name}”`, async () => {
    await context.storage.putFile('output', picture.sha256, file);
    await context.storage.putResult(restorationKey(run.input.sha256, settings), output);
  });
  if (kept) context.unkept.delete(picture.sha256);
  else context.unkept.add(picture.sha256);
  return output;
}

/** A restoration that takes longer than this gets a preview first, in seconds. */
const PATIENCE = 2;
/** Where nothing was measured yet: of a graphics card, and of WASM on a few cores. */
const GUESSED_SECONDS_PER_MEGAPIXEL = { webgpu: 0.5, wasm: 10 } as const;

/** Whether restoring this picture is likely to try somebody's patience. */
function isSlow(
  { deviceNotes }: AppContext,
  method: MethodId,
  { width, height }: DecodedPicture['pixels'],
  provider: RestoreSettings['provider'],
): boolean {
  const measured = deviceNotes.get(method)?.secondsPerMegapixel;
  const pace = measured ?? GUESSED_SECONDS_PER_MEGAPIXEL[provider];
  return ((width * height) / 1e6) * pace > PATIENCE;
}

/**
 * What a method makes of an input: remembered, else computed and remembered. Null where it was cancelled
 * or the input is not there any more.
 * @throws {Stop}
 */
export async function runMethod(
  context: AppContext,
  run: Run,
  report: Report,
  signal: AbortSignal,
  isThere: () => boolean,
  onPreview: (bitmap: ImageBitmap) => void,
): Promise<Ran | null> {
  const { input, mask, method, ref } = run;
  const maskSha256 = mask?.sha256 ?? null;
  const settings = valueOrStop(
    await context.engine.call((api) => api.settingsFor(ref, maskSha256)),
  );
  const known = await remembered(context, restorationKey(input.sha256, settings));
  if (known !== null) return { output: known, fromCache: true };
  const decoded = valueOrStop(await context.pictures.load('picture', input));
  const { pixels, profile } = decoded;
  const seen = (await maskFor(context, run, settings, pixels)) ?? null;
  if (signal.aborted) return null;
  const preview = isSlow(context, method, pixels, settings.provider);
  const onProgress = (progress: Progress): void =>
    report({ ...progress, detail: describe(progress) });
  const outcome = valueOrStop(
    await callCancellable(context, signal, (api, jobId) =>
      api.restore(
        { jobId, fileName: input.name, method: ref, pixels, mask: seen, preview, profile },
        proxy(onProgress),
        proxy(onPreview),
      ),
    ),
  );
  const isWanted = (): boolean => !signal.aborted && isThere();
  if (!isWanted()) return null;
  report({ stage: 'encoding', detail: 'saving', done: 0, total: 0 });
  await noteRun(context, method, outcome, pixels);
  const output = await keepOutcome(context, run, profile?.icc ?? null, outcome, isWanted);
  return output === null ? null : { output, fromCache: false };
}
