import type { OnnxInspection } from '../models/onnx/inspect/inspection.ts';
import { inspectOnnx } from '../models/onnx/inspect/inspectOnnx.ts';
import type { OrtModule } from '../models/ort.ts';
import { blobAccess } from '../models/pytorch/randomAccess.ts';
import type { ModelBytes } from '../models/session.ts';
import { sha256Hex } from '../models/sha256.ts';
import type { Progress } from '../protocol/engine.ts';
import type { ModelContract, ModelFacts, ModelFiles, ModelInspection } from '../protocol/models.ts';
import { dryRun } from './dryRun.ts';
import { Failure } from './failure.ts';

/** Activations that a dry run may take; more for a picture of 64×48 is no network for photographs. */
const MOST_BYTES = 2 ** 30;

/** What is known of a file before it is run. @throws {Failure} with the reader's sentence */
export async function inspectFiles({
  name,
  file,
  externalData,
}: ModelFiles): Promise<OnnxInspection> {
  const inspected = await inspectOnnx({
    name,
    file: blobAccess(file),
    externalData: externalData.map((data) => ({ name: data.name, file: blobAccess(data.file) })),
  });
  if (!inspected.ok) throw new Failure(inspected.error.kind, inspected.error.message);
  return inspected.value;
}

/** What a model that is loaded already is made of. */
export async function factsOf(name: string, { onnx }: ModelBytes): Promise<ModelFacts> {
  const { facts } = await inspectFiles({ name, file: new Blob([onnx]), externalData: [] });
  return facts;
}

/** The files beside a model under the paths by which it asks for them. */
export function externalDataFor(
  { externalFiles }: Pick<OnnxInspection, 'externalFiles'>,
  { externalData }: ModelFiles,
): ModelBytes['externalData'] {
  return externalFiles.flatMap(({ location, name }) => {
    const found = externalData.find((data) => data.name === name);
    return found ? [{ path: location, data: found.file }] : [];
  });
}

function requireRoom({ fileName, contract, figures }: OnnxInspection): void {
  const [height, width] = contract.input.fixedSize ?? [
    contract.input.minSize,
    contract.input.minSize,
  ];
  const { peakActivationBytes } = figures(Math.max(64, width), Math.max(64, height));
  if (peakActivationBytes <= MOST_BYTES) return;
  const gibibytes = (peakActivationBytes / 2 ** 30).toFixed(1);
  throw new Failure(
    'model-load',
    `${fileName} needs ${gibibytes} GiB for its smallest picture, more than a browser tab can give. Use a smaller network.`,
  );
}

/** Title of a model whose file states none. */
const stemOf = (name: string): string => name.replace(/\.onnx$/i, '');

/**
 * Looks into a stranger's model and runs it once over a small picture. Meant for a worker of its own,
 * which its owner ends when it takes too long.
 * @param contract the user's, in place of the guess
 * @throws {Failure} `model-load`, `too-large` or `empty-file`, with a sentence that names the file
 */
export async function tryModel(
  files: ModelFiles,
  contract: ModelContract | null,
  loadOrt: () => Promise<OrtModule>,
  onProgress: (progress: Progress) => void,
): Promise<ModelInspection> {
  const report = (stage: Progress['stage']) =>
    onProgress({ stage, done: 0, total: 0, secondsLeft: null });
  report('inspecting');
  const inspected = await inspectFiles(files);
  requireRoom(inspected);
  report('compiling');
  const onnx = new Uint8Array(await files.file.arrayBuffer());
  const sha256 = await sha256Hex(onnx);
  const ort = await loadOrt();
  report('trying');
  const model = { onnx, externalData: externalDataFor(inspected, files) };
  const tried = await dryRun(ort, model, {
    name: files.name,
    contract: contract ?? inspected.contract,
    guesses: contract ? [] : inspected.guesses,
    rangeCandidates: inspected.rangeCandidates,
  });
  return {
    title: inspected.title ?? stemOf(files.name),
    fileName: files.name,
    bytes: inspected.bytes,
    sha256,
    contract: tried.contract,
    guesses: tried.guesses,
    facts: inspected.facts,
    licence: inspected.licence,
    training: inspected.training,
    warnings: [...inspected.warnings, ...tried.warnings],
  };
}
