import type { ElementType } from './elementTypes.ts';

/** One side of a tensor: fixed, named by the exporter, or not stated. */
export type OnnxDimension = number | string | null;

/** Where a constant's bytes lie: in the model file, in a file beside it, or spread over its fields. */
export type TensorPlace =
  | { readonly kind: 'inside'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'external';
      readonly location: string;
      readonly offset: number;
      readonly length: number;
    }
  | { readonly kind: 'typed-fields'; readonly length: number };

/** A constant: its weights are not in memory, its values only where it is small. */
export interface ModelTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly elements: number;
  /** Bytes of its values. */
  readonly bytes: number;
  readonly place: TensorPlace;
  /** In row-major order; null where there are too many to keep. Set later where they lie beside the model. */
  values: readonly number[] | null;
}

export type AttributeValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'numbers'; readonly value: readonly number[] }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: ModelTensor }
  | { readonly kind: 'graphs'; readonly value: readonly ModelGraph[] }
  /** Names an attribute of the function that the node stands in. */
  | { readonly kind: 'reference'; readonly value: string }
  | { readonly kind: 'other' };

export interface ModelNode {
  readonly name: string;
  readonly operator: string;
  /** `''` is the standard's own, as in the file. */
  readonly domain: string;
  /** An empty name is an input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

export interface ModelPort {
  readonly name: string;
  readonly type: ElementType;
  /** Null where the rank is not stated. */
  readonly dims: readonly OnnxDimension[] | null;
  /** False for sequences, maps and optionals. */
  readonly tensor: boolean;
}

export interface ModelGraph {
  readonly nodes: readonly ModelNode[];
  readonly constants: ReadonlyMap<string, ModelTensor>;
  readonly inputs: readonly ModelPort[];
  readonly outputs: readonly ModelPort[];
}

/** A function of the model's own, that nodes call like an operator. */
export interface ModelFunction {
  readonly name: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly ModelNode[];
}

/** A model as its file describes it. */
export interface OnnxModel {
  readonly fileName: string;
  readonly fileBytes: number;
  readonly irVersion: number;
  readonly producer: string;
  /** By domain; `''` is the standard's own. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly graph: ModelGraph;
  /** By `functionKey`. */
  readonly functions: ReadonlyMap<string, ModelFunction>;
  readonly training: boolean;
}

export function functionKey(domain: string, name: string): string {
  return `${domain}:${name}`;
}

/** A node's name for a sentence: many exporters leave it empty, its first output never is. */
export function nodeLabel(node: ModelNode): string {
  return node.name || node.outputs[0] || node.operator;
}
