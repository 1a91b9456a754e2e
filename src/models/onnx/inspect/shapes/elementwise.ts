import type { Call, Rule } from './call.ts';
import { broadcastShapes, broadcastValues, type Value, value } from './value.ts';

/** The first input's shape and type. */
export const sameAsInput: Rule = (call) => {
  const { type, shape } = call.input(0);
  return [value(type, shape)];
};

function unary(compute: (x: number) => number): Rule {
  return (call) => {
    const { type, shape, values } = call.input(0);
    return [value(type, shape, values?.map(compute) ?? null)];
  };
}

type Binary = (a: number, b: number, whole: boolean) => number;

const FLOAT_TYPES: readonly string[] = ['float32', 'float16', 'bfloat16', 'float64'];

function combine(a: Value, b: Value, type: Value['type'], compute: Binary | null): Value {
  const shape = broadcastShapes(a.shape, b.shape);
  const x = broadcastValues(a, shape);
  const y = x && broadcastValues(b, shape);
  const whole = !FLOAT_TYPES.includes(a.type);
  const values =
    compute && x && y ? x.map((left, i) => compute(left, y[i] ?? Number.NaN, whole)) : null;
  return value(type, shape, values);
}

/**
 * @param compute null where values are not followed, only shapes
 * @param type of the result; null for that of the inputs
 */
function binary(compute: Binary | null, type: 'bool' | null = null): Rule {
  return (call) => {
    const a = call.input(0);
    return [combine(a, call.input(1), type ?? a.type, compute)];
  };
}

/** Any number of inputs, as Sum, Max and Min have. */
function folded(compute: Binary | null): Rule {
  return (call) => {
    let result = call.input(0);
    for (let i = 1; i < call.inputCount; i++) {
      result = combine(result, call.input(i), result.type, compute);
    }
    return [result];
  };
}

const bool = (truth: boolean) => (truth ? 1 : 0);

function where(call: Call): Value[] {
  const [condition, yes, no] = [call.input(0), call.input(1), call.input(2)];
  const shape = broadcastShapes(condition.shape, broadcastShapes(yes.shape, no.shape));
  const [c, y, n] = [condition, yes, no].map((input) => broadcastValues(input, shape));
  const values = c && y && n ? c.map((truth, i) => (truth ? y[i] : n[i]) ?? Number.NaN) : null;
  return [value(yes.type, shape, values)];
}

const firstOnly: Rule = (call) => {
  const { type, shape } = call.input(0);
  const mask = call.node.operator === 'Dropout' ? [value('bool', shape)] : [];
  return [value(type, shape), ...mask];
};

const batchNorm: Rule = (call) => {
  const { type, shape } = call.input(0);
  const channels = shape[1] ?? 1;
  const statistics = call.node.outputs.slice(1).map(() => value(type, [channels]));
  return [value(type, shape), ...statistics];
};

const divide: Binary = (a, b, whole) => (whole ? Math.trunc(a / b) : a / b);
// ONNX' Mod takes the divisor's sign; with fmod=1, which only floats have, the dividend's.
const modulo: Binary = (a, b) => a - b * Math.floor(a / b);

const UNCHANGED =
  'Relu LeakyRelu PRelu Elu Celu Selu Sigmoid HardSigmoid HardSwish Softplus Softsign Tanh Gelu Mish ' +
  'ThresholdedRelu Shrink Swish Softmax LogSoftmax Hardmax Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh ' +
  'Acosh Atanh Erf Log Clip InstanceNormalization GroupNormalization LpNormalization ' +
  'MeanVarianceNormalization RMSNormalization LRN CumSum Trilu ReverseSequence BitwiseNot';

const BITWISE = 'BitShift BitwiseAnd BitwiseOr BitwiseXor';

/** Operators that work on every element for itself, and those that keep their input's shape. */
export const ELEMENTWISE_RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(UNCHANGED.split(' ').map((name) => [name, sameAsInput])),
  ...Object.fromEntries(BITWISE.split(' ').map((name) => [name, binary(null)])),
  Dropout: firstOnly,
  BatchNormalization: batchNorm,
  Identity: unary((x) => x),
  Abs: unary(Math.abs),
  Neg: unary((x) => -x),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Sign: unary(Math.sign),
  Sqrt: unary(Math.sqrt),
  Exp: unary(Math.exp),
  Reciprocal: unary((x) => 1 / x),
  Round: unary((x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x))),
  Not: unary((x) => bool(x === 0)),
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: binary(divide),
  Pow: binary((a, b) => a ** b),
  Mod: binary(modulo),
  Equal: binary((a, b) => bool(a === b), 'bool'),
  Greater: binary((a, b) => bool(a > b), 'bool'),
  GreaterOrEqual: binary((a, b) => bool(a >= b), 'bool'),
  Less: binary((a, b) => bool(a < b), 'bool'),
  LessOrEqual: binary((a, b) => bool(a <= b), 'bool'),
  And: binary((a, b) => bool(a !== 0 && b !== 0), 'bool'),
  Or: binary((a, b) => bool(a !== 0 || b !== 0), 'bool'),
  Xor: binary((a, b) => bool((a !== 0) !== (b !== 0)), 'bool'),
  Sum: folded((a, b) => a + b),
  Max: folded((a, b) => Math.max(a, b)),
  Min: folded((a, b) => Math.min(a, b)),
  Mean: folded(null),
  Where: where,
};
