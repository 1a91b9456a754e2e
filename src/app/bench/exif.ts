import type { ExifFacts } from '../../core/dataset/exifAttributes.ts';
import type { BenchContext, BenchFile } from './context.ts';
import { openFile } from './files.ts';

/** Inputs whose EXIF nobody has looked for yet. */
function waiting({ survey, files }: BenchContext): BenchFile[] {
  return survey.cases.flatMap(({ input }) => {
    const file = input === null ? undefined : files.get(input);
    return file === undefined || file.record.exif !== undefined ? [] : [file];
  });
}

async function factsOf(context: BenchContext, { record }: BenchFile): Promise<ExifFacts | null> {
  const opened = await openFile(context, record.id);
  if (!opened.ok) return null;
  const read = await context.pool.call((api) => api.exif(opened.value, record.path));
  return read.ok ? read.value : null;
}

/** Reads what cameras wrote into the inputs, a few side by side, and keeps it with their records. */
export async function readExif(context: BenchContext): Promise<void> {
  const { files, pool, storage } = context;
  const left = waiting(context);
  const changed: BenchFile[] = [];
  const next = async (): Promise<void> => {
    for (let file = left.pop(); file !== undefined; file = left.pop()) {
      const exif = await factsOf(context, file);
      changed.push({ ...file, record: { ...file.record, exif } });
    }
  };
  await Promise.all(Array.from({ length: pool.size * 2 }, next));
  for (const file of changed) files.set(file.record.id, file);
  await storage
    .updateFiles(changed.filter(({ memory }) => !memory).map(({ record }) => record))
    .catch(() => undefined);
}
