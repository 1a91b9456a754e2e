import type { Rule } from './call.ts';
import { axisOf, ShapeConflict, value } from './value.ts';

/** Pad: an attribute up to opset 10, an input after it, for some axes only from opset 18 on. */
export const padRule: Rule = (call) => {
  const { type, shape } = call.input(0);
  const pads = call.opset < 11 ? (call.integers('pads') ?? []) : call.values(1);
  const given = call.opset < 18 ? null : call.optionalValues(3);
  const axes = given?.map((axis) => axisOf(axis, shape.length)) ?? shape.map((_, axis) => axis);
  if (pads.length !== 2 * axes.length) throw new ShapeConflict('margins for other axes');
  const mirrored = call.text('mode', 'constant') === 'reflect';
  const sides = shape.map((side, axis) => {
    const index = axes.indexOf(axis);
    if (index < 0) return side;
    const [before, after] = [pads[index] ?? 0, pads[index + axes.length] ?? 0];
    // The mirror has no more than the side less one to give: smaller pictures are refused when run.
    if (mirrored && Math.max(before, after) >= side) {
      throw new ShapeConflict(`a mirrored margin of ${Math.max(before, after)} beside ${side}`);
    }
    return side + before + after;
  });
  return [value(type, sides)];
};
