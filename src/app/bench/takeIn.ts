import { archiveFolder } from '../../core/dataset/archiveName.ts';
import { StorageFullError } from '../../storage/quota.ts';
import type { BenchContext, BenchFile } from './context.ts';
import { readExif } from './exif.ts';
import { idOf, openFile, recordOf } from './files.ts';
import type { BenchSource } from './model.ts';
import { pairAnew, showNumbers, storageSentence } from './pairing.ts';
import { keepSettings } from './settings.ts';

const NO_PICTURE =
  'There was no picture in what was dropped: PNG, JPEG, BMP, WebP and AVIF are read.';
const STORAGE_FULL =
  'The storage of this browser is full: some files are used now but will be gone after a reload. ' +
  'Pick their folder with “Choose a folder”, which copies nothing, or clear other sets.';

/** Files that are stored in one transaction: few enough to be interrupted, enough to be fast. */
const BATCH = 64;

const isArchive = ({ file, path }: BenchSource) =>
  /\.zip$/i.test(path) || file.type === 'application/zip';

/** The files of an archive, unpacked one after another, below a folder of the archive's name. */
async function* unpack(
  context: BenchContext,
  archive: BenchSource,
  say: (severity: 'error' | 'warning', sentence: string) => void,
): AsyncGenerator<BenchSource> {
  const { archives, store } = context;
  const { file, path } = archive;
  const opened = await archives.call((api) => api.open(file, path));
  if (!opened.ok) {
    say('error', opened.error.message);
    return;
  }
  const { handle, entries, remarks } = opened.value;
  for (const remark of remarks) say('warning', remark);
  const folder = path.replace(/[^/]*$/, '') + archiveFolder(path);
  for (const [index, entry] of entries.entries()) {
    store.set({ reading: { done: index, total: entries.length, label: `Unpacking ${path}` } });
    const read = await archives.call((api) => api.read(handle, entry.path));
    if (!read.ok) {
      say('error', read.error.message);
      continue;
    }
    const inside = `${folder}/${entry.path}`;
    const name = inside.slice(inside.lastIndexOf('/') + 1);
    yield { path: inside, file: new File([read.value], name, { lastModified: file.lastModified }) };
  }
  await archives.call(async (api) => {
    await api.close(handle);
    return { ok: true, value: undefined };
  });
}

/** Keeps a batch; what does not fit is held while the page is open. */
async function keepBatch(context: BenchContext, batch: readonly BenchSource[]): Promise<boolean> {
  const made = batch.map((source) => {
    const kept = source.handle === undefined ? ('copied' as const) : ('handle' as const);
    return { record: recordOf(source, kept), data: source.handle ?? source.file, source };
  });
  let memory = !context.storage.lasts;
  try {
    await context.storage.putFiles(made.map(({ record, data }) => ({ record, data })));
  } catch (error) {
    if (!(error instanceof StorageFullError)) throw error;
    memory = true;
  }
  for (const { record, source } of made) {
    context.files.set(record.id, { record, data: source.file, memory });
  }
  return memory;
}

/** Reads the headers of files whose size is unknown, side by side, and stores what they say. */
async function readSizes(context: BenchContext): Promise<void> {
  const { files, pool, storage, store } = context;
  const waiting = [...files.values()].filter(
    ({ record, data }) => record.size === null && record.trouble === null && data !== null,
  );
  const changed: BenchFile[] = [];
  let done = 0;
  const next = async (): Promise<void> => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const { record } = file;
      const opened = await openFile(context, record.id);
      const size = opened.ok
        ? await pool.call((api) => api.headSize(opened.value, record.path))
        : opened;
      const read = size.ok
        ? { ...record, size: size.value }
        : { ...record, trouble: size.error.message };
      changed.push({ ...file, record: read });
      done += 1;
      if (done % BATCH === 0) {
        const total = done + waiting.length;
        store.set({ reading: { done, total, label: 'Reading sizes' } });
      }
    }
  };
  await Promise.all(Array.from({ length: pool.size * 2 }, next));
  for (const file of changed) files.set(file.record.id, file);
  await storage
    .updateFiles(changed.filter(({ memory }) => !memory).map(({ record }) => record))
    .catch(() => undefined);
}

/** A file that was left out and is dropped again is wanted again. */
async function takeBackExclusions(
  context: BenchContext,
  sources: readonly BenchSource[],
): Promise<void> {
  const { corrections } = context.settings;
  const again = sources.map(idOf).filter((id) => corrections[id]?.excluded === true);
  if (again.length === 0) return;
  const wanted = again.map((id) => [id, { ...corrections[id], excluded: false }] as const);
  await keepSettings(context, { corrections: { ...corrections, ...Object.fromEntries(wanted) } });
}

/** Asks the browser, once, not to clear a set that it holds; a refusal changes nothing. */
async function askToPersist(context: BenchContext): Promise<void> {
  if (context.persisted !== null || !context.storage.lasts) return;
  context.persisted = false;
  const asked = context.app.platform.quota?.persist() ?? Promise.resolve(false);
  // Firefox waits for the user: the set does not wait with it.
  void asked.then(
    (persisted) => {
      context.persisted = persisted;
      context.store.set({ storageSentence: storageSentence(context) });
    },
    () => undefined,
  );
}

/** True for what belongs to a picture set; everything else is left where it lies. */
const isTaken = ({ path }: BenchSource) =>
  /\.(png|jpe?g|bmp|webp|avif)$/i.test(path) && !/(^|\/)(\.|__MACOSX)/.test(path);

/** Gathers files and stores them by the batch; says how far it is. */
function makeBatches(context: BenchContext, total: number) {
  let batch: BenchSource[] = [];
  const taken = { done: 0, memory: false };
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    taken.memory = (await keepBatch(context, batch)) || taken.memory;
    taken.done += batch.length;
    batch = [];
    const { done } = taken;
    context.store.set({
      reading: { done, total: Math.max(done, total), label: 'Reading files' },
    });
  };
  const take = async (source: BenchSource): Promise<void> => {
    if (!isTaken(source)) return;
    batch.push(source);
    if (batch.length >= BATCH) await flush();
  };
  return { taken, take, flush };
}

/**
 * Takes in files and archives beside those that are there, and pairs everything anew. A file with the
 * path of one that is there takes its place.
 */
export async function takeIn(
  context: BenchContext,
  sources: readonly BenchSource[],
): Promise<void> {
  const { store, app } = context;
  const before = context.files.size;
  const { taken, take, flush } = makeBatches(context, sources.length);
  let said = false;
  const say = (severity: 'error' | 'warning', sentence: string): void => {
    said = true;
    app.store.notify(severity, sentence);
  };
  store.set({ reading: { done: 0, total: sources.length, label: 'Reading files' } });
  try {
    for (const source of sources) {
      if (!isArchive(source)) await take(source);
      else for await (const inside of unpack(context, source, say)) await take(inside);
    }
    await flush();
    await readSizes(context);
  } finally {
    store.set({ reading: null });
  }
  await askToPersist(context);
  await takeBackExclusions(context, sources);
  pairAnew(context);
  await readExif(context);
  showNumbers(context);
  // An archive that cannot be opened has had its sentence.
  if (context.files.size === before && taken.done === 0 && !said) {
    app.store.notify('warning', NO_PICTURE);
  }
  if (taken.memory && context.storage.lasts) app.store.notify('error', STORAGE_FULL);
}
