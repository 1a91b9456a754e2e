import { guessRole } from '../core/dataset/roles.ts';
import type { DecodedPicture } from '../protocol/codec.ts';
import { type Attached, attach } from './attach.ts';
import { pictureOf, ROLES } from './cases.ts';
import { type Asked, ask, askedAbout, type LooseFile } from './chooser.ts';
import { type ContentHints, contentHints } from './contentGuess.ts';
import type { AppContext } from './context.ts';
import { hasDied } from './engineCall.ts';
import { refreshStorageLine } from './keep.ts';
import { rerunForMask } from './maskRuns.ts';
import { showMetrics } from './measure.ts';
import type { Role } from './model.ts';
import { sortMethods } from './modelFiles.ts';
import { openCase } from './openCase.ts';
import { addMethods } from './openMethods.ts';
import { NAMELESS_METHOD } from './outputs.ts';
import { autoMask } from './personMask.ts';
import { attachRegionMask } from './regionCommands.ts';
import { queueRestore } from './restore.ts';
import { sameScene, sceneOf } from './sameScene.ts';
import { sentenceOf } from './sentences.ts';
import { select, showCase, showThumbnail, trimPictures } from './show.ts';
import { type KnownFile, type NamedMask, sortByName } from './sortFiles.ts';
import { addWeights, isWeightFile } from './weights.ts';

/** No picture within the decoders' limits is larger: an uncompressed one of 100 megapixels fits. */
const MOST_BYTES = 1e9;

async function decode(context: AppContext, file: File): Promise<DecodedPicture | null> {
  if (file.size > MOST_BYTES) {
    const size = (file.size / 1e9).toFixed(1);
    context.store.notify(
      'error',
      `“${file.name}” has ${size} GB, and pictures of up to ${MOST_BYTES / 1e9} GB are read. Scale the picture or save it compressed, then add it again.`,
    );
    return null;
  }
  const read = () => context.codec.call((api) => api.decode(file, file.name));
  const first = await read();
  // The file may be innocent of the decoder's death: one more try, with a fresh one.
  const decoded = !first.ok && hasDied(first.error) ? await read() : first;
  if (decoded.ok) return decoded.value;
  context.store.notify('error', sentenceOf(decoded.error, file.name));
  return null;
}

/** Puts one file into its case and shows what is quick to show. */
async function takeIn(
  context: AppContext,
  known: KnownFile,
  decoded: DecodedPicture,
): Promise<Attached | null> {
  const { method = NAMELESS_METHOD } = known;
  const attached = await attach(context, { ...known, method, decoded });
  if (attached === null) {
    if (context.pictures.peek(decoded.sha256) !== decoded) decoded.bitmap.close();
    return null;
  }
  const { caseId, isNew } = attached;
  await showThumbnail(context, caseId);
  if (isNew && context.store.state.currentCaseId === null) await select(context, caseId);
  else if (caseId === context.store.state.currentCaseId) await showCase(context, caseId);
  else trimPictures(context);
  return attached;
}

/** Which case is on screen after a drop: the first new one, else the first that got something. */
async function selectAfter(context: AppContext, attached: readonly Attached[]): Promise<void> {
  const { currentCaseId } = context.store.state;
  const touched = attached.some(({ caseId }) => caseId === currentCaseId);
  const fresh = attached.find(({ isNew }) => isNew);
  const next = fresh ?? (touched ? undefined : attached[0]);
  if (next !== undefined) await openCase(context, next.caseId);
}

/** Restores new inputs and measures what can be measured, once all files of a drop are in place. */
async function workOn(context: AppContext, attached: readonly Attached[]): Promise<void> {
  const changed = new Set(attached.filter((entry) => entry.changed).map(({ caseId }) => caseId));
  for (const id of changed) {
    const record = context.records.get(id);
    if (record === undefined) continue;
    if (record.input !== null && record.outputs.length === 0) {
      await queueRestore(context, id, { method: null, replaces: false, resumable: true });
    }
    autoMask(context, id);
    await rerunForMask(context, id);
    await showMetrics(context, id);
    if (record.input === null && record.outputs.length === 0) {
      const waiting = record.gt ?? record.mask;
      context.store.notify(
        'info',
        `“${waiting?.name ?? record.stem}” waits for its input: drop that too.`,
      );
    }
  }
}

/** Takes in files whose roles are known, inputs first, so that the others find their case. */
export async function takeInAll(
  context: AppContext,
  files: readonly KnownFile[],
): Promise<readonly Attached[]> {
  const ordered = ROLES.flatMap((role) => files.filter((file) => file.role === role));
  const all: Attached[] = [];
  try {
    for (const [done, known] of ordered.entries()) {
      context.jobs.showReading({ name: known.file.name, done, total: ordered.length });
      const decoded = known.decoded ?? (await decode(context, known.file));
      const attached = decoded === null ? null : await takeIn(context, known, decoded);
      if (attached !== null) all.push(attached);
    }
  } finally {
    context.jobs.showReading(null);
  }
  await selectAfter(context, all);
  await workOn(context, all);
  void refreshStorageLine(context);
  return all;
}

/** Where the very same file already is. */
function placeOf(
  context: AppContext,
  sha256: string,
): { stem: string; role: Role; method?: string } | null {
  for (const record of context.records.values()) {
    const { stem, outputs } = record;
    const output = outputs.find(({ picture }) => picture.sha256 === sha256);
    if (output !== undefined) return { stem, role: 'output', method: output.method };
    const role = ROLES.find((candidate) => pictureOf(record, candidate)?.sha256 === sha256);
    if (role !== undefined) return { stem, role };
  }
  return null;
}

/** Whether a file that is called like an open case shows the scene of that case's input. */
async function isOutputOf(
  context: AppContext,
  { outputOf }: LooseFile,
  hints: ContentHints,
): Promise<boolean> {
  const record = [...context.records.values()].find(({ stem }) => stem === outputOf?.stem);
  if (record?.input == null || hints.twoLevel) return false;
  const { width, height } = record.input;
  if (width !== hints.width || height !== hints.height) return false;
  const input = await context.pictures.load('picture', record.input);
  return input.ok && sameScene(hints.scene, sceneOf(input.value.pixels));
}

/** What a decoded file without a role is; one that the user is asked about has no role yet. */
async function settleOne(
  context: AppContext,
  loose: LooseFile,
  { sha256, pixels }: DecodedPicture,
  isAlone: boolean,
): Promise<KnownFile | Asked> {
  const { outputOf, ...file } = loose;
  const there = placeOf(context, sha256);
  if (there !== null) return { ...there, file: loose.file, loose: true };
  const hints = contentHints(pixels);
  if (outputOf !== undefined && (await isOutputOf(context, loose, hints))) {
    return { ...file, ...outputOf, role: 'output', loose: false };
  }
  const isInput = isAlone && !(await askedAbout(context, pixels, hints));
  return isInput ? { ...file, role: 'input', loose: true } : { ...loose, hints };
}

/**
 * Files without a role: a single one is an input where that is the only sense it makes; otherwise the
 * user is asked.
 */
async function settleUnclear(
  context: AppContext,
  unclear: readonly LooseFile[],
  inputCame: boolean,
): Promise<KnownFile[]> {
  const only = unclear.length === 1 ? unclear[0] : undefined;
  const asked: Asked[] = [];
  const taken: KnownFile[] = [];
  for (const [done, loose] of unclear.entries()) {
    context.jobs.showReading({ name: loose.file.name, done, total: unclear.length });
    const decoded = await decode(context, loose.file);
    if (decoded === null) continue;
    const settled = await settleOne(context, loose, decoded, only !== undefined && !inputCame);
    // One picture goes on as it is; of many, no more than one is held at a time.
    const isCarried = only !== undefined && 'role' in settled;
    if (!isCarried) decoded.bitmap.close();
    if ('role' in settled) taken.push(isCarried ? { ...settled, decoded } : settled);
    else asked.push(settled);
  }
  context.jobs.showReading(null);
  trimPictures(context);
  await ask(context, asked);
  return taken;
}

/**
 * A new input brings the ground truth or mask that came with it into its own case, though their names
 * share nothing (`selfie.jpg` and `mask.png`).
 */
function joinInput(settled: readonly KnownFile[], known: readonly KnownFile[]): KnownFile[] {
  const [input] = settled;
  const one = input !== undefined && settled.length === 1 && input.role === 'input';
  const companions = new Set(known.map(({ stem }) => stem)).size === 1;
  if (!one || !companions || known.some(({ role }) => role === 'input')) return [...known];
  return known.map((file) => ({ ...file, stem: input.stem }));
}

/** A named mask, after the pictures it belongs to. */
async function takeInRegion(context: AppContext, mask: NamedMask): Promise<void> {
  context.jobs.showReading({ name: mask.file.name, done: 0, total: 1 });
  const decoded = await decode(context, mask.file);
  if (decoded === null) return;
  await attachRegionMask(context, { ...mask, decoded });
  decoded.bitmap.close();
}

/** Hands models, LUT files and the weights of metrics on to where they are read; the others remain. */
async function withoutMethods(context: AppContext, files: readonly File[]): Promise<File[]> {
  const { models, luts, others } = await sortMethods(context, files);
  addMethods(context, models, luts);
  const pictures: File[] = [];
  const weights: File[] = [];
  for (const file of others) ((await isWeightFile(file)) ? weights : pictures).push(file);
  if (weights.length > 0) addWeights(context, weights);
  return pictures;
}

/**
 * Everything that happens to a drop: roles, decoding, cases, restoration, numbers.
 * @param place what the files are for which case; without it, or where that case is gone, their names and
 * content tell
 * @returns the cases that pictures came into
 */
export async function addFiles(
  context: AppContext,
  files: readonly File[],
  place?: { readonly role: Role; readonly caseId: string | null },
): Promise<readonly Attached[]> {
  const pictures = await withoutMethods(context, files);
  if (pictures.length === 0) return [];
  const record = context.records.get(place?.caseId ?? '');
  if (place !== undefined && record !== undefined) {
    const { id: caseId, stem } = record;
    return takeInAll(
      context,
      pictures.map((file) => ({ file, role: place.role, stem, caseId, loose: true })),
    );
  }
  const withInput = [...context.records.values()].filter(({ input }) => input !== null);
  const stems = withInput.map(({ stem }) => stem);
  const { known, unclear, regions } = sortByName(pictures, stems);
  try {
    const inputCame = known.some((file) => file.role === 'input');
    const settled = await settleUnclear(context, unclear, inputCame);
    const all = await takeInAll(context, [...settled, ...joinInput(settled, known)]);
    for (const mask of regions) await takeInRegion(context, mask);
    return all;
  } finally {
    context.jobs.showReading(null);
  }
}

/** See `VisitorCommands.addPhoto`. */
export async function addPhoto(context: AppContext, file: File): Promise<void> {
  const { stem } = guessRole(file.name);
  await takeInAll(context, [{ file, role: 'input', stem, caseId: null, loose: false }]);
}
