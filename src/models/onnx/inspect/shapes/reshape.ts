import type { Call, Rule } from './call.ts';
import { axisOf, elementsOf, ShapeConflict, type Value, value } from './value.ts';

/** The same elements in another shape. @throws {ShapeConflict} */
function reshaped(from: Value, shape: readonly number[]): Value[] {
  if (elementsOf(shape) !== elementsOf(from.shape)) {
    throw new ShapeConflict(`${from.shape.join('×')} as ${shape.join('×')}`);
  }
  return [value(from.type, shape, from.values)];
}

/** 0 keeps a side, -1 is what is left. Source: Reshape in ONNX' Operators.md. */
const reshape: Rule = (call) => {
  const from = call.input(0);
  const asked = call.opset < 5 ? (call.integers('shape') ?? []) : call.values(1);
  const keeps = call.integer('allowzero', 0) === 0;
  const sides = asked.map((side, axis) => (side === 0 && keeps ? (from.shape[axis] ?? -2) : side));
  const open = sides.indexOf(-1);
  if (open >= 0) {
    const others = elementsOf(sides.filter((_, axis) => axis !== open));
    sides[open] = others === 0 ? 0 : elementsOf(from.shape) / others;
  }
  return reshaped(from, sides);
};

const flatten: Rule = (call) => {
  const from = call.input(0);
  const rank = from.shape.length;
  const axis = call.integer('axis', 1);
  const split = axis < 0 ? axis + rank : axis;
  if (split < 0 || split > rank) throw new ShapeConflict(`there is no axis ${axis} among ${rank}`);
  return reshaped(from, [
    elementsOf(from.shape.slice(0, split)),
    elementsOf(from.shape.slice(split)),
  ]);
};

/** Axes are an attribute up to opset 12, an input after it. */
export function axesOf(call: Call, index: number, since: number): readonly number[] | null {
  return call.opset < since ? call.integers('axes') : call.optionalValues(index);
}

const squeeze: Rule = (call) => {
  const from = call.input(0);
  const axes = axesOf(call, 1, 13)?.map((axis) => axisOf(axis, from.shape.length));
  const dropped = (side: number, axis: number) => (axes ? axes.includes(axis) : side === 1);
  return reshaped(
    from,
    from.shape.filter((side, axis) => !dropped(side, axis)),
  );
};

const unsqueeze: Rule = (call) => {
  const from = call.input(0);
  const given = axesOf(call, 1, 13) ?? [];
  const rank = from.shape.length + given.length;
  const axes = given.map((axis) => axisOf(axis, rank));
  const left = [...from.shape];
  const sides = Array.from({ length: rank }, (_, axis) =>
    axes.includes(axis) ? 1 : (left.shift() ?? 1),
  );
  return reshaped(from, sides);
};

/** Operators that give the same elements another shape: none of them moves a byte. */
export const RESHAPE_RULES: Readonly<Record<string, Rule>> = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
};
