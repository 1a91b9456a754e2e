import type { Provider, RestoreOutcome } from '../protocol/engine.ts';
import type { ParityOutcome } from '../protocol/models.ts';
import { readMethodDevice, type StoredMethodDevice } from '../storage/methodRecords.ts';
import type { AppContext } from './context.ts';
import { engineInfo } from './device.ts';
import { showMethods } from './methods.ts';
import type { MethodId } from './model.ts';
import { recall, remember } from './remembered.ts';
import { methodDeviceKey } from './resultKeys.ts';

/*
 * What is known of a method on this device: how fast it is, where it runs and why, and whether the two
 * providers agree.
 */

/** Pictures of this size tell how fast a method is; smaller ones do where nothing larger was restored. */
const ENOUGH_MEGAPIXELS = 0.5;

const NOTHING: StoredMethodDevice = {
  secondsPerMegapixel: null,
  measuredOn: null,
  providerReason: null,
  parity: null,
};

/** The key of what is known of a method here; null before the engine has started. */
function keyOf(context: AppContext, id: MethodId): string | null {
  const info = engineInfo(context);
  if (info === null) return null;
  const own = context.methods.get(id)?.sha256;
  const { engine } = context.store.state;
  const models = engine.status === 'ready' ? engine.models : [];
  const sha256 = own ?? models.find((model) => model.id === id)?.sha256 ?? id;
  return methodDeviceKey(sha256, info, context.platform.browser);
}

/**
 * Without a comparison that came to no end: the machine may merely have been busy, so the next visit tries
 * again.
 */
function lasting(notes: StoredMethodDevice): StoredMethodDevice {
  return notes.parity?.verdict === 'not-applicable' ? { ...notes, parity: null } : notes;
}

/** Reads what is known of these methods on this device. */
export async function readDeviceNotes(
  context: AppContext,
  ids: readonly MethodId[],
): Promise<void> {
  for (const id of ids) {
    const key = keyOf(context, id);
    const known = key === null ? null : await recall(context, key, readMethodDevice);
    if (known !== null) context.deviceNotes.set(id, lasting(known));
  }
}

async function note(
  context: AppContext,
  id: MethodId,
  change: Partial<StoredMethodDevice>,
): Promise<void> {
  const notes = { ...(context.deviceNotes.get(id) ?? NOTHING), ...change };
  context.deviceNotes.set(id, notes);
  const key = keyOf(context, id);
  if (key !== null) await remember(context, key, 'what was measured of a method', lasting(notes));
  showMethods(context);
}

/** Notes how fast a method was, and where it ran. Of small pictures most of the time is not the pixels'. */
export async function noteRun(
  context: AppContext,
  id: MethodId,
  { seconds, providerReason }: RestoreOutcome,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<void> {
  const measuredOn = (width * height) / 1e6;
  const known = context.deviceNotes.get(id);
  const tells = measuredOn >= Math.min(ENOUGH_MEGAPIXELS, known?.measuredOn ?? 0);
  const pace = tells ? { secondsPerMegapixel: seconds / measuredOn, measuredOn } : {};
  await note(context, id, { ...pace, providerReason });
}

/** Notes whether the providers agree. Why it ran where it last ran may be another reason from now on. */
export async function noteParity(
  context: AppContext,
  id: MethodId,
  parity: ParityOutcome,
): Promise<void> {
  const last = context.deviceNotes.get(id)?.providerReason ?? null;
  const holds = parity.verdict === 'agree' && last === engineInfo(context)?.reason;
  await note(context, id, { parity, providerReason: holds ? last : null });
}

/** What the last check of a method on this device found; null where there was none. */
export function parityHere(
  context: Pick<AppContext, 'deviceNotes'>,
  id: MethodId,
): ParityOutcome | null {
  return context.deviceNotes.get(id)?.parity ?? null;
}

/** The provider that the last check on this device found to be right; null where it tells nothing. */
export function providerHere(
  context: Pick<AppContext, 'deviceNotes'>,
  id: MethodId,
): Provider | null {
  const verdict = parityHere(context, id)?.verdict;
  if (verdict === 'agree') return 'webgpu';
  return verdict === 'differ' || verdict === 'failed' ? 'wasm' : null;
}
