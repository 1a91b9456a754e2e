import type { Call, Rule } from './call.ts';
import { joinAndCutRules } from './joinAndCut.ts';
import { padRule } from './pad.ts';
import { sliceRule } from './slice.ts';
import {
  axisOf,
  broadcastShapes,
  broadcastValues,
  NotInferable,
  rearranged,
  ShapeConflict,
  stridesOf,
  type Value,
  value,
} from './value.ts';

const transpose: Rule = (call) => {
  const from = call.input(0);
  const rank = from.shape.length;
  const order = call.integers('perm') ?? from.shape.map((_, axis) => rank - 1 - axis);
  if (order.length !== rank || new Set(order).size !== rank)
    throw new ShapeConflict('a transposition');
  const sides = order.map((axis) => from.shape[axisOf(axis, rank)] ?? 0);
  const strides = stridesOf(from.shape);
  const values = rearranged(from, sides, (at) =>
    order.reduce((index, axis, i) => index + (at[i] ?? 0) * (strides[axis] ?? 0), 0),
  );
  return [value(from.type, sides, values)];
};

/** Four axes, of which the channels are the second. */
function planes(call: Call): {
  type: Value['type'];
  shape: readonly [number, number, number, number];
} {
  const { type, shape } = call.input(0);
  const [n, c, h, w] = shape;
  if (n === undefined || c === undefined || h === undefined || w === undefined) {
    throw new ShapeConflict('a tensor of less than four axes');
  }
  return { type, shape: [n, c, h, w] };
}

const depthToSpace: Rule = (call) => {
  const { type, shape } = planes(call);
  const [n, c, h, w] = shape;
  const block = call.integer('blocksize', 0);
  return [value(type, [n, c / (block * block), h * block, w * block])];
};

const spaceToDepth: Rule = (call) => {
  const { type, shape } = planes(call);
  const [n, c, h, w] = shape;
  const block = call.integer('blocksize', 0);
  return [value(type, [n, c * block * block, h / block, w / block])];
};

const expand: Rule = (call) => {
  const from = call.input(0);
  const sides = broadcastShapes(from.shape, call.values(1));
  return [value(from.type, sides, broadcastValues(from, sides))];
};

const tile: Rule = (call) => {
  const from = call.input(0);
  const times = call.values(1);
  if (times.length !== from.shape.length) throw new ShapeConflict('repeats for other axes');
  const sides = from.shape.map((side, axis) => side * (times[axis] ?? 1));
  const strides = stridesOf(from.shape);
  const values = rearranged(from, sides, (at) =>
    from.shape.reduce((i, side, axis) => i + ((at[axis] ?? 0) % side) * (strides[axis] ?? 0), 0),
  );
  return [value(from.type, sides, values)];
};

/** Sides after scaling. Source: Resize in ONNX' Operators.md. */
function scaled(shape: readonly number[], scales: readonly number[]): number[] {
  if (scales.length !== shape.length) throw new ShapeConflict('scales for other axes');
  return shape.map((side, axis) => Math.floor(side * (scales[axis] ?? 1)));
}

const resize: Rule = (call) => {
  const { type, shape } = call.input(0);
  if (call.opset < 11) return [value(type, scaled(shape, call.values(1)))];
  // Keeping the aspect ratio rounds in ways of its own; no exporter of networks for pictures does.
  if (call.text('keep_aspect_ratio_policy', 'stretch') !== 'stretch') throw new NotInferable();
  const axes = call.integers('axes') ?? shape.map((_, axis) => axis);
  const spread = (list: readonly number[], rest: (axis: number) => number) =>
    shape.map(
      (_, axis) => list[axes.map((a) => axisOf(a, shape.length)).indexOf(axis)] ?? rest(axis),
    );
  const sizes = call.optionalValues(3);
  if (sizes && sizes.length > 0)
    return [
      value(
        type,
        spread(sizes, (axis) => shape[axis] ?? 0),
      ),
    ];
  return [
    value(
      type,
      scaled(
        shape,
        spread(call.values(2), () => 1),
      ),
    ),
  ];
};

const upsample: Rule = (call) => {
  const { type, shape } = call.input(0);
  const scales = call.opset < 9 ? call.integers('scales') : call.values(1);
  return [value(type, scaled(shape, scales ?? []))];
};

const gridSample: Rule = (call) => {
  const { type, shape } = call.input(0);
  const grid = call.input(1).shape;
  return [value(type, [...shape.slice(0, 2), ...grid.slice(1, -1)])];
};

/** Operators that move elements without computing with them, and those that resample. */
export const ARRANGE_RULES: Readonly<Record<string, Rule>> = {
  ...joinAndCutRules,
  Transpose: transpose,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  Expand: expand,
  Tile: tile,
  Slice: sliceRule,
  Pad: padRule,
  Resize: resize,
  Upsample: upsample,
  GridSample: gridSample,
};
