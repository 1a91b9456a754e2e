import type { AttributeValue, ModelNode, ModelTensor } from '../graph.ts';
import { NotInferable, type Value } from './value.ts';

/** One node with what is known of its inputs, as the rules of shape inference see it. */
export class Call {
  readonly node: ModelNode;
  /** Version of the operator set that the node speaks of. */
  readonly opset: number;
  readonly #inputs: readonly (Value | null)[];
  readonly #outer: ReadonlyMap<string, AttributeValue>;

  /**
   * @param inputs null where unknown or left out
   * @param outer attributes of the function that the node stands in
   */
  constructor(
    node: ModelNode,
    opset: number,
    inputs: readonly (Value | null)[],
    outer: ReadonlyMap<string, AttributeValue>,
  ) {
    this.node = node;
    this.opset = opset;
    this.#inputs = inputs;
    this.#outer = outer;
  }

  get inputCount(): number {
    return this.node.inputs.length;
  }

  /** True where the input stands in the file, known or not. */
  has(index: number): boolean {
    return (this.node.inputs[index] ?? '') !== '';
  }

  /** @throws {NotInferable} where it is unknown or left out */
  input(index: number): Value {
    const found = this.#inputs[index];
    if (!found) throw new NotInferable();
    return found;
  }

  /** @throws {NotInferable} where the values are not constant */
  values(index: number): readonly number[] {
    const { values } = this.input(index);
    if (!values) throw new NotInferable();
    return values;
  }

  /** Values of an input that may be left out. @throws {NotInferable} where it is there and not constant */
  optionalValues(index: number): readonly number[] | null {
    return this.has(index) ? this.values(index) : null;
  }

  attribute(name: string): AttributeValue | null {
    const found = this.node.attributes.get(name) ?? null;
    return found?.kind === 'reference' ? (this.#outer.get(found.value) ?? null) : found;
  }

  integer(name: string, fallback: number): number {
    const found = this.attribute(name);
    return found?.kind === 'number' ? found.value : fallback;
  }

  integers(name: string): readonly number[] | null {
    const found = this.attribute(name);
    if (found?.kind === 'other') throw new NotInferable();
    return found?.kind === 'numbers' ? found.value : null;
  }

  text(name: string, fallback: string): string {
    const found = this.attribute(name);
    return found?.kind === 'text' ? found.value : fallback;
  }

  tensor(name: string): ModelTensor | null {
    const found = this.attribute(name);
    return found?.kind === 'tensor' ? found.value : null;
  }
}

/** The outputs that follow from the inputs; throws `NotInferable` or `ShapeConflict`. */
export type Rule = (call: Call) => Value[];
