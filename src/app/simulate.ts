import { greyFromRgba, resizeNearest } from '../core/image/mask.ts';
import type { Gray8 } from '../core/image/types.ts';
import { maskCentre, weakFlashFromSeed } from '../core/methods/weakFlash.ts';
import type { DecodedPicture } from '../protocol/codec.ts';
import type { Result } from '../protocol/result.ts';
import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { keepFile } from './attach.ts';
import { titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { callSteadily } from './engineCall.ts';
import { showMetrics } from './measure.ts';
import { keepOutputs } from './outputs.ts';
import { storedPictureOf } from './pictures.ts';
import { queueRestore } from './restore.ts';
import { sentenceOf } from './sentences.ts';
import { showCase, showThumbnail } from './show.ts';
import { noteRemoval } from './undo.ts';

/** The person mask at a picture's size; null where the case has none, or it cannot be read. */
async function personOf(
  { pictures }: AppContext,
  { mask }: StoredCase,
  { width, height }: DecodedPicture['pixels'],
): Promise<Gray8 | null> {
  const loaded = mask === null ? null : await pictures.load('picture', mask);
  if (!loaded?.ok) return null;
  return resizeNearest(greyFromRgba(loaded.value.pixels), width, height);
}

/** Whether a case still waits for the flash on this input. */
function isWanted({ records }: AppContext, id: string, input: StoredPicture): boolean {
  const now = records.get(id);
  return now !== undefined && now.input?.sha256 === input.sha256 && now.gt === null;
}

/** The dark picture as a stored file; null, and nothing is kept, where nobody waits for it any more. */
async function darken(
  context: AppContext,
  record: StoredCase,
  input: StoredPicture,
  seed: number,
): Promise<Result<StoredPicture | null>> {
  const loaded = await context.pictures.load('picture', input);
  if (!loaded.ok) return loaded;
  const { pixels, profile } = loaded.value;
  const mask = await personOf(context, record, pixels);
  const params = weakFlashFromSeed(seed, mask && maskCentre(mask));
  const dark = await callSteadily(context, new AbortController().signal, (api) =>
    api.simulateWeakFlash({ fileName: input.name, pixels, mask, params }),
  );
  if (!dark.ok) return dark;
  const name = `${titleOf(record)}_input.png`;
  const file = await context.codec.call((api) =>
    api.encodePng(dark.value.pixels, profile?.icc ?? null),
  );
  if (!file.ok) return file;
  const decoded = await context.codec.call((api) => api.decode(file.value, name));
  if (!decoded.ok) return decoded;
  if (!isWanted(context, record.id, input)) {
    decoded.value.bitmap.close();
    return { ok: true, value: null };
  }
  const picture: StoredPicture = {
    ...storedPictureOf(context.pictures.adopt(decoded.value), name, file.value.size),
    origin: { kind: 'simulated', params, from: input.sha256 },
  };
  await keepFile(context, new File([file.value], name), picture);
  return { ok: true, value: picture };
}

/** Puts the dark picture in the input's place, which becomes the ground truth. */
async function take(context: AppContext, now: StoredCase, dark: StoredPicture): Promise<void> {
  const { id, input } = now;
  if (input === null) return;
  context.jobs.drop(id, 'restore');
  const dropped = now.outputs.filter(({ origin }) => origin.kind === 'dropped');
  await updateCase(context, id, { input: dark, gt: input, ...keepOutputs(now, dropped) });
  await noteRemoval(context, 'The simulated flash', now, false, {
    sentence: `“${input.name}” is now the ground truth, and the input is what a weak flash would have shown of it.`,
    input: dark.sha256,
  });
  await queueRestore(context, id, { method: null, replaces: true, resumable: true });
  await showThumbnail(context, id);
  if (context.store.state.currentCaseId === id) await showCase(context, id);
  await showMetrics(context, id);
}

async function simulate(context: AppContext, id: string, input: StoredPicture): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined) return;
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  const dark = await darken(context, record, input, seed);
  const now = context.records.get(id);
  if (now === undefined || !isWanted(context, id, input)) return;
  if (dark.ok && dark.value !== null) await take(context, now, dark.value);
  else if (!dark.ok) context.store.notify('error', sentenceOf(dark.error, input.name));
}

/** Resolves when the flash was simulated, or when that failed or was dropped. */
function queueFlash(context: AppContext, id: string, input: StoredPicture): Promise<void> {
  return new Promise((resolve) => {
    context.jobs.add({
      kind: 'flash',
      caseId: id,
      label: `Simulating a weak flash on ${input.name}`,
      cancellable: false,
      run: () => simulate(context, id, input).finally(resolve),
      skipped: resolve,
    });
  });
}

/** Simulates the flash in the place of the restoration that nobody waits for any more. */
async function simulateOn(
  context: AppContext,
  { id, pendingMethods }: StoredCase,
  input: StoredPicture,
): Promise<void> {
  const { jobs } = context;
  if (jobs.casesOf('flash').includes(id)) return;
  const wasRestored = jobs.casesOf('restore').includes(id);
  jobs.drop(id, 'restore');
  await queueFlash(context, id, input);
  const now = context.records.get(id);
  if (!wasRestored || now?.input?.sha256 !== input.sha256 || now.outputs.length > 0) return;
  for (const method of pendingMethods.length > 0 ? pendingMethods : [null]) {
    await queueRestore(context, id, { method, replaces: false, resumable: true });
  }
}

/** See `VisitorCommands.simulateWeakFlash`. */
export async function simulateHere(context: AppContext): Promise<void> {
  const { store } = context;
  const record = context.records.get(store.state.currentCaseId ?? '');
  if (record === undefined || record.input === null) return;
  if (record.gt !== null) {
    store.notify(
      'info',
      `Case ${titleOf(record)} has a ground truth already: a simulated flash would take its place.`,
    );
    return;
  }
  await simulateOn(context, record, record.input);
}
