import type { Call, Rule } from './call.ts';
import { NotInferable, ShapeConflict, type Value, value } from './value.ts';

/** Kernel, steps and margins of a sliding window, one number a spatial axis. */
interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function repeated(list: readonly number[] | null, axes: number, fallback: number): number[] {
  if (list && list.length > 0 && list.length !== axes) {
    throw new ShapeConflict(`${list.length} numbers for ${axes} axes`);
  }
  return Array.from({ length: axes }, (_, axis) => list?.[axis] ?? fallback);
}

function windowOf(call: Call, kernel: readonly number[]): Window {
  const axes = kernel.length;
  const pads = repeated(call.integers('pads'), 2 * axes, 0);
  const strides = repeated(call.integers('strides'), axes, 1);
  const dilations = repeated(call.integers('dilations'), axes, 1);
  if ([...kernel, ...strides, ...dilations].some((n) => n < 1)) {
    throw new ShapeConflict('a window without extent');
  }
  return { kernel, strides, dilations, before: pads.slice(0, axes), after: pads.slice(axes) };
}

const at = (list: readonly number[], axis: number) => list[axis] ?? 0;

/** Sides of what a window slides over. Source: Conv and the pools in ONNX' Operators.md. */
function slide(call: Call, spatial: readonly number[], window: Window, ceil: boolean): number[] {
  const pad = call.text('auto_pad', 'NOTSET');
  return spatial.map((side, axis) => {
    const stride = at(window.strides, axis);
    const extent = (at(window.kernel, axis) - 1) * at(window.dilations, axis) + 1;
    if (pad === 'SAME_UPPER' || pad === 'SAME_LOWER') return Math.ceil(side / stride);
    const margin = pad === 'VALID' ? 0 : at(window.before, axis) + at(window.after, axis);
    const steps = (side + margin - extent) / stride;
    if (steps < 0) throw new ShapeConflict(`a window of ${extent} over ${side + margin} values`);
    if (!ceil) return Math.floor(steps) + 1;
    const reached = Math.ceil(steps) + 1;
    // A window that would start in the margin behind the last value is left out.
    return (reached - 1) * stride >= side + at(window.before, axis) ? reached - 1 : reached;
  });
}

function requireChannels(input: Value, weight: Value, groups: number, perGroup: number): void {
  if (input.shape.length < 3 || weight.shape.length !== input.shape.length) {
    throw new ShapeConflict('a convolution over too few axes');
  }
  if (input.shape[1] !== perGroup * groups) {
    throw new ShapeConflict(`${input.shape[1]} channels into a filter of ${perGroup * groups}`);
  }
}

/** @param x index of the picture among the inputs, @param w of the filter */
function convolution(x: number, w: number, type: Value['type'] | null): Rule {
  return (call) => {
    const input = call.input(x);
    const filter = call.input(w);
    const groups = call.integer('group', 1);
    requireChannels(input, filter, groups, filter.shape[1] ?? 0);
    const window = windowOf(call, filter.shape.slice(2));
    const sides = slide(call, input.shape.slice(2), window, false);
    return [value(type ?? input.type, [input.shape[0] ?? 1, filter.shape[0] ?? 0, ...sides])];
  };
}

const transposed: Rule = (call) => {
  const input = call.input(0);
  const filter = call.input(1);
  const groups = call.integer('group', 1);
  requireChannels(input, filter, 1, filter.shape[0] ?? 0);
  const window = windowOf(call, filter.shape.slice(2));
  const fixed = call.integers('output_shape');
  const extra = repeated(call.integers('output_padding'), window.kernel.length, 0);
  const same = call.text('auto_pad', 'NOTSET').startsWith('SAME');
  const sides = input.shape.slice(2).map((side, axis) => {
    if (fixed && fixed.length > 0) return at(fixed.slice(-window.kernel.length), axis);
    if (same) return side * at(window.strides, axis);
    const extent = (at(window.kernel, axis) - 1) * at(window.dilations, axis) + 1;
    const margin = at(window.before, axis) + at(window.after, axis);
    return at(window.strides, axis) * (side - 1) + at(extra, axis) + extent - margin;
  });
  return [value(input.type, [input.shape[0] ?? 1, (filter.shape[1] ?? 0) * groups, ...sides])];
};

const pool: Rule = (call) => {
  const input = call.input(0);
  const kernel = call.integers('kernel_shape') ?? [];
  if (kernel.length !== input.shape.length - 2) throw new ShapeConflict('a pool over other axes');
  const ceil = call.integer('ceil_mode', 0) === 1;
  const sides = slide(call, input.shape.slice(2), windowOf(call, kernel), ceil);
  const pooled = value(input.type, [...input.shape.slice(0, 2), ...sides]);
  return [pooled, value('int64', pooled.shape)];
};

const globalPool: Rule = (call) => {
  const { type, shape } = call.input(0);
  if (shape.length < 3) throw new NotInferable();
  return [
    value(
      type,
      shape.map((side, axis) => (axis < 2 ? side : 1)),
    ),
  ];
};

/** Convolutions and pools. */
export const WINDOW_RULES: Readonly<Record<string, Rule>> = {
  Conv: convolution(0, 1, null),
  ConvInteger: convolution(0, 1, 'int32'),
  QLinearConv: convolution(0, 3, null),
  DeformConv: convolution(0, 1, null),
  ConvTranspose: transposed,
  MaxPool: pool,
  AveragePool: pool,
  LpPool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  GlobalLpPool: globalPool,
};
