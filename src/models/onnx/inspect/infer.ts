import { bytesOf } from './elementTypes.ts';
import {
  type AttributeValue,
  functionKey,
  type ModelGraph,
  type ModelNode,
  nodeLabel,
  type OnnxModel,
} from './graph.ts';
import { type Lifetimes, lifetimesOf } from './lifetimes.ts';
import { MAX_FOLDED_VALUES, MAX_GRAPH_DEPTH, MAX_INFERRED_NODES } from './limits.ts';
import { macsOf } from './macs.ts';
import { Call } from './shapes/call.ts';
import { tensorValue } from './shapes/constants.ts';
import { ruleFor } from './shapes/rules.ts';
import { elementsOf, NotInferable, ShapeConflict, type Value } from './shapes/value.ts';

/** What follows from the shapes of the inputs. */
export interface Inference {
  /** Every tensor of the graph itself whose shape is known, by name. */
  readonly values: ReadonlyMap<string, Value>;
  readonly macs: number;
  readonly peakActivationBytes: number;
  /** The first node whose outputs are not known; null where all are. */
  readonly stoppedAt: ModelNode | null;
  /** Why the network does not take these inputs; null where it does, as far as shapes tell. */
  readonly conflict: string | null;
}

type Scope = Map<string, Value>;

/** Names of an inner graph shadow those around it, and see them. */
interface Place {
  readonly scopes: readonly Scope[];
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly depth: number;
}

const NO_ATTRIBUTES: ReadonlyMap<string, AttributeValue> = new Map();

class Interpreter {
  macs = 0;
  stoppedAt: ModelNode | null = null;
  readonly #model: OnnxModel;
  readonly #opset: number;
  #folded = 0;
  #steps = 0;

  constructor(model: OnnxModel) {
    this.#model = model;
    this.#opset = model.opsets.get('') ?? 1;
  }

  /** The outputs of one node; null where they cannot be inferred. @throws {ShapeConflict} */
  outputs(node: ModelNode, place: Place): readonly (Value | null)[] | null {
    this.#steps += 1;
    if (this.#steps > MAX_INFERRED_NODES) return this.#stop(node);
    const inputs = node.inputs.map((name) => find(name, place.scopes));
    const body = this.#model.functions.get(functionKey(node.domain, node.operator));
    if (body) return this.#call(node, inputs, place, body);
    if (node.operator === 'If' && node.domain === '') return this.#branch(node, inputs, place);
    const rule = ruleFor(node.domain, node.operator);
    if (!rule) return this.#stop(node);
    const call = new Call(node, this.#opset, inputs, place.attributes);
    try {
      const outputs = rule(call);
      this.macs += macsOf(call, outputs);
      return outputs.map((output) => this.#bounded(output));
    } catch (caught) {
      if (caught instanceof NotInferable) return this.#stop(node);
      if (!(caught instanceof ShapeConflict)) throw caught;
      throw new ShapeConflict(`${node.operator} ${nodeLabel(node)}: ${caught.message}`);
    }
  }

  /** Values that are followed cost time: a model may spend some of it, not all. */
  #bounded(output: Value): Value {
    this.#folded += output.values?.length ?? 0;
    return this.#folded > MAX_FOLDED_VALUES ? { ...output, values: null } : output;
  }

  #stop(node: ModelNode): null {
    this.stoppedAt ??= node;
    return null;
  }

  #run(nodes: readonly ModelNode[], place: Place): void {
    const [scope] = place.scopes;
    for (const node of nodes) {
      const outputs = this.outputs(node, place);
      if (scope) assign(scope, node, outputs);
    }
  }

  /** A function sees its inputs and nothing around it. */
  #call(
    node: ModelNode,
    inputs: readonly (Value | null)[],
    place: Place,
    body: {
      readonly inputs: readonly string[];
      readonly outputs: readonly string[];
      readonly nodes: readonly ModelNode[];
    },
  ): readonly (Value | null)[] | null {
    if (place.depth >= MAX_GRAPH_DEPTH) return this.#stop(node);
    const scope: Scope = new Map();
    for (const [index, name] of body.inputs.entries()) {
      const given = inputs[index];
      if (given) scope.set(name, given);
    }
    this.#run(body.nodes, { scopes: [scope], attributes: node.attributes, depth: place.depth + 1 });
    return body.outputs.map((name) => scope.get(name) ?? null);
  }

  /** An If whose condition follows from shapes, as exporters write for optional axes. */
  #branch(
    node: ModelNode,
    [condition]: readonly (Value | null)[],
    place: Place,
  ): readonly (Value | null)[] | null {
    const truth = condition?.values?.[0];
    const chosen = node.attributes.get(truth === 0 ? 'else_branch' : 'then_branch');
    const graph = chosen?.kind === 'graphs' ? chosen.value[0] : undefined;
    if (truth === undefined || !graph || place.depth >= MAX_GRAPH_DEPTH) return this.#stop(node);
    const scopes = [scopeOf(graph), ...place.scopes];
    this.#run(graph.nodes, { ...place, scopes, depth: place.depth + 1 });
    return graph.outputs.map(({ name }) => find(name, scopes));
  }
}

function find(name: string, scopes: readonly Scope[]): Value | null {
  for (const scope of scopes) {
    const found = scope.get(name);
    if (found) return found;
  }
  return null;
}

function assign(scope: Scope, node: ModelNode, outputs: readonly (Value | null)[] | null): void {
  for (const [index, name] of node.outputs.entries()) {
    const output = outputs?.[index];
    if (output && name !== '') scope.set(name, output);
  }
}

function scopeOf(graph: ModelGraph): Scope {
  const scope: Scope = new Map();
  for (const [name, tensor] of graph.constants) scope.set(name, tensorValue(tensor));
  return scope;
}

/** Bytes alive while the graph runs, node by node. */
class Memory {
  peak = 0;
  #alive = 0;
  readonly #lifetimes: Lifetimes;
  readonly #bytes = new Map<string, number>();

  constructor(lifetimes: Lifetimes) {
    this.#lifetimes = lifetimes;
  }

  take(name: string, { type, shape }: Value): void {
    const owner = this.#lifetimes.owner(name);
    if (!this.#lifetimes.variable.has(name) || this.#bytes.has(owner)) return;
    const bytes = bytesOf(type, elementsOf(shape));
    this.#bytes.set(owner, bytes);
    this.#alive += bytes;
    this.peak = Math.max(this.peak, this.#alive);
  }

  freeAfter(index: number): void {
    for (const owner of this.#lifetimes.freedAfter(index)) {
      this.#alive -= this.#bytes.get(owner) ?? 0;
      this.#bytes.delete(owner);
    }
  }
}

/**
 * Follows shapes, and values of small constants, through the graph; nothing of the model is run.
 * The peak counts every tensor from the node that writes it to the last that reads it, in the order of
 * the file; views share memory, constants are not counted, and a provider that computes in place or
 * fuses nodes needs less.
 * @param feeds shapes of the graph's inputs by name
 */
export function infer(model: OnnxModel, feeds: ReadonlyMap<string, Value>): Inference {
  const { graph } = model;
  const scope = scopeOf(graph);
  for (const [name, fed] of feeds) scope.set(name, fed);
  const memory = new Memory(lifetimesOf(graph));
  for (const [name, fed] of feeds) memory.take(name, fed);
  const interpreter = new Interpreter(model);
  const place: Place = { scopes: [scope], attributes: NO_ATTRIBUTES, depth: 0 };
  let conflict: string | null = null;
  try {
    for (const [index, node] of graph.nodes.entries()) {
      assign(scope, node, interpreter.outputs(node, place));
      for (const name of node.outputs) {
        const output = scope.get(name);
        if (output) memory.take(name, output);
      }
      memory.freeAfter(index);
    }
  } catch (caught) {
    if (!(caught instanceof ShapeConflict)) throw caught;
    conflict = caught.message;
  }
  const { macs, stoppedAt } = interpreter;
  return { values: scope, macs, peakActivationBytes: memory.peak, stoppedAt, conflict };
}
