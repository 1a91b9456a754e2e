import type { AppContext } from './context.ts';

/** A model as it was dropped, with the files its weights lie in. */
export interface DroppedModel {
  readonly file: File;
  readonly externalData: readonly File[];
}

/** What of a drop is no picture: models, LUT files, and files that models ask for. */
interface DroppedMethods {
  readonly models: readonly DroppedModel[];
  readonly luts: readonly File[];
  readonly others: readonly File[];
}

const MODEL = /\.onnx$/i;
const LUT = /\.cube$/i;
const PICTURE = /\.(png|jpe?g|bmp|webp|avif|hei[cf]|tiff?|gif)$/i;

/** Bytes that are searched at a time. */
const STRETCH = 1 << 23;

/** Which of these texts occur in a file: a model names the files its weights lie in. */
async function textsIn(file: Blob, texts: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  // One character a byte, for the file and for what is sought in it.
  const decoder = new TextDecoder('latin1');
  const sought = texts.map((text) => decoder.decode(new TextEncoder().encode(text)));
  const longest = Math.max(0, ...sought.map((text) => text.length));
  for (let start = 0; start < file.size && found.size < texts.length; start += STRETCH) {
    const end = Math.min(file.size, start + STRETCH + longest);
    // A file that cannot be read is no concern of this: whoever reads it says so, by name.
    const bytes = await file
      .slice(start, end)
      .arrayBuffer()
      .catch(() => new ArrayBuffer(0));
    const stretch = decoder.decode(bytes);
    for (const [i, text] of texts.entries()) {
      if (stretch.includes(sought[i] ?? '')) found.add(text);
    }
  }
  return found;
}

/** Metrics' networks are small: larger files are not searched through. */
const LARGEST_METRIC = 1 << 28;
const SAYS_METRIC = ['"task": "metric"', '"task":"metric"'];
const MAY_BE_METRIC = 'lpips';

/**
 * Whether a network measures instead of restoring: `yes` where its metadata says so, `maybe` where it
 * speaks of LPIPS, which its output may be called.
 */
export async function isMetric(file: File): Promise<'yes' | 'maybe' | 'no'> {
  if (file.size > LARGEST_METRIC) return 'no';
  const found = await textsIn(file, [...SAYS_METRIC, MAY_BE_METRIC]);
  if (SAYS_METRIC.some((text) => found.has(text))) return 'yes';
  return found.has(MAY_BE_METRIC) ? 'maybe' : 'no';
}

/**
 * Sorts a drop. A file belongs to a model that names it, be it one of the drop or one that waits for
 * it; which of them is asked by what the model's bytes say, since its weights may be called anything.
 */
export async function sortMethods(
  context: Pick<AppContext, 'waitingModels'>,
  files: readonly File[],
): Promise<DroppedMethods> {
  const models = files.filter(({ name }) => MODEL.test(name));
  const luts = files.filter(({ name }) => LUT.test(name));
  const rest = files.filter((file) => !models.includes(file) && !luts.includes(file));
  const loose = rest.filter(({ name }) => !PICTURE.test(name));
  const used = new Set<File>();
  const found: DroppedModel[] = [];
  const waiting = loose.length === 0 ? [] : context.waitingModels;
  for (const model of [...models.map((file) => ({ file, externalData: [] })), ...waiting]) {
    const names = await textsIn(
      model.file,
      loose.map(({ name }) => name),
    );
    const own = loose.filter(({ name }) => names.has(name));
    for (const file of own) used.add(file);
    const others = model.externalData.filter(({ name }) => !names.has(name));
    const isNew = models.includes(model.file);
    if (isNew || own.length > 0)
      found.push({ file: model.file, externalData: [...others, ...own] });
  }
  return { models: found, luts, others: rest.filter((file) => !used.has(file)) };
}
