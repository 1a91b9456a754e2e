import type { Gray8 } from '../core/image/types.ts';
import type { MaskEntry } from '../protocol/engine.ts';
import type { Result } from '../protocol/result.ts';
import { readMadePicture, type StoredCase, type StoredPicture } from '../storage/records.ts';
import { titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { callSteadily } from './engineCall.ts';
import { refreshStorageLine } from './keep.ts';
import { keepMaskFile, maskName } from './maskFiles.ts';
import { rerunForMask } from './maskRuns.ts';
import { showMetrics } from './measure.ts';
import { recall, remember } from './remembered.ts';
import { maskKey } from './resultKeys.ts';
import { sentenceOf } from './sentences.ts';
import { showCase, trimPictures } from './show.ts';

/** What a mask is made from: the better lit picture. */
const sourceOf = ({ gt, input }: StoredCase): StoredPicture | null => gt ?? input;

const isAutomatic = (mask: StoredPicture | null): boolean => mask?.origin?.kind === 'automatic';

/** Whether a case may get an automatic mask: a user's one stays, an automatic one where it was asked for. */
const mayGet = ({ mask }: StoredCase, asked: boolean): boolean =>
  mask === null || (asked && isAutomatic(mask));

/** Whether anything of a mask counts as inside. */
export const finds = ({ data }: Gray8): boolean => data.some((level) => level >= 128);

/** The mask of a picture as a stored file: remembered, else made. Null where nobody is in it. */
async function maskOf(
  context: AppContext,
  source: StoredPicture,
  entry: MaskEntry,
  name: string,
  signal: AbortSignal,
): Promise<Result<StoredPicture | null>> {
  const key = maskKey(source.sha256, entry);
  const known = await recall(context, key, readMadePicture);
  if (known !== null && (await context.storage.getFile('picture', known.picture.sha256)) !== null) {
    return { ok: true, value: { ...known.picture, name } };
  }
  const loaded = await context.pictures.load('picture', source);
  if (!loaded.ok) return loaded;
  const { pixels } = loaded.value;
  const found = await callSteadily(context, signal, (api, jobId) =>
    api.personMask({ jobId, fileName: source.name, pixels }),
  );
  if (!found.ok) return found;
  if (!finds(found.value.mask)) return { ok: true, value: null };
  const { id, title, sha256 } = entry;
  const origin = {
    kind: 'automatic',
    modelId: id,
    modelTitle: title,
    modelSha256: sha256,
  } as const;
  const kept = await keepMaskFile(context, found.value.mask, name, origin);
  if (kept.ok) await remember(context, key, name, { picture: kept.value });
  return kept;
}

/** Puts a mask into its case, unless a user's one or other pictures came meanwhile. */
async function take(
  context: AppContext,
  before: StoredCase,
  mask: StoredPicture,
  asked: boolean,
): Promise<void> {
  const { id } = before;
  const now = context.records.get(id);
  if (now === undefined || !mayGet(now, asked)) return;
  if (sourceOf(now)?.sha256 !== sourceOf(before)?.sha256) return;
  await updateCase(context, id, { mask });
  if (context.store.state.currentCaseId === id) await showCase(context, id);
  await rerunForMask(context, id);
  await showMetrics(context, id);
}

async function run(
  context: AppContext,
  id: string,
  asked: boolean,
  signal: AbortSignal,
): Promise<void> {
  // Starts the engine where it does not run: only then it is known which networks there are.
  const started = await context.engine.call(async () => ({ ok: true, value: undefined }));
  const record = context.records.get(id);
  const source = record === undefined ? null : sourceOf(record);
  const { engine } = context.store.state;
  const [entry] = engine.status === 'ready' ? engine.masks : [];
  if (record === undefined || source === null || !mayGet(record, asked)) return;
  if (!started.ok || entry === undefined) {
    if (asked) context.store.notify('error', 'There is no network here that finds people.');
    return;
  }
  const mask = await maskOf(context, source, entry, maskName(record, 'person'), signal);
  if (signal.aborted) return;
  if (!mask.ok) context.store.notify('error', sentenceOf(mask.error, source.name));
  else if (mask.value !== null) await take(context, record, mask.value, asked);
  else if (asked) context.store.notify('info', `Nobody was found in “${source.name}”.`);
}

function queueMask(context: AppContext, id: string, asked: boolean): void {
  const record = context.records.get(id);
  const source = record === undefined ? null : sourceOf(record);
  if (source === null || context.jobs.isWaiting('mask', id)) return;
  context.jobs.add({
    kind: 'mask',
    caseId: id,
    label: `Finding the person in ${source.name}`,
    cancellable: true,
    async run(_, signal) {
      await run(context, id, asked, signal);
      trimPictures(context);
      void refreshStorageLine(context);
    },
  });
}

/** Queues an automatic mask for a case that has none, where the settings say so. */
export function autoMask(context: AppContext, id: string): void {
  const record = context.records.get(id);
  if (record === undefined || record.mask !== null) return;
  const { engine, view } = context.store.state;
  if (engine.status === 'ready' && engine.masks.length === 0) return;
  if (view.autoMask) queueMask(context, id, false);
}

/** Gives the case on screen an automatic mask, because the user asked for it. */
export async function makeMask(context: AppContext): Promise<void> {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  if (record === undefined) return;
  const { mask } = record;
  if (mask !== null && !mayGet(record, true)) {
    context.store.notify(
      'info',
      `Case ${titleOf(record)} already has the mask “${mask.name}”: remove that one first.`,
    );
    return;
  }
  queueMask(context, record.id, true);
}
