import { functionKey, type ModelNode, type OnnxModel } from './graph.ts';
import type { Inference } from './infer.ts';
import { OnnxRefusal } from './refusal.ts';
import { allNodes } from './walk.ts';

/*
 * What ONNX Runtime can do, measured on onnxruntime-web 1.30.0 (build f2c39fe2f): for every operator of
 * ONNX 1.23's own test cases a session was created at opsets 17 and 22 with the native WebGPU provider
 * and with WASM, and the verbose log read for where the node was placed. The list that the package
 * itself carries (docs/webgpu-operators.md) is that of the older provider, which Loupe does not use.
 * Raise with the package.
 */

/** Standard operators that the WebGPU provider runs, alone or taken apart into others. */
const ON_WEBGPU: ReadonlySet<string> = new Set(
  (
    'Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool BatchNormalization Cast ' +
    'CastLike Ceil Clip Concat Conv ConvTranspose Cos Cosh CumSum DFT DepthToSpace DequantizeLinear Div ' +
    'Einsum Elu Equal Erf Exp Expand Flatten Floor GRU Gather GatherElements GatherND Gelu Gemm ' +
    'GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual GridSample GroupNormalization HardSigmoid ' +
    'HardSwish Identity If InstanceNormalization LSTM LayerNormalization LeakyRelu Less LessOrEqual Log ' +
    'LpNormalization MatMul Max MaxPool Min Mish Mul Neg Not PRelu Pad Pow RMSNormalization Range ' +
    'Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ' +
    'ReduceSum ReduceSumSquare Relu Reshape Resize ScatterElements ScatterND Shape Sigmoid Sin Sinh Slice ' +
    'Softmax Softplus Split Sqrt Squeeze Sub Swish Tan Tanh ThresholdedRelu Tile TopK Transpose Unsqueeze ' +
    'Where'
  ).split(' '),
);

/** Run on the CPU beside WebGPU and cost nothing there: constants, shapes, and what is optimised away. */
const HARMLESS: readonly string[] = ['Constant', 'ConstantOfShape', 'Size', 'Dropout'];

/** Standard operators that only the CPU runs, in WASM. */
const ON_CPU: ReadonlySet<string> = new Set([
  ...HARMLESS,
  ...(
    'AffineGrid Attention Bernoulli BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor BlackmanWindow ' +
    'Celu CenterCropPad Col2Im Compress ConcatFromSequence ConvInteger DeformConv Det ' +
    'DynamicQuantizeLinear EyeLike GlobalLpPool HammingWindow HannWindow Hardmax IsInf IsNaN LRN ' +
    'LogSoftmax Loop LpPool MatMulInteger MaxRoiPool MaxUnpool Mean MeanVarianceNormalization ' +
    'MelWeightMatrix Mod Multinomial NonMaxSuppression NonZero OneHot Or QLinearConv QLinearMatMul ' +
    'QuantizeLinear RNN RandomNormal RandomNormalLike RandomUniform RandomUniformLike ReverseSequence ' +
    'RoiAlign RotaryEmbedding Round STFT Scan Scatter Selu SequenceAt SequenceConstruct SequenceEmpty ' +
    'SequenceErase SequenceInsert SequenceLength SequenceMap Shrink Sign Softsign SpaceToDepth ' +
    'SplitToSequence Sum Trilu Unique Upsample Xor'
  ).split(' '),
]);

/** Operators of ONNX Runtime's own domain that the WebGPU provider runs, measured in the same way. */
const MICROSOFT_ON_WEBGPU: ReadonlySet<string> = new Set(
  'BiasGelu FastGelu FusedConv Gelu MatMulNBits MultiHeadAttention QuickGelu SkipLayerNormalization'.split(
    ' ',
  ),
);

const MICROSOFT = 'com.microsoft';
/** Domains whose operators ONNX Runtime brings; it names those that it lacks when it is started. */
const RUNTIME_DOMAINS: readonly string[] = [MICROSOFT, 'ai.onnx.ml'];

function fullName({ domain, operator }: ModelNode): string {
  return domain === '' ? operator : `${domain}.${operator}`;
}

function isFunction(model: OnnxModel, { domain, operator }: ModelNode): boolean {
  return model.functions.has(functionKey(domain, operator));
}

/**
 * Names of the operators that the WebGPU provider lacks, each once. Arithmetic with shapes runs on the
 * CPU under every provider and costs nothing, so it is left out.
 * @param at an inference: what has known values there is arithmetic with shapes
 */
export function lacksOnWebGpu(model: OnnxModel, at: Inference): readonly string[] {
  const ofShapes = ({ outputs }: ModelNode) =>
    outputs.length > 0 && outputs.every((name) => at.values.get(name)?.values);
  const lacking = [...allNodes(model)].filter((node) => {
    if (isFunction(model, node) || ofShapes(node)) return false;
    if (node.domain === MICROSOFT) return !MICROSOFT_ON_WEBGPU.has(node.operator);
    const harmless = ON_WEBGPU.has(node.operator) || HARMLESS.includes(node.operator);
    return node.domain !== '' || !harmless;
  });
  return [...new Set(lacking.map(fullName))];
}

/**
 * Stops at operators that ONNX Runtime does not have.
 * @throws {OnnxRefusal} that names them
 */
export function refuseUnknownOperators(model: OnnxModel): void {
  const unknown = [...allNodes(model)].filter((node) => {
    if (isFunction(model, node)) return false;
    if (node.domain === '') return !ON_WEBGPU.has(node.operator) && !ON_CPU.has(node.operator);
    return !RUNTIME_DOMAINS.includes(node.domain);
  });
  const names = [...new Set(unknown.map(fullName))].slice(0, 5);
  if (names.length === 0) return;
  throw new OnnxRefusal(
    `uses ${names.map((name) => `“${name}”`).join(', ')}, which ONNX Runtime does not have. Export it with the standard’s own operators (opset 17).`,
  );
}
