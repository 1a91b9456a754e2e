import type { Call, Rule } from './call.ts';
import { axisOf, rearranged, ShapeConflict, stridesOf, value } from './value.ts';

interface Cut {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

const clamp = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);

/** One axis of Slice, with numpy's treatment of negative and overlong ends. */
function cut(side: number, start: number, end: number, step: number): Cut {
  if (step === 0) throw new ShapeConflict('a slice with step 0');
  const fromEnd = (x: number) => (x < 0 ? x + side : x);
  const forward = step > 0;
  const first = clamp(fromEnd(start), 0, forward ? side : side - 1);
  const last = clamp(fromEnd(end), forward ? 0 : -1, forward ? side : side - 1);
  return { start: first, step, count: Math.max(0, Math.ceil((last - first) / step)) };
}

function cuts(call: Call, shape: readonly number[]): Cut[] {
  const late = call.opset >= 10;
  const starts = late ? call.values(1) : (call.integers('starts') ?? []);
  const ends = late ? call.values(2) : (call.integers('ends') ?? []);
  const given = late ? call.optionalValues(3) : call.integers('axes');
  const steps = late ? call.optionalValues(4) : null;
  const axes = given?.map((axis) => axisOf(axis, shape.length)) ?? starts.map((_, axis) => axis);
  return shape.map((side, axis) => {
    const i = axes.indexOf(axis);
    if (i < 0) return { start: 0, step: 1, count: side };
    return cut(side, starts[i] ?? 0, ends[i] ?? side, steps?.[i] ?? 1);
  });
}

/** Slice: attributes up to opset 9, inputs after it. */
export const sliceRule: Rule = (call) => {
  const from = call.input(0);
  const parts = cuts(call, from.shape);
  const sides = parts.map(({ count }) => count);
  const strides = stridesOf(from.shape);
  const values = rearranged(from, sides, (at) =>
    parts.reduce((i, part, axis) => {
      return i + (part.start + (at[axis] ?? 0) * part.step) * (strides[axis] ?? 0);
    }, 0),
  );
  return [value(from.type, sides, values)];
};
