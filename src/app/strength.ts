import type { DecodedPicture } from '../protocol/codec.ts';
import type { Result } from '../protocol/result.ts';
import {
  readMadePicture,
  type StoredCase,
  type StoredMethodOutput,
  type StoredPicture,
} from '../storage/records.ts';
import { dropStrength, resourcesOf, setPreview, updateCase, wantStrength } from './cases.ts';
import type { AppContext, StrengthState } from './context.ts';
import { callSteadily } from './engineCall.ts';
import { keep, refreshStorageLine } from './keep.ts';
import { showMetrics } from './measure.ts';
import type { MethodId } from './model.ts';
import { canMix, outputOf, withOutput } from './outputs.ts';
import { storedPictureOf } from './pictures.ts';
import { recall, remember } from './remembered.ts';
import { mixKey } from './resultKeys.ts';
import { sentenceOf } from './sentences.ts';
import { showCase, trimPictures } from './show.ts';

/** An output that can be mixed, with the pictures it is mixed from. */
interface Mixable {
  readonly record: StoredCase;
  readonly output: StoredMethodOutput;
  readonly input: StoredPicture;
  /** What the method itself gave. */
  readonly plain: StoredPicture;
}

function mixableOf(context: AppContext, id: string, method: MethodId | null): Mixable | null {
  const record = context.records.get(id);
  const output = record === undefined ? null : outputOf(record, method);
  if (record === undefined || output === null || record.input === null) return null;
  if (!canMix(record, output)) return null;
  return { record, output, input: record.input, plain: output.mix?.plain ?? output.picture };
}

const sameSources = (a: Mixable, b: Mixable | null): boolean =>
  a.input.sha256 === b?.input.sha256 && a.plain.sha256 === b.plain.sha256;

function stateOf(context: AppContext, id: string): StrengthState {
  const resources = resourcesOf(context, id);
  resources.strength ??= { asked: 0, next: null, busy: false, wishes: 0, settled: [] };
  return resources.strength;
}

/** Whether a strength is wanted that the case's output does not have yet. */
export function isStrengthWanted({ store }: AppContext, id: string): boolean {
  const view = store.state.cases.find((entry) => entry.id === id);
  return view !== undefined && view.wantedStrength !== null;
}

/** Both pictures, decoded. */
async function loadBoth(
  { pictures }: AppContext,
  { input, plain }: Mixable,
): Promise<Result<readonly [DecodedPicture, DecodedPicture]>> {
  const before = await pictures.load('picture', input);
  if (!before.ok) return before;
  const after = await pictures.load('output', plain);
  return after.ok ? { ok: true, value: [before.value, after.value] } : after;
}

/** The mixture as a file: remembered, else computed and kept. */
async function mixed(
  context: AppContext,
  mixable: Mixable,
  strength: number,
): Promise<Result<StoredPicture>> {
  const { input, plain } = mixable;
  const key = mixKey(input.sha256, plain.sha256, strength);
  const known = await recall(context, key, readMadePicture);
  if (known !== null && (await context.storage.getFile('output', known.picture.sha256)) !== null) {
    return { ok: true, value: known.picture };
  }
  const both = await loadBoth(context, mixable);
  if (!both.ok) return both;
  const [{ pixels: picture, profile }, { pixels: restored }] = both.value;
  const job = { fileName: input.name, picture, restored };
  const outcome = await callSteadily(context, new AbortController().signal, (api) =>
    api.mixStrength(job, strength / 100),
  );
  if (!outcome.ok) return outcome;
  const { pixels } = outcome.value;
  const name = plain.name.replace(/(\.[^.]+)?$/, `_${strength}$1`);
  const file = await context.codec.call((api) => api.encodePng(pixels, profile?.icc ?? null));
  if (!file.ok) return file;
  const decoded = await context.codec.call((api) => api.decode(file.value, name));
  if (!decoded.ok) return decoded;
  const made = storedPictureOf(context.pictures.adopt(decoded.value), name, file.value.size);
  const kept = await keep(context, `“${name}”`, () =>
    context.storage.putFile('output', made.sha256, file.value),
  );
  if (kept) context.unkept.delete(made.sha256);
  else context.unkept.add(made.sha256);
  await remember(context, key, name, { picture: made });
  return { ok: true, value: made };
}

/** Puts a mixture, or at 100 % what the method itself gave, in the place of its output. */
function putMixed(
  context: AppContext,
  { record, output: before, plain }: Mixable,
  picture: StoredPicture,
  strength: number,
): Promise<void> {
  const { mix: _, ...output } = before;
  const mix = strength === 100 ? {} : { mix: { strength, plain } };
  return updateCase(context, record.id, {
    outputs: withOutput(record, { ...output, picture, ...mix }),
  });
}

/**
 * Makes a mixture the output of a method and shows it; its numbers are left to the caller.
 * @param strength 0..100, whole
 * @returns whether the output is another one now
 */
export async function applyStrength(
  context: AppContext,
  id: string,
  method: MethodId,
  strength: number,
): Promise<boolean> {
  const mixable = mixableOf(context, id, method);
  if (mixable === null) return false;
  const state = stateOf(context, id);
  state.asked += 1;
  const [turn, wishes] = [state.asked, state.wishes];
  const { plain, input } = mixable;
  const made: Result<StoredPicture> =
    strength === 100 ? { ok: true, value: plain } : await mixed(context, mixable, strength);
  // Decoded before the preview goes: the pane is blank at no time.
  const isShown = () => context.store.state.currentCaseId === id;
  if (made.ok && isShown()) await context.pictures.load('output', made.value);
  // Of a case that left the screen meanwhile, nothing stays decoded.
  if (!isShown()) trimPictures(context);
  if (turn !== state.asked) return false;
  const now = mixableOf(context, id, method);
  const fits = now !== null && sameSources(mixable, now);
  const saved = fits && made.ok ? putMixed(context, now, made.value, strength) : null;
  // The preview of a later drag stays.
  if (state.wishes === wishes) setPreview(context, id, null);
  if (fits && !made.ok) context.store.notify('error', sentenceOf(made.error, input.name));
  if (saved === null) return false;
  await saved;
  if (isShown()) await showCase(context, id);
  return true;
}

/** One preview; the engine is handed the pictures where it does not hold them. */
async function previewOnce(
  context: AppContext,
  mixable: Mixable,
  strength: number,
): Promise<ImageBitmap | null> {
  const key = `${mixable.input.sha256} ${mixable.plain.sha256}`;
  const ask = () => context.engine.call((api) => api.previewMix(key, strength / 100));
  const held = await ask();
  if (!held.ok || held.value !== null) return held.ok ? held.value : null;
  const both = await loadBoth(context, mixable);
  if (!both.ok) return null;
  const [{ pixels: picture, profile }, { pixels: restored }] = both.value;
  const job = { key, fileName: mixable.input.name, picture, restored, profile };
  const given = await context.engine.call((api) => api.holdMix(job));
  const again = given.ok ? await ask() : given;
  return again.ok ? (again.value ?? null) : null;
}

/** Previews the newest value, and again the newest after that: dragging is faster than mixing. */
async function previewStrength(context: AppContext, id: string, strength: number): Promise<void> {
  const state = stateOf(context, id);
  state.next = strength;
  if (state.busy) return;
  state.busy = true;
  try {
    while (state.next !== null) {
      const record = context.records.get(id);
      const method = record?.shownMethod ?? null;
      const mixable = mixableOf(context, id, method);
      const [value, turn] = [state.next, state.asked];
      state.next = null;
      const bitmap = mixable && (await previewOnce(context, mixable, value));
      if (!bitmap) continue;
      const isShown = context.store.state.currentCaseId === id;
      const stays = isShown && turn === state.asked && isStrengthWanted(context, id);
      const now = mixableOf(context, id, context.records.get(id)?.shownMethod ?? null);
      if (stays && mixable && sameSources(mixable, now)) setPreview(context, id, bitmap);
      else bitmap.close();
    }
  } finally {
    state.busy = false;
  }
}

/** See `VisitorCommands`. */
export async function setStrength(
  context: AppContext,
  value: number,
  final: boolean,
  caseId?: string,
): Promise<void> {
  const { currentCaseId } = context.store.state;
  const id = caseId ?? currentCaseId ?? '';
  const method = context.records.get(id)?.shownMethod ?? null;
  if (method === null || mixableOf(context, id, method) === null) {
    // A file was dropped in the output's place while it was dragged: nobody waits for a mixture.
    if (final) dropStrength(context, id);
    return;
  }
  const isLeft = id !== currentCaseId;
  // What was dragged of a case that left the screen was dropped with it.
  if (!Number.isFinite(value) || (isLeft && !(final && isStrengthWanted(context, id)))) return;
  const strength = Math.round(Math.min(100, Math.max(0, value)));
  const state = stateOf(context, id);
  state.wishes += 1;
  const { wishes } = state;
  wantStrength(context, id, strength);
  if (!final) {
    await previewStrength(context, id, strength);
    return;
  }
  state.next = null;
  let isNew = false;
  try {
    isNew = await applyStrength(context, id, method, strength);
  } finally {
    // What waits for the output waits neither for its numbers nor for the browser's quota.
    if (state.wishes === wishes) wantStrength(context, id, null);
  }
  if (isNew) await showMetrics(context, id);
  void refreshStorageLine(context);
}

/** Resolves when a case's output has the strength that was last asked for. */
export async function strengthSettled(context: AppContext, id: string): Promise<void> {
  while (isStrengthWanted(context, id)) {
    await new Promise<void>((resolve) => stateOf(context, id).settled.push(resolve));
  }
}
