import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Failure } from '../src/engine/failure.ts';
import { externalDataFor, inspectFiles, tryModel } from '../src/engine/trial.ts';
import { readContract } from '../src/models/contractJson.ts';
import { FieldError, fields } from '../src/models/fields.ts';
import { readManifest } from '../src/models/manifest.ts';
import { inspectOnnx } from '../src/models/onnx/inspect/inspectOnnx.ts';
import { createSession, type ModelBytes, type RestorationSession } from '../src/models/session.ts';
import type { ModelEntry } from '../src/protocol/engine.ts';
import type { ContractGuess, ModelContract, ModelFiles } from '../src/protocol/models.ts';
import { BadInput, reasonOf } from './exit.ts';
import { readBytes, readText } from './files.ts';
import { loadOrtInNode } from './ort.ts';

export interface OpenModel {
  readonly entry: ModelEntry;
  readonly session: RestorationSession;
  /** Finished sentences about the model: what was guessed, what the trial found. */
  readonly notes: readonly string[];
}

const MANIFEST = fileURLToPath(new URL('../public/models/manifest.json', import.meta.url));

/** The model list, parsed and not checked, with its address. */
export async function readManifestFile(): Promise<{
  readonly json: unknown;
  readonly url: string;
}> {
  return { json: JSON.parse(await readText(MANIFEST)), url: pathToFileURL(MANIFEST).href };
}

/** A file of the list. @throws {BadInput} where it is another one than the list describes */
export async function readListed(file: string, hash: string): Promise<Uint8Array<ArrayBuffer>> {
  const onnx = await readBytes(file);
  if (sha256(onnx) === hash) return onnx;
  throw new BadInput(`${file} is not the file that the model list describes; fetch it again.`);
}

async function listedModels(): Promise<readonly ModelEntry[]> {
  const { json, url } = await readManifestFile();
  const models = readManifest(json, url);
  if (!models.ok) throw new BadInput(models.error.message);
  return models.value;
}

async function start(
  entry: ModelEntry,
  model: ModelBytes,
  notes: readonly string[],
): Promise<OpenModel> {
  try {
    const ort = await loadOrtInNode();
    const session = await createSession(ort, model, entry.contract, { device: null });
    return { entry, session, notes };
  } catch (caught) {
    throw new BadInput(`The model ${entry.title} cannot be run: ${reasonOf(caught)}.`, caught);
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * A model of the list by its id, or its default one.
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
  const onnx = await readListed(file, entry.sha256);
  return start(entry, { onnx, externalData: [] }, []);
}

/** The names of the files beside a model that its weights lie in. */
async function weightFiles(file: string, onnx: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const folder = dirname(file);
  const beside = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== basename(file))
    .map(({ name }) => name);
  const externalData = await Promise.all(
    beside.map(async (name) => {
      const handle = await open(join(folder, name));
      try {
        const { size } = await handle.stat();
        // Only sizes are needed to tell which files they are.
        return { name, file: { size, read: async () => new Uint8Array(0) } };
      } finally {
        await handle.close();
      }
    }),
  );
  const blob = { size: onnx.length, read: async (at: number, n: number) => onnx.slice(at, at + n) };
  const inspected = await inspectOnnx({ name: basename(file), file: blob, externalData });
  if (!inspected.ok) throw new BadInput(inspected.error.message);
  return inspected.value.externalFiles.map(({ name }) => name);
}

async function filesOf(file: string, onnx: Uint8Array<ArrayBuffer>): Promise<ModelFiles> {
  const names = [...new Set(await weightFiles(file, onnx))];
  const externalData = await Promise.all(
    names.map(async (name) => ({
      name,
      file: new Blob([await readBytes(join(dirname(file), name))]),
    })),
  );
  return { name: basename(file), file: new Blob([onnx]), externalData };
}

/** The contract that the user states over what the graph tells. @throws {BadInput} */
async function statedContract(files: ModelFiles, json: string): Promise<ModelContract> {
  const { contract } = await inspectFiles(files);
  const { input, output, mask } = contract;
  try {
    return readContract(fields(JSON.parse(json), 'contract'), 'contract', {
      input: { name: input.name, element: input.element },
      output: { name: output.name, element: output.kind === 'image' ? output.element : 'float32' },
      fixedSize: input.fixedSize,
      elements: mask?.kind === 'tensor' ? { [mask.name]: mask.element } : {},
      coloured: mask?.kind === 'tensor' && mask.copies === 3 ? [mask.name, input.name] : [],
    });
  } catch (caught) {
    if (!(caught instanceof FieldError || caught instanceof SyntaxError)) throw caught;
    throw new BadInput(`The contract cannot be used: ${reasonOf(caught)}; see docs/export.md.`);
  }
}

const isOpen = ({ known, property }: ContractGuess): boolean =>
  known === 'guess' && property !== 'channels';

/**
 * An ONNX file, looked into and tried on a small picture as the page does. A file that is one of the
 * list's models runs as the list says.
 * @param contract JSON as docs/export.md defines it, in place of the guess; null guesses
 * @throws {BadInput} where the file is no network that restores pictures
 */
export async function openModelFile(file: string, contract: string | null): Promise<OpenModel> {
  const onnx = await readBytes(file);
  const hash = sha256(onnx);
  const listed = (await listedModels()).find((model) => model.sha256 === hash);
  if (listed) return start(listed, { onnx, externalData: [] }, []);
  try {
    const files = await filesOf(file, onnx);
    const stated = contract === null ? null : await statedContract(files, contract);
    const found = await tryModel(files, stated, loadOrtInNode, () => undefined);
    const { title, fileName, bytes, facts, licence, training, guesses, warnings } = found;
    const entry: ModelEntry = {
      id: fileName,
      title,
      source: { kind: 'user', fileName },
      bytes,
      sha256: hash,
      default: false,
      task: 'restoration',
      licence: licence ?? '',
      parameters: facts.parameters,
      macs720p: facts.macs720p,
      contract: found.contract,
      facts,
      training: training ?? '',
      scores: {},
      card: null,
      fp16: null,
    };
    const open = guesses.filter(isOpen);
    const unsure = open.map(({ reason }) => `A guess: ${reason} State it with --contract.`);
    const externalData = externalDataFor(await inspectFiles(files), files);
    return start(entry, { onnx, externalData }, [...warnings, ...unsure]);
  } catch (caught) {
    if (caught instanceof Failure) throw new BadInput(caught.message, caught);
    throw caught;
  }
}
