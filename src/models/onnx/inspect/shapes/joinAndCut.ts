import { MAX_PORTS } from '../limits.ts';
import type { Call, Rule } from './call.ts';
import { axisOf, rearranged, ShapeConflict, stridesOf, type Value, value } from './value.ts';

/** Values joined along an axis: block by block, as they lie in memory. */
function joinedValues(inputs: readonly Value[], axis: number): number[] | null {
  // Without elements there is nothing to join, however many blocks the shape has.
  if (inputs.some(({ values }) => values?.length === 0) && axis > 0) return null;
  const outer = inputs[0]?.shape.slice(0, axis).reduce((a, b) => a * b, 1) ?? 1;
  const joined: number[] = [];
  for (let row = 0; row < outer; row++) {
    for (const { shape, values } of inputs) {
      if (!values) return null;
      const block = shape.slice(axis).reduce((a, b) => a * b, 1);
      joined.push(...values.slice(row * block, (row + 1) * block));
    }
  }
  return joined;
}

const concat: Rule = (call) => {
  const inputs = call.node.inputs.map((_, index) => call.input(index));
  const [first] = inputs;
  if (!first) throw new ShapeConflict('nothing to join');
  const axis = axisOf(call.integer('axis', 1), first.shape.length);
  const fits = inputs.every(({ shape }) =>
    first.shape.every((side, i) => i === axis || shape[i] === side),
  );
  if (!fits || inputs.some(({ shape }) => shape.length !== first.shape.length)) {
    throw new ShapeConflict(`joining ${inputs.map(({ shape }) => shape.join('×')).join(' and ')}`);
  }
  const length = inputs.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
  const small = inputs.every(({ values }) => values !== null);
  const sides = first.shape.map((side, i) => (i === axis ? length : side));
  return [value(first.type, sides, small ? joinedValues(inputs, axis) : null)];
};

function splitSizes(call: Call, side: number): readonly number[] {
  const given = call.opset < 13 ? call.integers('split') : call.optionalValues(1);
  if (given && given.length > 0) return given;
  const count = Math.max(call.node.outputs.length, 1);
  const each = Math.ceil(side / count);
  // The last part takes what is left, since opset 18; before it the parts had to be equal.
  return Array.from({ length: count }, (_, i) => Math.min(each, Math.max(0, side - i * each)));
}

function part(from: Value, axis: number, start: number, length: number): Value {
  const sides = from.shape.map((side, i) => (i === axis ? length : side));
  const strides = stridesOf(from.shape);
  const values = rearranged(from, sides, (at) =>
    strides.reduce((index, stride, i) => {
      return index + ((at[i] ?? 0) + (i === axis ? start : 0)) * stride;
    }, 0),
  );
  return value(from.type, sides, values);
}

const split: Rule = (call) => {
  const from = call.input(0);
  const axis = axisOf(call.integer('axis', 0), from.shape.length);
  const side = from.shape[axis] ?? 0;
  const sizes = splitSizes(call, side);
  if (sizes.reduce((a, b) => a + b, 0) !== side) {
    throw new ShapeConflict(`${side} in parts of ${sizes.slice(0, MAX_PORTS).join(', ')}`);
  }
  let start = 0;
  return sizes.map((length) => {
    start += length;
    return part(from, axis, start - length, length);
  });
};

const gather: Rule = (call) => {
  const from = call.input(0);
  const indices = call.input(1);
  const axis = axisOf(call.integer('axis', 0), from.shape.length);
  const side = from.shape[axis] ?? 0;
  const before = from.shape.slice(0, axis);
  const sides = [...before, ...indices.shape, ...from.shape.slice(axis + 1)];
  if (!indices.values) return [value(from.type, sides)];
  const picked = indices.values.map((index) => (index < 0 ? index + side : index));
  if (picked.some((index) => index < 0 || index >= side)) {
    throw new ShapeConflict(`index ${picked.find((i) => i < 0 || i >= side)} of ${side}`);
  }
  const strides = stridesOf(from.shape);
  const inner = stridesOf(indices.shape);
  const rank = indices.shape.length;
  const values = rearranged(from, sides, (at) => {
    const which = inner.reduce((sum, stride, i) => sum + (at[axis + i] ?? 0) * stride, 0);
    const rest = at.filter((_, i) => i < axis || i >= axis + rank);
    const coordinate = [...rest.slice(0, axis), picked[which] ?? 0, ...rest.slice(axis)];
    return coordinate.reduce((sum, c, i) => sum + c * (strides[i] ?? 0), 0);
  });
  return [value(from.type, sides, values)];
};

const gatherElements: Rule = (call) => [value(call.input(0).type, call.input(1).shape)];

const gatherNd: Rule = (call) => {
  const from = call.input(0);
  const indices = call.input(1).shape;
  const batch = call.integer('batch_dims', 0);
  const depth = indices.at(-1) ?? 0;
  return [value(from.type, [...indices.slice(0, -1), ...from.shape.slice(batch + depth)])];
};

const likeFirst: Rule = (call) => {
  const { type, shape } = call.input(0);
  return [value(type, shape)];
};

/** Operators that join, cut and pick. */
export const joinAndCutRules: Readonly<Record<string, Rule>> = {
  Concat: concat,
  Split: split,
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  ScatterElements: likeFirst,
  ScatterND: likeFirst,
  Scatter: likeFirst,
};
