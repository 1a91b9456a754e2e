import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { type AppContext, releaseSoon, type ShownResources } from './context.ts';
import { isFullSaid, keep, keepIfRoom } from './keep.ts';
import type { CaseView, OutputView, PictureView, Role } from './model.ts';

export const ROLES: readonly Role[] = ['input', 'output', 'gt', 'mask'];

/** The stored picture in one of a case's places. */
export function pictureOf(record: StoredCase, role: Role): StoredPicture | null {
  return role === 'output' ? (record.output?.picture ?? null) : record[role];
}

/** The picture whose size every other one of the case has to have. */
export function referenceOf(
  record: StoredCase,
): { readonly role: Role; readonly picture: StoredPicture } | null {
  for (const role of ROLES) {
    const picture = pictureOf(record, role);
    if (picture !== null) return { role, picture };
  }
  return null;
}

/** What a case is called: the stem of its files, else (`input.png`) the first file's name. */
export function titleOf(record: StoredCase): string {
  if (record.stem !== '') return record.stem;
  return referenceOf(record)?.picture.name.replace(/\.[^.]+$/, '') ?? 'untitled';
}

export function isEmpty(record: StoredCase): boolean {
  return referenceOf(record) === null;
}

function pictureView(
  context: AppContext,
  record: StoredCase,
  picture: StoredPicture | null,
): PictureView | null {
  if (picture === null) return null;
  const current = context.store.state.currentCaseId === record.id;
  const bitmap = current ? (context.pictures.peek(picture.sha256)?.bitmap ?? null) : null;
  return { ...picture, bitmap };
}

function outputView(
  context: AppContext,
  record: StoredCase,
  fromCache: boolean,
): OutputView | null {
  const picture = pictureView(context, record, pictureOf(record, 'output'));
  if (picture === null || record.output === null) return null;
  const { origin } = record.output;
  return {
    picture,
    origin: origin.kind === 'dropped' ? origin : { ...origin, fromCache },
  };
}

const same = (a: PictureView | null, b: PictureView | null): boolean =>
  a?.sha256 === b?.sha256 && a?.name === b?.name && a?.bitmap === b?.bitmap;

/**
 * Brings the view of a case in line with its record and with the pictures that are decoded; what did
 * not change keeps its identity, so that nothing is drawn anew.
 */
export function project(context: AppContext, id: string): void {
  const record = context.records.get(id);
  const view = context.store.state.cases.find((entry) => entry.id === id);
  if (record === undefined || view === undefined) return;
  const change: { -readonly [K in keyof CaseView]?: CaseView[K] } = {};
  const title = titleOf(record);
  if (view.title !== title) change.title = title;
  for (const role of ['input', 'gt', 'mask'] as const) {
    const next = pictureView(context, record, record[role]);
    if (!same(view[role], next)) change[role] = next;
  }
  const shown = view.output;
  const fromCache = shown?.origin.kind === 'restored' ? shown.origin.fromCache : true;
  const output = outputView(context, record, fromCache);
  if (
    !same(shown?.picture ?? null, output?.picture ?? null) ||
    shown?.origin.kind !== output?.origin.kind
  ) {
    change.output = output;
  }
  if (JSON.stringify(view.rectangle) !== JSON.stringify(record.rectangle)) {
    change.rectangle = record.rectangle && { ...record.rectangle };
  }
  if (JSON.stringify(view.regionMasks) !== JSON.stringify(record.regionMasks)) {
    change.regionMasks = { ...record.regionMasks };
  }
  context.store.patchCase(id, change);
}

/** Says of a restored output whether it was computed just now. */
export function markComputed(context: AppContext, id: string, fromCache: boolean): void {
  const record = context.records.get(id);
  if (record !== undefined) {
    context.store.patchCase(id, { output: outputView(context, record, fromCache) });
  }
}

function viewOf(record: StoredCase): CaseView {
  return {
    id: record.id,
    title: titleOf(record),
    input: null,
    gt: null,
    mask: null,
    output: null,
    overlay: null,
    metrics: { status: 'no-reference' },
    regionMasks: {},
    rectangle: null,
    more: { status: 'done' },
    niqe: { input: null, output: null, gt: null },
    errorMap: null,
    thumbnailUrl: null,
  };
}

/** Shows cases that were read from storage or just made, behind those that are there. */
export function addRecords(context: AppContext, records: readonly StoredCase[]): void {
  for (const record of records) context.records.set(record.id, record);
  context.store.set({ cases: [...context.store.state.cases, ...records.map(viewOf)] });
  for (const record of records) project(context, record.id);
}

/** The record without files that did not fit into the storage. */
function storable(record: StoredCase, unkept: ReadonlySet<string>): StoredCase {
  const kept = (picture: StoredPicture | null): StoredPicture | null =>
    picture !== null && unkept.has(picture.sha256) ? null : picture;
  const { output } = record;
  return {
    ...record,
    input: kept(record.input),
    gt: kept(record.gt),
    mask: kept(record.mask),
    regionMasks: Object.fromEntries(
      Object.entries(record.regionMasks).filter(([, picture]) => kept(picture) !== null),
    ),
    output: output !== null && kept(output.picture) === null ? null : output,
  };
}

/** Changes a case, shows the change and stores it. Nothing happens where the case is gone. */
export async function updateCase(
  context: AppContext,
  id: string,
  change: Partial<StoredCase>,
): Promise<void> {
  const before = context.records.get(id);
  if (before === undefined) return;
  const record = { ...before, ...change };
  context.records.set(id, record);
  project(context, id);
  await saveCase(context, id);
}

/** Stores a case as it is; where nothing of it could be kept, no record of it stays. */
export async function saveCase(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined) return;
  const stored = storable(record, context.unkept);
  const write = () =>
    isEmpty(stored) ? context.storage.deleteCase(id) : context.storage.putCase(stored);
  const what = `case ${titleOf(record)}`;
  // Right behind a file that did not fit: one sentence is enough.
  if (isFullSaid(context)) await keepIfRoom(context, what, write);
  else await keep(context, what, write);
}

/** Takes the overlay of a case off the screen and frees it. */
export function dropOverlay(context: AppContext, id: string): void {
  const resources = context.shown.get(id);
  if (resources?.overlay === undefined) return;
  const { bitmaps } = resources.overlay;
  delete resources.overlay;
  context.store.patchCase(id, { overlay: null });
  releaseSoon(() => {
    for (const bitmap of bitmaps) bitmap.close();
  });
}

/** Takes the error map of a case off the screen and frees it; one that is being drawn ends. */
export function dropErrorMap(context: AppContext, id: string): void {
  const resources = context.shown.get(id);
  if (resources?.errorMap === undefined) return;
  const { bitmap, end } = resources.errorMap;
  delete resources.errorMap;
  end();
  context.store.patchCase(id, { errorMap: null });
  if (bitmap !== null) releaseSoon(() => bitmap.close());
}

/** Takes the thumbnail of a case off the screen and frees it. */
export function dropThumbnail(context: AppContext, id: string): void {
  const resources = context.shown.get(id);
  if (resources?.thumbnail === undefined) return;
  const { url } = resources.thumbnail;
  delete resources.thumbnail;
  context.store.patchCase(id, { thumbnailUrl: null });
  releaseSoon(() => URL.revokeObjectURL(url));
}

/** What is shown of a case, to be filled in. */
export function resourcesOf(context: AppContext, id: string): ShownResources {
  const known = context.shown.get(id);
  if (known !== undefined) return known;
  const fresh = {};
  context.shown.set(id, fresh);
  return fresh;
}

/** Closes a case: its jobs end, it leaves the screen and the stored workspace. */
export async function forgetCase(context: AppContext, id: string): Promise<void> {
  if (!context.records.has(id)) return;
  context.jobs.drop(id);
  dropOverlay(context, id);
  dropThumbnail(context, id);
  dropErrorMap(context, id);
  context.records.delete(id);
  context.shown.delete(id);
  context.store.set({ cases: context.store.state.cases.filter((entry) => entry.id !== id) });
  await keep(context, 'the list of cases', () => context.storage.deleteCase(id));
}
