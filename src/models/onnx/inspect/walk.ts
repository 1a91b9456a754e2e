import type { ModelGraph, ModelNode, ModelTensor, OnnxModel } from './graph.ts';

function* graphNodes(nodes: readonly ModelNode[]): Generator<ModelNode> {
  for (const node of nodes) {
    yield node;
    for (const graph of subgraphs(node)) yield* graphNodes(graph.nodes);
  }
}

function* graphTensors(graph: ModelGraph): Generator<ModelTensor> {
  yield* graph.constants.values();
  for (const node of graph.nodes) yield* nodeTensors(node);
}

function* nodeTensors(node: ModelNode): Generator<ModelTensor> {
  for (const value of node.attributes.values()) {
    if (value.kind === 'tensor') yield value.value;
    else if (value.kind === 'graphs') for (const graph of value.value) yield* graphTensors(graph);
  }
}

/** The graphs that stand in a node's attributes: branches and bodies of loops. */
function subgraphs(node: ModelNode): ModelGraph[] {
  return [...node.attributes.values()].flatMap((value) =>
    value.kind === 'graphs' ? value.value : [],
  );
}

/** Every node of the model once: of its graph, of branches and loops, and of its functions. */
export function* allNodes(model: OnnxModel): Generator<ModelNode> {
  yield* graphNodes(model.graph.nodes);
  for (const { nodes } of model.functions.values()) yield* graphNodes(nodes);
}

/** Every constant of the model once: weights, and tensors that stand in attributes. */
export function* allTensors(model: OnnxModel): Generator<ModelTensor> {
  yield* graphTensors(model.graph);
  for (const { nodes } of model.functions.values()) {
    for (const node of nodes) yield* nodeTensors(node);
  }
}
