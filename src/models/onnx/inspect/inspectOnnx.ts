import type { ModelFacts } from '../../../protocol/models.ts';
import type { Result } from '../../../protocol/result.ts';
import { resolveExternal } from './external.ts';
import { factsOf, isQuantised } from './facts.ts';
import { figuresAt } from './figures.ts';
import type { OnnxModel } from './graph.ts';
import { graphContract } from './guess/contract.ts';
import type { OnnxFiles, OnnxInspection } from './inspection.ts';
import { statedContract } from './metadata.ts';
import { refuseUnknownOperators } from './operators.ts';
import { readModel } from './readModel.ts';
import { OnnxRefusal } from './refusal.ts';

/** The frame that the video-conferencing challenge's budget is counted over. */
const FRAME = { width: 1280, height: 720 };

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

/** Why the model runs on WASM; what decides it is the same that the engine asks (`againstWebGpu`). */
function warningsOf(model: OnnxModel, facts: ModelFacts): string[] {
  const { missingOnWebGpu: missing, doubtfulOnWebGpu: doubtful = [] } = facts;
  if (isQuantised(model)) {
    return [
      'It is quantised, which ONNX Runtime’s WebGPU provider has no kernels for: it runs on WASM.',
    ];
  }
  if (missing.length > 0) {
    return [
      `It uses ${missing.join(', ')}, which ONNX Runtime’s WebGPU provider lacks: all of it runs on WASM.`,
    ];
  }
  if (doubtful.length === 0) return [];
  return [
    `It has a convolution of a kind that ONNX Runtime 1.30 computes wrongly on WebGPU (${doubtful.join('; ')}): it runs on WASM until a comparison of the two shows that WebGPU is right here.`,
  ];
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
  const facts = factsOf(model, figures(FRAME.width, FRAME.height), guessed);
  const used = new Set(externalFiles.map(({ name }) => name));
  const beside = files.externalData.filter(({ name }) => used.has(name));
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
    warnings: [...(stated.warning === null ? [] : [stated.warning]), ...warningsOf(model, facts)],
    figures,
  };
}

/**
 * Looks into an ONNX file and the files beside it: what it is made of, what it costs, and how a picture
 * goes into it. Nothing of it is run, nothing but its graph and small constants is read, and every step
 * is bounded (`limits.ts`). Runs in Node and in a worker.
 * @returns an error with a finished sentence that names the file and says what to do: `empty-file`,
 * `too-large`, `missing-file` where its weights lie in a file that is not there, or `model-load` for
 * everything else that cannot restore pictures here
 */
export async function inspectOnnx(files: OnnxFiles): Promise<Result<OnnxInspection>> {
  try {
    return { ok: true, value: await inspect(files) };
  } catch (caught) {
    if (!(caught instanceof OnnxRefusal)) throw caught;
    return { ok: false, error: { kind: caught.kind, message: `${files.name} ${caught.message}` } };
  }
}
