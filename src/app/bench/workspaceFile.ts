import * as v from 'valibot';
import { BadInput } from '../../core/badInput.ts';
import type { ArchivePart } from '../../protocol/archive.ts';
import type { Result } from '../../protocol/result.ts';
import type { StoredBenchFile, StoredBenchScores } from '../../storage/benchStorage.ts';
import { StorageFullError } from '../../storage/quota.ts';
import { keepFromBench } from '../remarks.ts';
import type { BenchContext, BenchFile, BenchSettings } from './context.ts';
import { openFile } from './files.ts';
import type { GuestSection } from './guest.ts';
import type { ImportedTable } from './imports.ts';
import { pairAnew } from './pairing.ts';
import { readSettings, storedSettings } from './settings.ts';

/*
 * A workspace as one file (`.loupe`, a zip): `workspace.json` with everything but pictures, and the
 * pictures below `files/`. One from a stranger can waste time and nothing else: the archive is read
 * within its bounds, the JSON is checked field by field, and paths are names, never places on a disk.
 */

const CONTENTS = 'workspace.json';
/** Bytes of `workspace.json`: about a million numbers. */
const LARGEST_CONTENTS = 256 * 2 ** 20;

const text = v.pipe(v.string(), v.maxLength(2000));
const number = v.pipe(v.number(), v.finite());
const size = v.tuple([v.pipe(number, v.integer()), v.pipe(number, v.integer())]);

const exifSchema = v.object({
  device: v.nullable(text),
  lens: v.nullable(text),
  exposure: v.nullable(number),
  aperture: v.nullable(number),
  iso: v.nullable(number),
  focalLength: v.nullable(number),
  brightness: v.nullable(number),
  flash: v.nullable(v.boolean()),
  taken: v.nullable(text),
});

const fileSchema = v.object({
  path: text,
  bytes: v.pipe(number, v.minValue(0)),
  modified: number,
  size: v.nullable(size),
  trouble: v.nullable(text),
  exif: v.exactOptional(v.nullable(exifSchema)),
  made: v.exactOptional(v.object({ method: text, caseId: text, from: v.string() })),
  automatic: v.exactOptional(
    v.object({ caseId: text, modelTitle: text, modelSha256: text, from: text }),
  ),
  /** Where the picture lies in the archive; null where it was left out. */
  data: v.nullable(text),
});

const scoresSchema = v.object({
  stamp: v.string(),
  values: v.record(text, v.nullable(number)),
  notes: v.exactOptional(v.record(text, text)),
  backend: v.picklist(['wgsl', 'reference']),
});

const importSchema = v.object({
  id: text,
  fileName: text,
  kind: v.picklist(['values', 'attributes', 'complexity']),
  columns: v.array(text),
  rows: v.array(
    v.object({
      case: v.nullable(text),
      method: v.nullable(text),
      cells: v.array(v.nullable(v.union([number, text]))),
    }),
  ),
});

const workspaceSchema = v.object({
  loupe: v.literal('workspace'),
  version: v.literal(1),
  files: v.pipe(v.array(fileSchema), v.maxLength(50_000)),
  scores: v.record(v.string(), scoresSchema),
  settings: v.unknown(),
  imports: v.pipe(v.array(importSchema), v.maxLength(1000)),
  /** Checked by whom it belongs to. */
  judge: v.exactOptional(v.unknown()),
});

type Workspace = v.InferOutput<typeof workspaceSchema>;

const guestPath = (sha256: string) => `study-pictures/${sha256}.png`;

/** The set as one file. @throws {BadInput} where a picture cannot be read any more */
export async function writeWorkspace(context: BenchContext, images: boolean): Promise<File> {
  const { files, scores, settings, imports } = context;
  const parts: ArchivePart[] = [];
  const listed: Workspace['files'] = [];
  for (const { record } of files.values()) {
    const { path, bytes, modified, trouble, exif, made, automatic } = record;
    const size = record.size === null ? null : ([...record.size] as [number, number]);
    let data: string | null = null;
    if (images) {
      const file = await openFile(context, record.id);
      if (!file.ok) throw new BadInput(file.error.message);
      // A name of ours: what the user called the file may be no path at all.
      data = `files/${listed.length}${/\.[a-z0-9]{1,5}$/i.exec(path)?.[0] ?? ''}`;
      parts.push({ path: data, data: file.value });
    }
    const known = {
      ...(exif === undefined ? {} : { exif }),
      ...(made ? { made } : {}),
      ...(automatic ? { automatic } : {}),
    };
    listed.push({ path, bytes, modified, size, trouble, ...known, data });
  }
  const guest = (await context.guest?.section(images)) ?? null;
  for (const [sha256, data] of guest?.pictures ?? []) parts.push({ path: guestPath(sha256), data });
  const workspace = {
    loupe: 'workspace',
    version: 1,
    files: listed,
    scores: Object.fromEntries(scores),
    settings: { ...settings, measuring: false, running: null, masking: false },
    imports: [...imports.values()],
    ...(guest === null ? {} : { judge: guest.json }),
  };
  parts.unshift({ path: CONTENTS, data: new Blob([JSON.stringify(workspace)]) });
  const written = await context.archives.call((api) => api.write(parts));
  if (!written.ok) throw new BadInput(written.error.message);
  return new File([written.value], 'workspace.loupe', { type: 'application/zip' });
}

function valueOrThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new BadInput(result.error.message);
  return result.value;
}

/** @throws {BadInput} */
function parse(json: string, name: string): Workspace {
  const bad = (why: string, cause?: unknown) =>
    new BadInput(
      `“${name}” is not a workspace that Loupe can open: ${why}. Save it again and take that file.`,
      cause,
    );
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (caught) {
    throw bad('its contents are damaged', caught);
  }
  const read = v.safeParse(workspaceSchema, raw);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw bad(`${v.getDotPath(issue) ?? 'its contents'}: ${issue.message}`);
}

interface Unpacked {
  readonly files: readonly { readonly record: StoredBenchFile; readonly data: File | null }[];
  readonly scores: ReadonlyMap<string, StoredBenchScores>;
  readonly settings: BenchSettings;
  readonly imports: readonly ImportedTable[];
  readonly guest: GuestSection | null;
}

async function guestPictures(
  paths: readonly string[],
  read: (path: string) => Promise<Blob>,
): Promise<Map<string, Blob>> {
  const pictures = new Map<string, Blob>();
  for (const path of paths) {
    const sha256 = /^study-pictures\/([0-9a-f]{64})\.png$/.exec(path)?.[1];
    if (sha256 !== undefined) pictures.set(sha256, await read(path));
  }
  return pictures;
}

async function unpack(context: BenchContext, archive: File): Promise<Unpacked> {
  const { archives } = context;
  const { name } = archive;
  const { handle, entries } = valueOrThrow(await archives.call((api) => api.open(archive, name)));
  const contents = entries.find(({ path }) => path === CONTENTS);
  if (contents === undefined || contents.bytes > LARGEST_CONTENTS) {
    throw new BadInput(`“${name}” is not a workspace of Loupe: there is no ${CONTENTS} in it.`);
  }
  const read = async (path: string) =>
    valueOrThrow(await archives.call((api) => api.read(handle, path)));
  const workspace = parse(await (await read(CONTENTS)).text(), name);
  const there = new Set(entries.map(({ path }) => path));
  const files: { record: StoredBenchFile; data: File | null }[] = [];
  for (const [index, { data, ...record }] of workspace.files.entries()) {
    context.store.set({
      reading: { done: index, total: workspace.files.length, label: `Opening ${name}` },
    });
    const blob = data !== null && there.has(data) ? await read(data) : null;
    const bytes = blob?.size ?? record.bytes;
    files.push({
      record: { ...record, id: record.path, bytes, kept: 'copied' },
      data:
        blob &&
        new File([blob], record.path.split('/').at(-1) ?? '', { lastModified: record.modified }),
    });
  }
  const guest: GuestSection | null =
    workspace.judge === undefined
      ? null
      : { json: workspace.judge, pictures: await guestPictures([...there], read) };
  await archives.call(async (api) => {
    await api.close(handle);
    return { ok: true, value: undefined };
  });
  return {
    files,
    scores: new Map(Object.entries(workspace.scores)),
    settings: readSettings(workspace.settings),
    imports: workspace.imports,
    guest,
  };
}

/** Keeps what was unpacked; false where pictures did not fit. */
async function keepAll(context: BenchContext, unpacked: Unpacked): Promise<boolean> {
  const { storage } = context;
  const { files, scores, settings, imports } = unpacked;
  let fits = true;
  try {
    for (const { record, data } of files) {
      if (data !== null) await storage.putFiles([{ record, data }]);
      else await storage.updateFiles([record]);
    }
  } catch (error) {
    if (!(error instanceof StorageFullError)) throw error;
    fits = false;
  }
  await storage.putScores(scores).catch(() => undefined);
  await storage.putSettings(storedSettings(settings)).catch(() => undefined);
  for (const [caseId, remarks] of Object.entries(settings.remarks)) {
    await storage.changeRemarks(caseId, () => remarks).catch(() => undefined);
  }
  for (const table of imports) await storage.putImport(table.id, table).catch(() => undefined);
  return fits;
}

/**
 * Opens a workspace file in place of the set that is there; a file that cannot be opened changes
 * nothing.
 * @throws {BadInput}
 */
export async function readWorkspace(context: BenchContext, archive: File): Promise<void> {
  const { app, store } = context;
  let unpacked: Unpacked;
  try {
    unpacked = await unpack(context, archive);
    await keepFromBench(app, context.settings.remarks);
    await context.storage.clear();
    const fits = await keepAll(context, unpacked);
    if (!fits) {
      app.store.notify(
        'error',
        `The storage of this browser is full: “${archive.name}” is open now but not all of it outlives a reload.`,
      );
    }
    context.files.clear();
    for (const { record, data } of unpacked.files) {
      const file: BenchFile = { record, data: fits ? null : data, memory: !fits };
      context.files.set(record.id, file);
    }
  } finally {
    store.set({ reading: null });
  }
  context.scores.clear();
  for (const [key, scores] of unpacked.scores) context.scores.set(key, scores);
  context.imports.clear();
  for (const table of unpacked.imports) context.imports.set(table.id, table);
  context.settings = unpacked.settings;
  pairAnew(context);
  if (unpacked.guest !== null) await context.guest?.take(unpacked.guest);
}
