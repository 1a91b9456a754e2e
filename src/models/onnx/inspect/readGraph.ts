import type { ModelGraph, ModelNode, ModelPort, ModelTensor } from './graph.ts';
import { MAX_GRAPH_DEPTH, MAX_NODES, MAX_PORTS } from './limits.ts';
import { readAttribute } from './readAttribute.ts';
import { readPort } from './readPort.ts';
import { readTensor } from './readTensor.ts';
import { OnnxRefusal } from './refusal.ts';
import type { Range, WireReader } from './wire.ts';

/** What has been read of one model: its bounds hold over all graphs and functions together. */
export interface Reading {
  readonly reader: WireReader;
  nodes: number;
}

/** Field numbers of NodeProto and GraphProto; source: onnx.proto of the ONNX project. */
const NODE = { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 };
const GRAPH = { node: 1, constant: 5, input: 11, output: 12, sparse: 15 };

/** `ai.onnx` is another way to write the standard's own domain. */
function plainDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}

/**
 * A NodeProto with its attributes, graphs among them.
 * @param depth of the graph it stands in
 * @throws {OnnxRefusal}
 */
export async function readNode(reading: Reading, range: Range, depth: number): Promise<ModelNode> {
  reading.nodes += 1;
  if (reading.nodes > MAX_NODES) {
    throw new OnnxRefusal(
      `has more than ${MAX_NODES.toLocaleString('en')} nodes: it is too large for a browser. Simplify it (onnxsim) or export a smaller network.`,
    );
  }
  const { reader } = reading;
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: [string, Awaited<ReturnType<typeof readAttribute>>['value']][] = [];
  let name = '';
  let operator = '';
  let domain = '';
  for (const field of await reader.fields(range, 'a node')) {
    const text = () => reader.name(field, 'a node’s name');
    if (field.number === NODE.input) inputs.push(await text());
    else if (field.number === NODE.output) outputs.push(await text());
    else if (field.number === NODE.name) name = await text();
    else if (field.number === NODE.operator) operator = await text();
    else if (field.number === NODE.domain) domain = plainDomain(await text());
    else if (field.number === NODE.attribute) {
      const attribute = await readAttribute(reader, field, (graph) =>
        readGraph(reading, graph, depth + 1),
      );
      attributes.push([attribute.name, attribute.value]);
    }
  }
  return { name, operator, domain, inputs, outputs, attributes: new Map(attributes) };
}

/**
 * A GraphProto.
 * @param depth 0 for the model's own graph
 * @throws {OnnxRefusal}
 */
export async function readGraph(
  reading: Reading,
  range: Range,
  depth: number,
): Promise<ModelGraph> {
  if (depth > MAX_GRAPH_DEPTH) {
    throw new OnnxRefusal(
      `has branches and loops more than ${MAX_GRAPH_DEPTH} levels deep. Export it without control flow.`,
    );
  }
  const { reader } = reading;
  const nodes: ModelNode[] = [];
  const constants = new Map<string, ModelTensor>();
  const inputs: ModelPort[] = [];
  const outputs: ModelPort[] = [];
  for (const field of await reader.fields(range, 'the graph')) {
    if (field.number === GRAPH.node) nodes.push(await readNode(reading, field, depth));
    else if (field.number === GRAPH.constant) {
      const tensor = await readTensor(reader, field);
      constants.set(tensor.name, tensor);
    } else if (field.number === GRAPH.input) inputs.push(await readPort(reader, field));
    else if (field.number === GRAPH.output) outputs.push(await readPort(reader, field));
    else if (field.number === GRAPH.sparse) {
      throw new OnnxRefusal('has sparse weights, which run nowhere in a browser. Make them dense.');
    }
  }
  // Old files list the weights among the inputs too: what has a value need not be fed.
  const fed = inputs.filter(({ name }) => !constants.has(name));
  if (fed.length > MAX_PORTS || outputs.length > MAX_PORTS) {
    throw new OnnxRefusal(
      `has more than ${MAX_PORTS} inputs or outputs: it is not a network for pictures.`,
    );
  }
  return { nodes, constants, inputs: fed, outputs };
}
