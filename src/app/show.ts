import type { StoredCase, StoredPicture } from '../storage/records.ts';
import {
  dropErrorMap,
  dropOverlay,
  dropStrength,
  dropThumbnail,
  project,
  referenceOf,
  resourcesOf,
  setPreview,
} from './cases.ts';
import { type AppContext, releaseSoon } from './context.ts';
import { keep, keepIfRoom } from './keep.ts';
import { fileKindOf, viewedOutputs } from './outputs.ts';
import { showOverlay } from './overlays.ts';
import { sentenceOf } from './sentences.ts';

const isCurrent = (context: AppContext, id: string): boolean =>
  context.store.state.currentCaseId === id;

interface Viewed {
  readonly kind: 'picture' | 'output';
  readonly picture: StoredPicture;
}

/** What of a case is decoded while it is on screen, in the order in which it is. */
function picturesOf(record: StoredCase): Viewed[] {
  const { input, gt, mask } = record;
  const picture = (entry: StoredPicture | null): Viewed[] =>
    entry === null ? [] : [{ kind: 'picture', picture: entry }];
  const outputs = viewedOutputs(record).map((output) => ({
    kind: fileKindOf(output),
    picture: output.picture,
  }));
  const first = outputs.slice(0, 1);
  return [...picture(input), ...first, ...picture(gt), ...picture(mask), ...outputs.slice(1)];
}

/** Frees the decoded pictures of all other cases, and outputs beyond those that are viewed. */
export function trimPictures(context: AppContext): void {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  const wanted =
    record === undefined ? [] : picturesOf(record).map(({ picture }) => picture.sha256);
  context.pictures.retain(new Set(wanted));
  // Nothing on screen may hold a bitmap that was freed.
  if (record !== undefined) project(context, record.id);
}

/** Shows the small picture of a case: the stored one, else made from what is decoded. */
export async function showThumbnail(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  const reference = record === undefined ? null : referenceOf(record);
  if (reference === null) return;
  const { sha256, name } = reference.picture;
  const resources = resourcesOf(context, id);
  if (resources.thumbnail?.sha256 === sha256) return;
  let file = await context.storage.getFile('thumbnail', sha256);
  if (file === null) {
    const decoded = context.pictures.peek(sha256);
    if (decoded === null) return;
    // The filmstrip is a comfort: a browser that cannot draw it shows the name alone.
    const made = await context.platform.makeThumbnail(decoded.bitmap).catch(() => null);
    if (made === null) return;
    file = made;
    await keepIfRoom(context, `the small picture of ${name}`, () =>
      context.storage.putFile('thumbnail', sha256, made),
    );
  }
  if (!context.records.has(id) || resources.thumbnail?.sha256 === sha256) return;
  dropThumbnail(context, id);
  const url = URL.createObjectURL(file);
  resources.thumbnail = { sha256, url };
  context.store.patchCase(id, { thumbnailUrl: url });
}

/** Decodes what the case on screen shows and what is not decoded yet. A file that fails is named. */
export async function showCase(context: AppContext, id: string): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    // Looked at anew after each picture: the case may have changed meanwhile.
    const record = context.records.get(id);
    const next = (record === undefined ? [] : picturesOf(record)).find(
      ({ picture }) => !tried.has(picture.sha256),
    );
    if (next === undefined) break;
    tried.add(next.picture.sha256);
    const loaded = await context.pictures.load(next.kind, next.picture);
    if (!isCurrent(context, id)) return;
    if (loaded.ok) project(context, id);
    else context.store.notify('error', sentenceOf(loaded.error, next.picture.name));
  }
  trimPictures(context);
  await showThumbnail(context, id);
  if (isCurrent(context, id)) await showOverlay(context, id);
}

/** Puts a case on screen; the one before keeps its numbers and gives its pictures back. */
export async function select(context: AppContext, id: string | null): Promise<void> {
  const before = context.store.state.currentCaseId;
  if (before === id) return;
  context.store.set({ currentCaseId: id });
  if (before !== null) {
    project(context, before);
    dropOverlay(context, before);
    dropErrorMap(context, before);
    dropStrength(context, before);
    setPreview(context, before, null);
  }
  trimPictures(context);
  await keep(context, 'the open case', () => context.storage.putCurrentCase(id));
  if (id !== null) await showCase(context, id);
}

/** Frees an object URL that a component may still be showing. */
export function revokeSoon(url: string): void {
  releaseSoon(() => URL.revokeObjectURL(url));
}
