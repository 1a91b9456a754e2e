import { elementType } from '../elementTypes.ts';
import type { ModelTensor } from '../graph.ts';
import { MAX_INTEGERS } from '../limits.ts';
import type { Rule } from './call.ts';
import { elementsOf, NotInferable, ShapeConflict, type Value, value } from './value.ts';

/** A constant of the file as a value. */
export function tensorValue({ type, dims, values }: ModelTensor): Value {
  return value(type, dims, values);
}

const constant: Rule = (call) => {
  const tensor = call.tensor('value');
  if (tensor) return [tensorValue(tensor)];
  const lists = { value_ints: 'int64', value_floats: 'float32' } as const;
  for (const [name, type] of Object.entries(lists)) {
    const list = call.integers(name);
    if (list) return [value(type, [list.length], list)];
  }
  const single = { value_int: 'int64', value_float: 'float32' } as const;
  for (const [name, type] of Object.entries(single)) {
    const found = call.attribute(name);
    if (found?.kind === 'number') return [value(type, [], [found.value])];
  }
  throw new NotInferable();
};

const filled: Rule = (call) => {
  const shape = call.values(0);
  const tensor = call.tensor('value');
  const fill = tensor ? (tensor.values?.[0] ?? Number.NaN) : 0;
  const elements = elementsOf(shape);
  const few = elements >= 0 && elements <= MAX_INTEGERS;
  const values = few ? Array.from({ length: elements }, () => fill) : null;
  return [value(tensor?.type ?? 'float32', shape, values)];
};

const shape: Rule = (call) => {
  const sides = call.input(0).shape;
  const part = sides.slice(call.integer('start', 0), call.integer('end', sides.length));
  return [value('int64', [part.length], part)];
};

const size: Rule = (call) => [value('int64', [], [elementsOf(call.input(0).shape)])];

const range: Rule = (call) => {
  const [start = 0] = call.values(0);
  const [limit = 0] = call.values(1);
  const [delta = 1] = call.values(2);
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  if (!Number.isSafeInteger(count)) throw new ShapeConflict('an endless range');
  const few = count <= MAX_INTEGERS;
  const values = few ? Array.from({ length: count }, (_, i) => start + i * delta) : null;
  return [value(call.input(0).type, [count], values)];
};

const WHOLE = /^u?int|^bool$/;

const cast: Rule = (call) => {
  const { shape: sides, values } = call.input(0);
  const type = elementType(call.integer('to', 0));
  const toWhole = (x: number) => (type === 'bool' ? Number(x !== 0) : Math.trunc(x));
  return [value(type, sides, WHOLE.test(type) ? (values?.map(toWhole) ?? null) : values)];
};

const castLike: Rule = (call) => [value(call.input(1).type, call.input(0).shape)];

const isSpecial: Rule = (call) => [value('bool', call.input(0).shape)];

const like: Rule = (call) => {
  const { type, shape: sides } = call.input(0);
  const code = call.integer('dtype', 0);
  return [value(code === 0 ? type : elementType(code), sides)];
};

/** Constants, shapes as values, and changes of the element type. */
export const CONSTANT_RULES: Readonly<Record<string, Rule>> = {
  Constant: constant,
  ConstantOfShape: filled,
  Shape: shape,
  Size: size,
  Range: range,
  Cast: cast,
  CastLike: castLike,
  IsNaN: isSpecial,
  IsInf: isSpecial,
  RandomNormalLike: like,
  RandomUniformLike: like,
  QuantizeLinear: (call) => {
    const asked = call.integer('output_dtype', 0);
    const byDefault = asked === 0 ? 'uint8' : elementType(asked);
    return [value(call.has(2) ? call.input(2).type : byDefault, call.input(0).shape)];
  },
  DequantizeLinear: (call) => [value(call.input(1).type, call.input(0).shape)],
  DynamicQuantizeLinear: (call) => [
    value('uint8', call.input(0).shape),
    value('float32', []),
    value('uint8', []),
  ],
};
