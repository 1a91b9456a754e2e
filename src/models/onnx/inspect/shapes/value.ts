import type { ElementType } from '../elementTypes.ts';
import { MAX_INTEGERS, MAX_RANK } from '../limits.ts';

/** What is known of a tensor before anything runs: its shape, and its values where it is a small constant. */
export interface Value {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Row-major; null where they depend on the picture or are too many. */
  readonly values: readonly number[] | null;
}

/** Shapes that contradict each other: the network does not take a picture of this size. */
export class ShapeConflict extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ShapeConflict';
  }
}

/** A shape that depends on something unknown, or an operator with no rule here. */
export class NotInferable extends Error {
  constructor() {
    super('the shape cannot be inferred');
    this.name = 'NotInferable';
  }
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/**
 * A tensor of this shape.
 * @param values kept only where there are few
 * @throws {ShapeConflict} where a side is negative or the tensor beyond any memory
 */
export function value(
  type: ElementType,
  shape: readonly number[],
  values: readonly number[] | null = null,
): Value {
  const elements = elementsOf(shape);
  const sound =
    shape.length <= MAX_RANK && shape.every((side) => Number.isInteger(side) && side >= 0);
  if (!sound || !Number.isSafeInteger(elements)) {
    throw new ShapeConflict(`there is no tensor of shape ${shape.join('×')}`);
  }
  const kept = values && values.length === elements && elements <= MAX_INTEGERS ? values : null;
  return { type, shape, values: kept };
}

/** An axis counted from the end where negative. @throws {ShapeConflict} where there is no such axis */
export function axisOf(axis: number, rank: number): number {
  const from0 = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(from0) || from0 < 0 || from0 >= Math.max(rank, 1)) {
    throw new ShapeConflict(`there is no axis ${axis} among ${rank}`);
  }
  return from0;
}

/** The shape that both broadcast to. Source: "Broadcasting in ONNX". @throws {ShapeConflict} */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new ShapeConflict(`${a.join('×')} and ${b.join('×')} do not broadcast`);
    }
    return x === 1 ? y : x;
  });
}

/** Steps between neighbours along each axis of a row-major tensor. */
export function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => elementsOf(shape.slice(axis + 1)));
}

/**
 * Values of a rearranged constant; null where it has none or the result is too large to keep.
 * @param source index of the source's element for a coordinate of the result
 */
export function rearranged(
  from: Value,
  shape: readonly number[],
  source: (at: readonly number[]) => number,
): number[] | null {
  const { values } = from;
  const elements = elementsOf(shape);
  if (!values || elements > MAX_INTEGERS) return null;
  const strides = stridesOf(shape);
  return Array.from({ length: elements }, (_, index) => {
    const at = shape.map((side, axis) => Math.floor(index / (strides[axis] ?? 1)) % side);
    return values[source(at)] ?? Number.NaN;
  });
}

/** Values of `from` broadcast to `shape`; null where unknown. */
export function broadcastValues(from: Value, shape: readonly number[]): number[] | null {
  const strides = stridesOf(from.shape);
  const skipped = shape.length - from.shape.length;
  return rearranged(from, shape, (at) =>
    from.shape.reduce(
      (index, side, axis) =>
        index + (side === 1 ? 0 : (at[axis + skipped] ?? 0)) * (strides[axis] ?? 0),
      0,
    ),
  );
}
