import { LPIPS_CONTRACT, type MetricContract } from '../core/metrics/learned.ts';
import { FieldError, type Fields, fields } from './fields.ts';
import { readMetricContract } from './metricContract.ts';
import type { ModelPort, OnnxModel } from './onnx/inspect/graph.ts';
import { METADATA_KEY } from './onnx/inspect/metadata.ts';
import { refuseUnknownOperators } from './onnx/inspect/operators.ts';
import { readModel } from './onnx/inspect/readModel.ts';
import { OnnxRefusal } from './onnx/inspect/refusal.ts';
import { allTensors } from './onnx/inspect/walk.ts';
import type { RandomAccess } from './pytorch/randomAccess.ts';

const EXPORT = 'Export it with tools/export_metrics.py, or as docs/export.md says.';
/** The one output of an LPIPS network that says nothing of itself: earlier exports, and our own. */
const LPIPS_OUTPUT = 'lpips';

/** @throws {FieldError} where it is no JSON object or of another task */
function metadataOf(text: string): Fields {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new FieldError(`the metadata “${METADATA_KEY}” is no JSON`);
  }
  const stated = fields(json, METADATA_KEY);
  if (stated.task !== 'metric') throw new FieldError(`${METADATA_KEY}.task is not "metric"`);
  return stated;
}

function statedBy({ metadata, graph }: OnnxModel): MetricContract {
  const text = metadata[METADATA_KEY];
  if (text !== undefined) return readMetricContract(metadataOf(text), METADATA_KEY);
  const gives = graph.outputs.map(({ name }) => name).join(', ');
  if (gives === LPIPS_OUTPUT) return LPIPS_CONTRACT;
  throw new FieldError(`it says nothing of itself and gives ${gives || 'nothing'}`);
}

const shapeOf = ({ dims }: ModelPort) => (dims ?? []).map((side) => side ?? 'n').join('×');

/** Sides that the graph fixes must be the ones that pictures are resized to. */
function checkInput(port: ModelPort, contract: MetricContract): void {
  const { layout, resize } = contract;
  const { name, type, dims } = port;
  if (type !== 'float32') throw new FieldError(`its input ${name} is ${type}, not float32`);
  if (dims === null) return;
  const [batch, a, b, c] = dims;
  const [channels, height, width] = layout === 'NCHW' ? [a, b, c] : [c, a, b];
  const is = (side: unknown, wanted: number) => typeof side !== 'number' || side === wanted;
  if (dims.length !== 4 || !is(batch, 1) || !is(channels, 3)) {
    throw new FieldError(`its input ${name} is ${shapeOf(port)}, not one ${layout} picture`);
  }
  const fits = resize ? is(height, resize.height) && is(width, resize.width) : true;
  const isFree = typeof height !== 'number' && typeof width !== 'number';
  if (!fits || !(resize || isFree)) {
    const stated = resize ? `a resize to ${resize.width}×${resize.height}` : 'no resize';
    throw new FieldError(`its input ${name} is ${shapeOf(port)} and its metadata states ${stated}`);
  }
}

/** @throws {FieldError} where graph and contract contradict each other */
function checkGraph({ graph }: OnnxModel, contract: MetricContract): void {
  const { inputs, outputs } = graph;
  const has = inputs.map(({ name }) => name);
  if (has.toSorted().join() !== contract.inputs.toSorted().join()) {
    throw new FieldError(`it takes ${has.join(', ')}, not ${contract.inputs.join(', ')}`);
  }
  for (const port of inputs) checkInput(port, contract);
  const [output, ...others] = outputs;
  if (!output || others.length > 0) throw new FieldError(`it has ${outputs.length} outputs, not 1`);
  if (output.type !== 'float32') {
    throw new FieldError(`its output ${output.name} is ${output.type}, not float32`);
  }
}

/**
 * What a metric's file says it measures, held against its graph. Nothing of it is run.
 * @throws {OnnxRefusal} whose message continues the file's name
 */
export async function readMetricFile(file: RandomAccess, name: string): Promise<MetricContract> {
  const model = await readModel(file, name);
  refuseUnknownOperators(model);
  if ([...allTensors(model)].some(({ place }) => place.kind === 'external')) {
    throw new OnnxRefusal('keeps its weights in another file. Export the metric as one file.');
  }
  try {
    const contract = statedBy(model);
    checkGraph(model, contract);
    return contract;
  } catch (caught) {
    if (!(caught instanceof FieldError)) throw caught;
    throw new OnnxRefusal(`cannot be used as a metric: ${caught.message}. ${EXPORT}`);
  }
}
