import type { Call, Rule } from './call.ts';
import { broadcastShapes, NotInferable, ShapeConflict, type Value, value } from './value.ts';

/** Shape of a product of stacks of matrices, as numpy.matmul: vectors gain an axis that is dropped again. */
function product(a: readonly number[], b: readonly number[]): number[] {
  if (a.length === 0 || b.length === 0) throw new ShapeConflict('a product with a scalar');
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  if (left.at(-1) !== right.at(-2)) {
    throw new ShapeConflict(`${a.join('×')} times ${b.join('×')}`);
  }
  const rows = a.length === 1 ? [] : [left.at(-2) ?? 1];
  const columns = b.length === 1 ? [] : [right.at(-1) ?? 1];
  return [...broadcastShapes(left.slice(0, -2), right.slice(0, -2)), ...rows, ...columns];
}

/** @param b index of the second factor @param type of the result; null for that of the first factor */
function matMul(b: number, type: Value['type'] | null): Rule {
  return (call) => {
    const left = call.input(0);
    return [value(type ?? left.type, product(left.shape, call.input(b).shape))];
  };
}

const turned = (shape: readonly number[], turn: boolean) => (turn ? [shape[1], shape[0]] : shape);

const gemm: Rule = (call) => {
  const [a, b] = [call.input(0), call.input(1)];
  const [rows, inner] = turned(a.shape, call.integer('transA', 0) === 1);
  const [innerB, columns] = turned(b.shape, call.integer('transB', 0) === 1);
  if (a.shape.length !== 2 || b.shape.length !== 2 || inner !== innerB) {
    throw new ShapeConflict(`${a.shape.join('×')} times ${b.shape.join('×')}`);
  }
  return [value(a.type, [rows ?? 0, columns ?? 0])];
};

/**
 * The letters of an Einsum with their sides, and its result's letters.
 * @throws {NotInferable} with an ellipsis, whose axes have no letters
 */
export function einsumAxes(call: Call): { sides: ReadonlyMap<string, number>; result: string[] } {
  const equation = call.text('equation', '').replaceAll(' ', '');
  if (equation === '' || equation.includes('.')) throw new NotInferable();
  const [left = '', right] = equation.split('->');
  const sides = new Map<string, number>();
  const seen = new Map<string, number>();
  for (const [index, term] of left.split(',').entries()) {
    const { shape } = call.input(index);
    if (shape.length !== term.length)
      throw new ShapeConflict(`${equation} over ${shape.join('×')}`);
    for (const [axis, letter] of [...term].entries()) {
      const side = shape[axis] ?? 1;
      const known = sides.get(letter) ?? 1;
      if (known !== 1 && side !== 1 && known !== side) throw new ShapeConflict(equation);
      sides.set(letter, Math.max(known, side));
      seen.set(letter, (seen.get(letter) ?? 0) + 1);
    }
  }
  // Without an arrow, the result has the letters that stand once, in the alphabet's order.
  const once = [...seen].filter(([, count]) => count === 1).map(([letter]) => letter);
  return { sides, result: right === undefined ? once.sort() : [...right] };
}

const einsum: Rule = (call) => {
  const { sides, result } = einsumAxes(call);
  return [
    value(
      call.input(0).type,
      result.map((letter) => sides.get(letter) ?? 0),
    ),
  ];
};

/** Products of matrices. */
export const MATRIX_RULES: Readonly<Record<string, Rule>> = {
  MatMul: matMul(1, null),
  MatMulInteger: matMul(1, 'int32'),
  QLinearMatMul: matMul(3, null),
  Gemm: gemm,
  Einsum: einsum,
};
