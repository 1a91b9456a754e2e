import type { DecodedPicture } from '../protocol/codec.ts';
import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { addRecords, pictureOf, ROLES, saveCase, titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { newId } from './ids.ts';
import { keep } from './keep.ts';
import type { Role } from './model.ts';
import { outputOf, shownOutput, withOutput } from './outputs.ts';
import { storedPictureOf } from './pictures.ts';
import { fitInto, roleName } from './sizeRules.ts';
import { letGo } from './tabs.ts';

interface Arrival {
  readonly role: Role;
  readonly stem: string;
  readonly file: File;
  readonly decoded: DecodedPicture;
  /** Of an output: the method it is told apart by. */
  readonly method: string;
  /** The user said what it is; its name says nothing about which case it belongs to. */
  readonly loose: boolean;
  /** The case that the user said it is for; null: a case of its own. */
  readonly caseId?: string | null;
}

/** The case a picture ended up in. */
export interface Attached {
  readonly caseId: string;
  readonly isNew: boolean;
  /** False where the very same file was there already. */
  readonly changed: boolean;
}

const sameStem = (record: StoredCase, stem: string): boolean =>
  record.stem.toLowerCase() === stem.toLowerCase();

/** What is in the place where an arrival would go: for outputs, the one of its method. */
function placeFor(record: StoredCase, { role, method }: Arrival): StoredPicture | null {
  return role === 'output' ? (outputOf(record, method)?.picture ?? null) : pictureOf(record, role);
}

/** The case whose files a new one belongs with; null where it opens a case of its own. */
function caseFor(context: AppContext, arrival: Arrival): StoredCase | null {
  const { role, stem, loose, decoded, caseId } = arrival;
  if (caseId === null) return null;
  const meant = context.records.get(caseId ?? '');
  if (meant !== undefined && (role !== 'input' || meant.input === null)) return meant;
  const records = [...context.records.values()].reverse();
  const twin = records.find((record) => placeFor(record, arrival)?.sha256 === decoded.sha256);
  if (twin !== undefined && (role === 'input' || sameStem(twin, stem))) return twin;
  const named = records.filter((record) => sameStem(record, stem));
  const free = named.find((record) => placeFor(record, arrival) === null);
  if (free !== undefined) return free;
  if (role === 'input') {
    const current = context.records.get(context.store.state.currentCaseId ?? '');
    return current !== undefined && current.input === null && loose ? current : null;
  }
  if (named[0] !== undefined) return named[0];
  const current = context.records.get(context.store.state.currentCaseId ?? '');
  // Ground truths of several cases may come before their inputs: they wait in cases of their own.
  return current !== undefined && (current.input !== null || loose) ? current : null;
}

/** Why a picture cannot take its place, as a sentence; null where it can. Remarks become notices. */
function refusal(
  context: AppContext,
  record: StoredCase,
  role: Role,
  picture: StoredPicture,
): string | null {
  const there = pictureOf(record, role);
  const givesWay = there?.origin?.kind === 'automatic';
  if (there !== null && !givesWay && (role === 'gt' || role === 'mask')) {
    return `“${picture.name}” was not used: case ${titleOf(record)} already has the ${roleName(role)} “${there.name}”. Remove that one first.`;
  }
  const others = ROLES.filter((other) => other !== role && pictureOf(record, other) !== null);
  for (const other of others) {
    // A restored output follows its input, and gives way with it.
    if (other === 'output' && shownOutput(record)?.origin.kind === 'restored') continue;
    const reference = pictureOf(record, other);
    if (reference === null) continue;
    const fit = fitInto(role, picture, reference, other);
    if (!fit.fits) return fit.reason;
    if (fit.remark !== null) {
      context.store.notify('info', fit.remark);
      return null;
    }
  }
  return null;
}

function freshCase(context: AppContext, stem: string): StoredCase {
  const last = [...context.records.values()].at(-1)?.addedAt ?? 0;
  return {
    id: newId(),
    stem,
    // Cases of one drop keep their order though they come within a millisecond.
    addedAt: Math.max(Date.now(), last + 1),
    input: null,
    gt: null,
    mask: null,
    outputs: [],
    shownMethod: null,
    measuredWith: null,
    pendingMethods: [],
    regionMasks: {},
    rectangle: null,
  };
}

/** A dropped output takes the place of its method's and comes on screen. */
function changeFor(
  record: StoredCase,
  { role, method }: Arrival,
  picture: StoredPicture,
): Partial<StoredCase> {
  if (role !== 'output') return { [role]: picture };
  const output = { method, title: method, picture, origin: { kind: 'dropped' } } as const;
  return { outputs: withOutput(record, output), shownMethod: method };
}

/** Keeps the file. Where that fails it is shown all the same, and no stored case names it. */
export async function keepFile(
  context: AppContext,
  file: File,
  picture: StoredPicture,
): Promise<void> {
  const kept = await keep(context, `“${picture.name}”`, () =>
    context.storage.putFile('picture', picture.sha256, file),
  );
  if (kept) context.unkept.delete(picture.sha256);
  else context.unkept.add(picture.sha256);
}

/**
 * Puts a decoded picture into the case it belongs to, or opens one for it. Null where it was refused:
 * a notice then says why, and everything stays as it was.
 */
export async function attach(context: AppContext, arrival: Arrival): Promise<Attached | null> {
  const { role, stem, file, decoded } = arrival;
  const picture = storedPictureOf(decoded, file.name, file.size);
  const target = caseFor(context, arrival);
  if (target !== null && placeFor(target, arrival)?.sha256 === picture.sha256) {
    // It may have been dropped again because the stored one was lost.
    context.pictures.adopt(decoded);
    await keepFile(context, file, picture);
    return { caseId: target.id, isNew: false, changed: false };
  }
  if (target !== null) {
    const reason = refusal(context, target, role, picture);
    if (reason !== null) {
      context.store.notify('error', reason);
      return null;
    }
  }
  context.pictures.adopt(decoded);
  await keepFile(context, file, picture);
  if (target === null) {
    const fresh = freshCase(context, stem);
    const record = { ...fresh, ...changeFor(fresh, arrival, picture) };
    addRecords(context, [record]);
    await saveCase(context, record.id);
    return { caseId: record.id, isNew: true, changed: true };
  }
  const replaced = outputOf(target, arrival.method);
  if (role === 'output' && replaced !== null) {
    context.store.notify(
      'info',
      `“${picture.name}” is now the output of case ${titleOf(target)} instead of “${replaced.picture.name}”.`,
    );
  }
  const title = role === 'input' ? { stem } : {};
  await updateCase(context, target.id, { ...changeFor(target, arrival, picture), ...title });
  // What was restored is remembered by its input; what was dropped, by nothing.
  if (role === 'output' && replaced?.origin.kind === 'dropped') {
    await letGo(context, target, replaced.picture);
  }
  return { caseId: target.id, isNew: false, changed: true };
}
