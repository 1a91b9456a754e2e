import type { ModelGraph, ModelNode } from './graph.ts';

/** Operators whose output is the input's memory under another shape. */
const VIEWS: ReadonlySet<string> = new Set([
  'Reshape',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
  'Identity',
  'Dropout',
]);

/** When the memory of every intermediate tensor is taken and given back, in the order of the file. */
export interface Lifetimes {
  /** Tensors that depend on the network's inputs; all others are constants, folded when it is loaded. */
  readonly variable: ReadonlySet<string>;
  /** The tensor whose memory a name stands for: views share one. */
  owner(name: string): string;
  /** Owners that nobody reads after the node with this index. */
  freedAfter(index: number): readonly string[];
}

/** Names that a node reads, those inside its branches included. */
function* reads(node: ModelNode): Generator<string> {
  yield* node.inputs;
  for (const value of node.attributes.values()) {
    if (value.kind !== 'graphs') continue;
    for (const graph of value.value) {
      for (const inner of graph.nodes) yield* reads(inner);
      for (const output of graph.outputs) yield output.name;
    }
  }
}

/** The lifetimes of a graph's tensors; the network's outputs live to the end. */
export function lifetimesOf(graph: ModelGraph): Lifetimes {
  const variable = new Set(graph.inputs.map(({ name }) => name));
  const owners = new Map<string, string>();
  const owner = (name: string) => owners.get(name) ?? name;
  const lastUse = new Map<string, number>();
  for (const [index, node] of graph.nodes.entries()) {
    let depends = false;
    for (const name of reads(node)) {
      if (!variable.has(name)) continue;
      depends = true;
      lastUse.set(owner(name), index);
    }
    const [source] = node.inputs;
    const [first] = node.outputs;
    const shares = VIEWS.has(node.operator) && source !== undefined && first !== undefined;
    if (shares) owners.set(first, owner(source));
    for (const name of depends ? node.outputs : []) {
      variable.add(name);
      lastUse.set(owner(name), index);
    }
  }
  const kept = new Set(graph.outputs.map(({ name }) => owner(name)));
  const freed = new Map<number, string[]>();
  for (const [name, index] of lastUse) {
    if (kept.has(name)) continue;
    const together = freed.get(index);
    if (together) together.push(name);
    else freed.set(index, [name]);
  }
  return { variable, owner, freedAfter: (index) => freed.get(index) ?? [] };
}
