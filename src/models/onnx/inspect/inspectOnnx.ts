import type { ModelContract } from '../../../protocol/models.ts';
import type { Result } from '../../../protocol/result.ts';
import { resolveExternal } from './external.ts';
import { factsOf, isQuantised } from './facts.ts';
import { figuresAt } from './figures.ts';
import type { ModelPort, OnnxModel } from './graph.ts';
import { graphContract } from './guess/contract.ts';
import type { OnnxFiles, OnnxInspection, RunInput } from './inspection.ts';
import { MAX_LEAST_ACTIVATION_BYTES } from './limits.ts';
import { statedContract } from './metadata.ts';
import { refuseUnknownOperators } from './operators.ts';
import { readModel } from './readModel.ts';
import { OnnxRefusal } from './refusal.ts';

/** The frame that the video-conferencing challenge's budget is counted over. */
const FRAME = { width: 1280, height: 720 };
/** About the size of a dry run. */
const LEAST = { width: 64, height: 48 };

function refuseUnusable({ graph, training, opsets }: OnnxModel): void {
  if (training) {
    throw new OnnxRefusal('is a training graph. Export the network for inference.');
  }
  if (graph.outputs.length === 0) {
    throw new OnnxRefusal('has no outputs: there is nothing it computes. Export it for inference.');
  }
  if (graph.nodes.length === 0) {
    throw new OnnxRefusal('has no operators: there is nothing it computes. Export it again.');
  }
  const odd = [...graph.inputs, ...graph.outputs].find(({ tensor }) => !tensor);
  if (odd) {
    throw new OnnxRefusal(
      `takes or gives “${odd.name}”, which is no tensor. Export it with tensors as inputs and outputs.`,
    );
  }
  if (!opsets.has('')) {
    throw new OnnxRefusal(
      'does not name its operator set. Export it again with a current exporter.',
    );
  }
}

function warningsOf(model: OnnxModel, missing: readonly string[]): string[] {
  const warnings: string[] = [];
  if (isQuantised(model)) {
    warnings.push('It is quantised: Loupe runs it on WASM, where 8-bit arithmetic is at home.');
  }
  if (missing.length > 0) {
    warnings.push(
      `ONNX Runtime’s WebGPU provider lacks ${missing.join(', ')}: that part runs on the CPU in between.`,
    );
  }
  return warnings;
}

/** A small graph can ask for any amount of memory, so the least run is weighed before one is tried. */
function refuseGreed(contract: ModelContract, figures: OnnxInspection['figures']): void {
  const { width, height, peakActivationBytes } = figures(LEAST.width, LEAST.height);
  if (peakActivationBytes <= MAX_LEAST_ACTIVATION_BYTES) return;
  const gibibytes = Math.round(peakActivationBytes / 2 ** 30).toLocaleString('en');
  const size = contract.input.fixedSize
    ? 'Export it with a smaller fixed size.'
    : 'Loupe does not run it.';
  throw new OnnxRefusal(
    `would need about ${gibibytes} GiB of memory for a picture of ${width}×${height} pixels. ${size}`,
  );
}

async function inspect(files: OnnxFiles): Promise<OnnxInspection> {
  const model = await readModel(files.file, files.name);
  refuseUnusable(model);
  refuseUnknownOperators(model);
  const externalFiles = await resolveExternal(model, files);
  const guessed = graphContract(model);
  const stated = statedContract(model, guessed);
  const { contract } = stated;
  const figures = (width: number, height: number) =>
    figuresAt(contract, guessed.probe, width, height);
  refuseGreed(contract, figures);
  const facts = factsOf(model, figures(FRAME.width, FRAME.height), guessed);
  const used = new Set(externalFiles.map(({ name }) => name));
  const beside = files.externalData.filter(({ name }) => used.has(name));
  const runInput = ({ name, type }: ModelPort, dims: readonly number[]): RunInput => ({
    name,
    element: type,
    dims,
  });
  return {
    fileName: files.name,
    title: stated.title,
    bytes: beside.reduce((sum, { file }) => sum + file.size, files.file.size),
    facts,
    contract,
    guesses: stated.guesses,
    rangeCandidates: guessed.rangeCandidates,
    externalFiles,
    receptiveRadius: guessed.receptiveRadius,
    licence: stated.licence,
    training: stated.training,
    warnings: [
      ...(stated.warning === null ? [] : [stated.warning]),
      ...warningsOf(model, facts.missingOnWebGpu),
    ],
    figures,
    runInputs: (width, height) => {
      const { values } = guessed.probe(height, width);
      return model.graph.inputs.map((port) => runInput(port, values.get(port.name)?.shape ?? []));
    },
  };
}

/**
 * Looks into an ONNX file and the files beside it: what it is made of, what it costs, and how a picture
 * goes into it. Nothing of it is run, nothing but its graph and small constants is read, and every step
 * is bounded (`limits.ts`). Runs in Node and in a worker.
 * @returns an error with a finished sentence that names the file and says what to do: `empty-file`,
 * `too-large`, or `model-load` for everything else that cannot restore pictures here
 */
export async function inspectOnnx(files: OnnxFiles): Promise<Result<OnnxInspection>> {
  try {
    return { ok: true, value: await inspect(files) };
  } catch (caught) {
    if (!(caught instanceof OnnxRefusal)) throw caught;
    return { ok: false, error: { kind: caught.kind, message: `${files.name} ${caught.message}` } };
  }
}
