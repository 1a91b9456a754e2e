import type { Call, Rule } from './call.ts';
import { axesOf } from './reshape.ts';
import { axisOf, elementsOf, type Value, value } from './value.ts';

/**
 * Axes that a reduction runs over, counted from 0.
 * @throws {NotInferable} where they are not constant
 */
function reducedAxes(call: Call): number[] {
  const { shape } = call.input(0);
  const since = call.node.operator === 'ReduceSum' ? 13 : 18;
  const axes = axesOf(call, 1, since);
  if (axes && axes.length > 0) return axes.map((axis) => axisOf(axis, shape.length));
  return call.integer('noop_with_empty_axes', 0) === 1 ? [] : shape.map((_, axis) => axis);
}

/** Product and extremes over a list of sides stand in computed shapes. */
const FOLDS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  ReduceProd: (values) => values.reduce((a, b) => a * b, 1),
  ReduceSum: (values) => values.reduce((a, b) => a + b, 0),
  ReduceMax: (values) => Math.max(...values),
  ReduceMin: (values) => Math.min(...values),
};

function fold(call: Call, from: Value, sides: readonly number[]): number[] | null {
  const compute = FOLDS[call.node.operator];
  return compute && from.values && elementsOf(sides) === 1 ? [compute(from.values)] : null;
}

const reduce: Rule = (call) => {
  const from = call.input(0);
  const axes = reducedAxes(call);
  const keep = call.integer('keepdims', 1) === 1;
  const sides = from.shape.flatMap((side, axis) => {
    if (!axes.includes(axis)) return [side];
    return keep ? [1] : [];
  });
  return [value(from.type, sides, fold(call, from, sides))];
};

const argument: Rule = (call) => {
  const { shape } = call.input(0);
  const axis = axisOf(call.integer('axis', 0), shape.length);
  const keep = call.integer('keepdims', 1) === 1;
  return [
    value(
      'int64',
      shape.flatMap((side, i) => (i === axis ? (keep ? [1] : []) : [side])),
    ),
  ];
};

const topK: Rule = (call) => {
  const { type, shape } = call.input(0);
  const axis = axisOf(call.integer('axis', -1), shape.length);
  const [k = 0] = call.opset < 10 ? [call.integer('k', 0)] : call.values(1);
  const sides = shape.map((side, i) => (i === axis ? k : side));
  return [value(type, sides), value('int64', sides)];
};

const layerNorm: Rule = (call) => {
  const { type, shape } = call.input(0);
  const axis = axisOf(call.integer('axis', -1), shape.length);
  const statistics = value(
    'float32',
    shape.map((side, i) => (i < axis ? side : 1)),
  );
  return [value(type, shape), statistics, statistics];
};

const REDUCTIONS =
  'ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ' +
  'ReduceLogSumExp ReduceSumSquare';

/** Operators that run over whole axes. */
export const REDUCE_RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(REDUCTIONS.split(' ').map((name) => [name, reduce])),
  ArgMax: argument,
  ArgMin: argument,
  TopK: topK,
  LayerNormalization: layerNorm,
};
