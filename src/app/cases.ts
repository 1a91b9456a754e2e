import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { type AppContext, releaseSoon, type ShownResources } from './context.ts';
import { isFullSaid, keep, keepIfRoom } from './keep.ts';
import { lightingOf } from './lighting.ts';
import { methodsChange } from './methodOutputs.ts';
import type { CaseView, Role } from './model.ts';
import { keepOutputs, shownOutput } from './outputs.ts';
import { pictureView, samePicture } from './pictureView.ts';

export const ROLES: readonly Role[] = ['input', 'output', 'gt', 'mask'];

/** The stored picture in one of a case's places. */
export function pictureOf(record: StoredCase, role: Role): StoredPicture | null {
  return role === 'output' ? (shownOutput(record)?.picture ?? null) : record[role];
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
    const next = pictureView(context, id, record[role]);
    if (!samePicture(view[role], next)) change[role] = next;
  }
  Object.assign(change, methodsChange(context, record, view));
  const lighting = lightingOf(context, record);
  if (view.lighting !== lighting) change.lighting = lighting;
  if (JSON.stringify(view.rectangle) !== JSON.stringify(record.rectangle)) {
    change.rectangle = record.rectangle && { ...record.rectangle };
  }
  const benchCase = record.benchCase ?? null;
  if (view.benchCase !== benchCase) change.benchCase = benchCase;
  if (JSON.stringify(view.regionMasks) !== JSON.stringify(record.regionMasks)) {
    change.regionMasks = { ...record.regionMasks };
  }
  context.store.patchCase(id, change);
}

function viewOf(record: StoredCase): CaseView {
  return {
    id: record.id,
    title: titleOf(record),
    input: null,
    gt: null,
    mask: null,
    methods: [],
    shownMethod: null,
    output: null,
    overlay: null,
    metrics: { status: 'no-reference' },
    regionMasks: {},
    rectangle: null,
    benchCase: record.benchCase ?? null,
    more: { status: 'done' },
    niqe: { input: null, output: null, gt: null },
    learned: [],
    errorMap: null,
    thumbnailUrl: null,
    lighting: null,
    restoring: false,
    strength: 100,
    wantedStrength: null,
    strengthApplies: false,
    preview: null,
    alignment: { status: 'unknown' },
    shift: null,
    hints: { status: 'none' },
  };
}

/** One that comes back takes its old place. */
function inOrder(records: Map<string, StoredCase>): void {
  const sorted = [...records].sort(([, a], [, b]) => a.addedAt - b.addedAt);
  records.clear();
  for (const [id, record] of sorted) records.set(id, record);
}

/** Shows cases that were read from storage or just made, in the order in which they were added. */
export function addRecords(context: AppContext, records: readonly StoredCase[]): void {
  for (const record of records) context.records.set(record.id, record);
  inOrder(context.records);
  const order = [...context.records.keys()];
  const cases = [...context.store.state.cases, ...records.map(viewOf)];
  context.store.set({ cases: cases.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)) });
  for (const record of records) project(context, record.id);
}

/** The record without files that did not fit into the storage. */
function storable(record: StoredCase, unkept: ReadonlySet<string>): StoredCase {
  const kept = (picture: StoredPicture | null): StoredPicture | null =>
    picture !== null && unkept.has(picture.sha256) ? null : picture;
  const outputs = record.outputs.filter(
    ({ picture, mix }) => kept(picture) !== null && kept(mix?.plain ?? picture) !== null,
  );
  return {
    ...record,
    input: kept(record.input),
    gt: kept(record.gt),
    mask: kept(record.mask),
    regionMasks: Object.fromEntries(
      Object.entries(record.regionMasks).filter(([, picture]) => kept(picture) !== null),
    ),
    ...keepOutputs(record, outputs),
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
  if (record.shownMethod !== before.shownMethod) dropStrength(context, id);
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

/** Shows something in the output's place until the output is there; null takes it off again. */
export function setPreview(context: AppContext, id: string, bitmap: ImageBitmap | null): void {
  const before = context.shown.get(id)?.preview;
  if (bitmap === null && before === undefined) return;
  const resources = resourcesOf(context, id);
  if (bitmap === null) delete resources.preview;
  else resources.preview = bitmap;
  context.store.patchCase(id, { preview: bitmap });
  if (before !== undefined) releaseSoon(() => before.close());
}

/** Shows which strength is wanted of a case's output; null where it has that, or none is wanted any more. */
export function wantStrength(context: AppContext, id: string, value: number | null): void {
  context.store.patchCase(id, { wantedStrength: value });
  if (value !== null) return;
  for (const resolve of context.shown.get(id)?.strength?.settled.splice(0) ?? []) resolve();
}

/** A strength that was being dragged is wanted no more: another output, or another case, is shown. */
export function dropStrength(context: AppContext, id: string): void {
  const state = context.shown.get(id)?.strength;
  const view = context.store.state.cases.find((entry) => entry.id === id);
  if (state === undefined || view === undefined || view.wantedStrength === null) return;
  state.next = null;
  state.wishes += 1;
  setPreview(context, id, null);
  wantStrength(context, id, null);
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
  const fresh: ShownResources = { computed: new Map(), methodNumbers: new Map() };
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
  dropStrength(context, id);
  setPreview(context, id, null);
  context.records.delete(id);
  context.shown.delete(id);
  context.store.set({ cases: context.store.state.cases.filter((entry) => entry.id !== id) });
  await keep(context, 'the list of cases', () => context.storage.deleteCase(id));
}
