import type { RandomAccess } from '../../pytorch/randomAccess.ts';
import { isFloating } from './elementTypes.ts';
import type { ModelTensor, OnnxModel } from './graph.ts';
import type { ExternalFile, OnnxFiles } from './inspection.ts';
import { MAX_FILE_BYTES, MAX_FLOATS, MAX_INTEGERS } from './limits.ts';
import { OnnxRefusal } from './refusal.ts';
import { decodeRaw } from './tensorValues.ts';
import { allTensors } from './walk.ts';

/** Models state paths, dropped files have none: the last part decides. */
function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function checkFile(name: string, file: RandomAccess, needed: number): void {
  if (file.size > MAX_FILE_BYTES) {
    throw new OnnxRefusal(
      `keeps its weights in ${name}, which is over 2 GiB; a browser runs models up to 2 GiB. Export it as fp16 or quantise it.`,
      'too-large',
    );
  }
  if (file.size < needed) {
    throw new OnnxRefusal(
      `needs ${needed} bytes of ${name}, which has ${file.size}: it is cut short or belongs to another model. Copy it again.`,
    );
  }
}

async function readSmall(tensor: ModelTensor, file: RandomAccess): Promise<void> {
  const { place, type, elements, bytes } = tensor;
  const most = isFloating(type) ? MAX_FLOATS : MAX_INTEGERS;
  if (place.kind !== 'external' || elements > most) return;
  const read = await file.read(place.offset, bytes);
  if (read.length === bytes) tensor.values = decodeRaw(read, type);
}

/**
 * Finds the files that hold a model's weights among those dropped with it, and reads from them the
 * small constants that shapes depend on.
 * @throws {OnnxRefusal} where one is missing, too short or too large
 */
export async function resolveExternal(
  model: OnnxModel,
  { externalData }: OnnxFiles,
): Promise<ExternalFile[]> {
  const dropped = new Map(externalData.map(({ name, file }) => [baseName(name), { name, file }]));
  const needed = new Map<string, ModelTensor[]>();
  for (const tensor of allTensors(model)) {
    if (tensor.place.kind !== 'external') continue;
    const sharing = needed.get(tensor.place.location);
    if (sharing) sharing.push(tensor);
    else needed.set(tensor.place.location, [tensor]);
  }
  const missing = [...needed.keys()].filter((location) => !dropped.has(baseName(location)));
  if (missing.length > 0) {
    throw new OnnxRefusal(
      `keeps weights in ${listed(missing.map(baseName))}, which was not dropped with it. Drop ${missing.length === 1 ? 'that file' : 'those files'} too, or the model and all its files together.`,
      'missing-file',
    );
  }
  const found: ExternalFile[] = [];
  for (const [location, tensors] of needed) {
    const source = dropped.get(baseName(location));
    if (!source) continue;
    const ends = tensors.map(({ place }) =>
      place.kind === 'external' ? place.offset + place.length : 0,
    );
    checkFile(
      source.name,
      source.file,
      ends.reduce((a, b) => Math.max(a, b), 0),
    );
    for (const tensor of tensors) await readSmall(tensor, source.file);
    found.push({ location, name: source.name });
  }
  return found;
}
