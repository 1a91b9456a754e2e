import * as v from 'valibot';
import { BadInput } from '../../core/badInput.ts';
import { readStudy, type Study, type StudyKey } from '../../core/judge/study.ts';
import {
  checksummed,
  isOfEarlierBuild,
  mergeVoteFiles,
  readVoteFile,
  type VoteFile,
} from '../../core/judge/votes.ts';
import type { ArchivePart } from '../../protocol/archive.ts';
import type { Result } from '../../protocol/result.ts';
import { sha256Of } from '../hash.ts';
import type { HeldStudy, JudgeContext } from './context.ts';
import { hashOfStudy, picturesOf } from './studyMaking.ts';

/*
 * Studies, keys and votes as files. A study is a zip, or the same files on a static host: `study.json` and
 * `pictures/<hash>.png`.
 */

const STUDY = 'study.json';
const LARGEST_JSON = 64 * 2 ** 20;

const keySchema = v.object({
  studyHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  methods: v.record(v.string(), v.pipe(v.string(), v.maxLength(500))),
  cases: v.record(v.string(), v.pipe(v.string(), v.maxLength(500))),
});

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function valueOrThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new BadInput(result.error.message);
  return result.value;
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (caught) {
    throw new BadInput(`“${name}” is damaged. Get it again.`, caught);
  }
}

function parseStudy(text: string, name: string): Study {
  const read = readStudy(parseJson(text, name));
  if ('study' in read) return read.study;
  throw new BadInput(
    `“${name}” is not a study that Loupe can open: ${read.problem}. Ask for the file again.`,
  );
}

/** The study with its pictures; what its marks stand for is not in it. */
export async function packStudy(context: JudgeContext, { study }: HeldStudy): Promise<File> {
  const parts: ArchivePart[] = [
    { path: STUDY, data: new Blob([`${JSON.stringify(study, null, 1)}\n`]) },
  ];
  for (const sha256 of picturesOf(study)) {
    const picture = await context.storage.picture(sha256);
    if (picture === null) throw new BadInput('A picture of the study is no longer stored.');
    parts.push({ path: `pictures/${sha256}.png`, data: picture });
  }
  const packed = valueOrThrow(await context.archives.call((api) => api.write(parts)));
  return new File([packed], `study-${study.id.slice(0, 8)}.zip`, { type: 'application/zip' });
}

/** The key as a file, for the maker alone. */
export function packKey(key: StudyKey): File {
  const text = JSON.stringify({ loupe: 'study-key', version: 1, ...key }, null, 1);
  return new File([`${text}\n`], `key-${key.studyHash.slice(0, 8)}.json`, {
    type: 'application/json',
  });
}

export async function addStudy(
  context: JudgeContext,
  study: Study,
  held: Pick<HeldStudy, 'key' | 'address'>,
): Promise<string> {
  const hash = await hashOfStudy(study);
  const known = context.studies.get(hash);
  const entry = { study, key: held.key ?? known?.key ?? null, address: held.address };
  context.studies.set(hash, entry);
  await context.storage.put(`study/${hash}`, entry);
  return hash;
}

/** @returns the study's hash */
async function unpackStudy(context: JudgeContext, file: File): Promise<string> {
  const { archives, storage, store } = context;
  const opened = valueOrThrow(await archives.call((api) => api.open(file, file.name)));
  const { handle, entries } = opened;
  const contents = entries.find(({ path }) => path === STUDY);
  if (contents === undefined || contents.bytes > LARGEST_JSON) {
    throw new BadInput(`“${file.name}” is not a study: there is no ${STUDY} in it.`);
  }
  const read = async (path: string) =>
    valueOrThrow(await archives.call((api) => api.read(handle, path)));
  const study = parseStudy(await (await read(STUDY)).text(), file.name);
  const there = new Set(entries.map(({ path }) => path));
  const wanted = picturesOf(study);
  for (const [index, sha256] of wanted.entries()) {
    store.set({ working: { label: `Opening ${file.name}`, done: index, total: wanted.length } });
    const path = `pictures/${sha256}.png`;
    const picture = there.has(path) ? await read(path) : null;
    // What is missing or damaged is said on the study's page (`missingPictures`).
    if (picture !== null && (await sha256Of(picture)) === sha256) {
      await storage.putPicture(sha256, picture.slice(0, picture.size, 'image/png'));
    }
  }
  await archives.call(async (api) => {
    await api.close(handle);
    return { ok: true, value: undefined };
  });
  return addStudy(context, study, { key: null, address: null });
}

/** A finished sentence where pictures of a study are not here and cannot be fetched; else nothing. */
export function missingPictures(
  { study, address }: HeldStudy,
  there: ReadonlySet<string>,
): string[] {
  if (address !== null) return [];
  const wanted = picturesOf(study);
  const missing = wanted.filter((sha256) => !there.has(sha256)).length;
  return missing === 0
    ? []
    : [
        `${missing} of ${wanted.length} pictures are missing or damaged: items with them cannot be shown. Open the study’s file again, or ask for it.`,
      ];
}

/**
 * A study on this page's own host: a folder, whose pictures are fetched when they are shown, or the study's
 * file. @returns its hash
 */
export async function openAddress(context: JudgeContext, url: string): Promise<string> {
  const isFile = /\.zip$/i.test(url);
  const base = new URL(isFile || url.endsWith('/') ? url : `${url}/`, context.app.platform.baseUrl);
  if (base.origin !== new URL(context.app.platform.baseUrl).origin) {
    throw new BadInput(
      `${base.origin} is another host: Loupe fetches nothing from outside. Download the study and drop its file.`,
    );
  }
  const address = isFile ? base.href : new URL(STUDY, base).href;
  const response = await context.app.platform.fetch(address).catch(() => null);
  if (response === null || !response.ok) {
    throw new BadInput(
      `There is no study at ${base.href}: check the address, or drop the study’s file.`,
    );
  }
  if (isFile) {
    return unpackStudy(context, new File([await response.blob()], url.split('/').at(-1) ?? url));
  }
  const study = parseStudy(await response.text(), base.href);
  return addStudy(context, study, { key: null, address: base.href });
}

/** A picture of a study: stored, or fetched and kept. Null where it cannot be had. */
export async function loadPicture(
  { storage, app }: JudgeContext,
  { address }: HeldStudy,
  sha256: string,
): Promise<Blob | null> {
  const stored = await storage.picture(sha256);
  if (stored !== null || address === null) return stored;
  const url = new URL(`pictures/${sha256}.png`, address).href;
  const response = await app.platform.fetch(url).catch(() => null);
  const picture = response?.ok ? await response.blob() : null;
  if (picture === null || (await sha256Of(picture)) !== sha256) return null;
  await storage.putPicture(sha256, picture).catch(() => undefined);
  return picture;
}

async function addVotes(context: JudgeContext, file: VoteFile, name: string): Promise<void> {
  if (!context.studies.has(file.study)) {
    throw new BadInput(
      `“${name}” holds votes on another study: open that study first, or leave the file out.`,
    );
  }
  if (!(await isGenuine(file))) {
    throw new BadInput(
      `“${name}” was changed after Loupe wrote it, so its votes do not count. Ask ${file.rater} for the file as it was saved.`,
    );
  }
  const remarks = await bringVotes(context, file.study, [file]);
  for (const remark of remarks) context.app.store.notify('info', remark);
}

/** Whether a vote file is as Loupe wrote it. */
export const isGenuine = async (file: VoteFile): Promise<boolean> =>
  (await sha256Of(new Blob([checksummed(file)]))) === file.checksum;

/** Merges votes into those that came before. @returns finished sentences about what was put aside */
export async function bringVotes(
  context: JudgeContext,
  hash: string,
  files: readonly VoteFile[],
): Promise<readonly string[]> {
  let remarks: readonly string[] = [];
  // Another tab may have taken in votes too.
  await context.storage.update(`brought/${hash}`, (now) => {
    const known = broughtFiles(now);
    const [before, after] = [mergeVoteFiles(known), mergeVoteFiles([...known, ...files])];
    remarks = after.remarks.slice(before.remarks.length);
    context.brought.set(hash, [...after.kept]);
    return { files: after.kept };
  });
  return remarks;
}

/** Vote files of a stored record; damaged ones are left out. */
export function broughtFiles(record: unknown): VoteFile[] {
  const files: unknown = isObject(record) ? record.files : null;
  if (!Array.isArray(files)) return [];
  return files.flatMap((own) => {
    const read = readVoteFile(own);
    return 'file' in read ? [read.file] : [];
  });
}

/** Takes votes that were brought out again. */
export async function removeBrought(
  context: JudgeContext,
  hash: string,
  ballot: string,
  rater: string,
): Promise<void> {
  const stays = (file: VoteFile) => file.ballot !== ballot || file.rater !== rater;
  await context.storage.update(`brought/${hash}`, (now) => {
    const files = broughtFiles(now).filter(stays);
    context.brought.set(hash, files);
    return { files };
  });
}

/** A key from outside, with or without its file's head; null where it is none. */
export function readKey(json: unknown): StudyKey | null {
  const read = v.safeParse(keySchema, json);
  return read.success ? read.output : null;
}

async function addKey(context: JudgeContext, json: unknown, name: string): Promise<void> {
  const key = readKey(json);
  if (key === null) throw new BadInput(`“${name}” is not a study’s key.`);
  const { studyHash } = key;
  const held = context.studies.get(studyHash);
  if (held === undefined) {
    throw new BadInput(`“${name}” is the key of another study: open that study first.`);
  }
  const entry = { ...held, key };
  context.studies.set(studyHash, entry);
  await context.storage.put(`study/${studyHash}`, entry);
}

/**
 * Takes in a study, a key or votes, whatever the file is.
 * @throws {BadInput} with a sentence that names it
 */
export async function addFile(context: JudgeContext, file: File): Promise<void> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (start[0] === 0x50 && start[1] === 0x4b) {
    await unpackStudy(context, file);
    return;
  }
  if (file.size > LARGEST_JSON)
    throw new BadInput(`“${file.name}” is too large for votes or a key.`);
  const json = parseJson(await file.text(), file.name);
  const kind = isObject(json) && 'loupe' in json ? json.loupe : null;
  if (kind === 'study-key') await addKey(context, json, file.name);
  else if (kind === 'votes') {
    if (isObject(json) && isOfEarlierBuild(json)) {
      throw new BadInput(
        `“${file.name}” was saved by an earlier build of Loupe, which wrote votes in another way. They are still in the browser in which they were given: open the study there in this build and save the votes again.`,
      );
    }
    const read = readVoteFile(json);
    if ('problem' in read)
      throw new BadInput(`“${file.name}” cannot be read as votes: ${read.problem}.`);
    await addVotes(context, read.file, file.name);
  } else {
    throw new BadInput(`“${file.name}” is neither a study nor a key nor votes.`);
  }
}
