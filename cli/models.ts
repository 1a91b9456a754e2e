import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { InferenceSession } from 'onnxruntime-web/wasm';
import { readManifest } from '../src/models/manifest.ts';
import { createSession, type RestorationSession } from '../src/models/session.ts';
import { PLAIN } from '../src/models/tensor.ts';
import type { ModelEntry } from '../src/protocol/engine.ts';
import { BadInput, reasonOf } from './exit.ts';
import { readBytes, readText } from './files.ts';
import { loadOrtInNode } from './ort.ts';

export interface OpenModel {
  readonly entry: ModelEntry;
  readonly session: RestorationSession;
}

const MANIFEST = fileURLToPath(new URL('../public/models/manifest.json', import.meta.url));

/** How a network of unknown size rules is cut: as our own. */
const TILE = { size: 1024, overlap: 64, multiple: 16, minSize: 32 };

async function listedModels(): Promise<readonly ModelEntry[]> {
  const text = await readText(MANIFEST);
  const models = readManifest(JSON.parse(text), pathToFileURL(MANIFEST).href);
  if (!models.ok) throw new BadInput(models.error.message);
  return models.value;
}

type Shape = readonly (number | string)[];

/** Whether it is [1, 3, height, width] as far as it says; a name stands for any number. */
function isPicture([batch, channels, ...sides]: Shape): boolean {
  const isOne = (side: number | string | undefined, value: number) =>
    typeof side === 'string' || side === value;
  return isOne(batch, 1) && channels === 3 && sides.length === 2;
}

/** Height and width where both are fixed. */
function fixedSize([, , height, width]: Shape): readonly [number, number] | null {
  return typeof height === 'number' && typeof width === 'number' ? [height, width] : null;
}

/** What a model from outside lacks of our contract. */
const refuse = (name: string, what: string) =>
  new BadInput(
    `${name} cannot restore pictures: ${what}; it must take one RGB picture [1, 3, height, width] in [0, 1] (and may take a thumbnail of fixed size) and give one.`,
  );

function shapesOf(name: string, values: readonly InferenceSession.ValueMetadata[]) {
  return values.map((value) => {
    if (!value.isTensor || value.type !== 'float32' || !isPicture(value.shape)) {
      const shape = value.isTensor ? `${value.type} [${value.shape.join(', ')}]` : 'no tensor';
      throw refuse(name, `${value.name} is ${shape}`);
    }
    return { name: value.name, size: fixedSize(value.shape) };
  });
}

/** Sides that the network takes: a fixed square is its tile, everything else is cut as ours is. */
function tileOf(name: string, size: readonly [number, number] | null) {
  if (!size) return TILE;
  const [height, width] = size;
  if (height !== width) throw refuse(name, `it takes ${height}×${width} pixels, not a square`);
  return { size: width, overlap: Math.min(64, width >> 2), multiple: width, minSize: width };
}

/**
 * What a network from outside takes and gives, told by its inputs and outputs. With two inputs the
 * one of fixed size is the thumbnail.
 * @throws {BadInput} where its contract is not like ours
 */
function entryOf(bytes: Uint8Array, file: string, session: InferenceSession): ModelEntry {
  const name = basename(file);
  const inputs = shapesOf(name, session.inputMetadata);
  const outputs = shapesOf(name, session.outputMetadata);
  if (inputs.length < 1 || inputs.length > 2) throw refuse(name, `it has ${inputs.length} inputs`);
  const [output] = outputs;
  if (!output || outputs.length > 1) throw refuse(name, `it has ${outputs.length} outputs`);
  const thumbnail = inputs.length === 2 ? inputs.find(({ size }) => size !== null) : undefined;
  const picture = inputs.find((input) => input !== thumbnail);
  if (!picture || (inputs.length === 2 && !thumbnail)) {
    throw refuse(name, 'none of its two inputs is a thumbnail of fixed size');
  }
  const tile = tileOf(name, picture.size);
  return {
    id: name,
    title: name,
    source: { kind: 'user', fileName: name, externalData: [] },
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    default: false,
    task: 'restoration',
    licence: 'unknown',
    parameters: 0,
    macs720p: 0,
    contract: {
      input: {
        ...PLAIN,
        name: picture.name,
        fixedSize: null,
        sizeMultiple: tile.multiple,
        minSize: tile.minSize,
      },
      thumbnail: thumbnail?.size ? { name: thumbnail.name, size: thumbnail.size } : null,
      mask: null,
      output: { ...PLAIN, kind: 'image', name: output.name, scale: 1 },
      tile: { size: tile.size, overlap: tile.overlap, whole: false },
    },
    facts: null,
    card: null,
    training: 'unknown',
    scores: {},
  };
}

async function inspect(bytes: Uint8Array, file: string): Promise<ModelEntry> {
  const ort = await loadOrtInNode();
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] }).catch(
    (caught: unknown) => {
      throw new BadInput(
        `${file} is not a network that can be run: ${reasonOf(caught).replace(/\.$/, '')}.`,
        caught,
      );
    },
  );
  try {
    return entryOf(bytes, file, session);
  } finally {
    await session.release();
  }
}

async function open(entry: ModelEntry, onnx: Uint8Array<ArrayBuffer>): Promise<OpenModel> {
  try {
    const model = { onnx, externalData: [] };
    const ort = await loadOrtInNode();
    return { entry, session: await createSession(ort, model, entry.contract, { device: null }) };
  } catch (caught) {
    throw new BadInput(`The model ${entry.title} cannot be run: ${reasonOf(caught)}.`, caught);
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * A model of the list by its id, its default one, or an ONNX file. A file that is one of the list's
 * models runs as the list says.
 * @param wanted an id; null for the default
 * @throws {BadInput} where there is no such model or it cannot be used
 */
export async function openListedModel(wanted: string | null): Promise<OpenModel> {
  const models = await listedModels();
  const entry = wanted === null ? models[0] : models.find(({ id }) => id === wanted);
  if (!entry) {
    const ids = models.map(({ id }) => id).join(', ');
    throw new BadInput(
      `There is no model “${wanted}”; choose one of ${ids}, or a file whose name ends in .onnx.`,
    );
  }
  const file = fileURLToPath(entry.source.kind === 'built-in' ? entry.source.url : MANIFEST);
  const bytes = await readBytes(file);
  if (sha256(bytes) !== entry.sha256) {
    throw new BadInput(`${file} is not the file that the model list describes; fetch it again.`);
  }
  return open(entry, bytes);
}

/** @throws {BadInput} where the file is no network that restores pictures */
export async function openModelFile(file: string): Promise<OpenModel> {
  const bytes = await readBytes(file);
  const hash = sha256(bytes);
  const listed = (await listedModels()).find((model) => model.sha256 === hash);
  return open(listed ?? (await inspect(bytes, file)), bytes);
}
