import { type OnnxConstant, type OnnxNode, type OnnxPort, writeOnnx } from '../onnx/model.ts';
import type { Tensor } from '../pytorch/checkpoint.ts';
import { headName, TRUNK } from './weights.ts';

/** Tensors by their name in the checkpoint. */
export type Weights = ReadonlyMap<string, Tensor>;

/** Mean and spread of ImageNet's colours on [-1, 1], per channel R, G, B. */
const SHIFT = [-0.03, -0.088, -0.188];
const SCALE = [0.458, 0.448, 0.45];
/** Keeps features that are all zero from being divided by zero. */
const NORM_EPSILON = 1e-10;

const PICTURE = [1, 3, 'height', 'width'] as const;
const INPUTS: readonly OnnxPort[] = [
  { name: 'output', shape: PICTURE },
  { name: 'reference', shape: PICTURE },
];

const scalar = (name: string, value: number): OnnxConstant => ({
  name,
  shape: [],
  values: Float32Array.of(value),
});

const perChannel = (name: string, values: readonly number[]): OnnxConstant => ({
  name,
  shape: [1, values.length, 1, 1],
  values: Float32Array.from(values),
});

const CONSTANTS: readonly OnnxConstant[] = [
  scalar('one', 1),
  scalar('two', 2),
  scalar('epsilon', NORM_EPSILON),
  perChannel('shift', SHIFT),
  perChannel('scale', SCALE),
];

/** Both pictures as one batch, so that the trunk runs once: [0, 1] → [-1, 1] → shifted and scaled. */
const PREPARE: readonly OnnxNode[] = [
  {
    operator: 'Concat',
    inputs: INPUTS.map(({ name }) => name),
    outputs: ['both'],
    attributes: { axis: 0 },
  },
  { operator: 'Mul', inputs: ['both', 'two'], outputs: ['doubled'] },
  { operator: 'Sub', inputs: ['doubled', 'one'], outputs: ['centred'] },
  { operator: 'Sub', inputs: ['centred', 'shift'], outputs: ['shifted'] },
  { operator: 'Div', inputs: ['shifted', 'scale'], outputs: ['prepared'] },
];

const features = (layer: number) => (layer < 0 ? 'prepared' : `features${layer}`);

/** One convolution of the trunk with its ReLU, and the pooling before it. */
function trunkNodes(layer: number): OnnxNode[] {
  const { name, shape, stride, padding, pooled } = TRUNK[layer] ?? missing(`layer ${layer}`);
  const before = features(layer - 1);
  const pool: OnnxNode = {
    operator: 'MaxPool',
    inputs: [before],
    outputs: [`pooled${layer}`],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [0, 0, 0, 0] },
  };
  const convolve: OnnxNode = {
    operator: 'Conv',
    inputs: [pooled ? `pooled${layer}` : before, `${name}.weight`, `${name}.bias`],
    outputs: [`convolved${layer}`],
    attributes: {
      kernel_shape: [shape[2], shape[3]],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
    },
  };
  const relu: OnnxNode = {
    operator: 'Relu',
    inputs: [`convolved${layer}`],
    outputs: [features(layer)],
  };
  return pooled ? [pool, convolve, relu] : [convolve, relu];
}

/** Unit length over the channels, squared difference of the two pictures, linear head, spatial mean. */
function distanceNodes(layer: number): OnnxNode[] {
  const of = (step: string) => `${step}${layer}`;
  return [
    {
      operator: 'ReduceL2',
      inputs: [features(layer)],
      outputs: [of('norm')],
      attributes: { axes: [1], keepdims: 1 },
    },
    { operator: 'Add', inputs: [of('norm'), 'epsilon'], outputs: [of('divisor')] },
    { operator: 'Div', inputs: [features(layer), of('divisor')], outputs: [of('unit')] },
    {
      operator: 'Split',
      inputs: [of('unit')],
      outputs: [of('unitOutput'), of('unitReference')],
      attributes: { axis: 0 },
    },
    {
      operator: 'Sub',
      inputs: [of('unitOutput'), of('unitReference')],
      outputs: [of('difference')],
    },
    { operator: 'Mul', inputs: [of('difference'), of('difference')], outputs: [of('squared')] },
    {
      operator: 'Conv',
      inputs: [of('squared'), headName(layer)],
      outputs: [of('weighed')],
      attributes: { kernel_shape: [1, 1], strides: [1, 1], pads: [0, 0, 0, 0] },
    },
    {
      operator: 'ReduceMean',
      inputs: [of('weighed')],
      outputs: [of('distance')],
      attributes: { axes: [1, 2, 3], keepdims: 0 },
    },
  ];
}

/** The sum over the layers, two at a time: the WebGPU provider has no operator for five. */
const SUM: readonly OnnxNode[] = TRUNK.slice(1).map((_, before) => ({
  operator: 'Add',
  inputs: [before === 0 ? 'distance0' : `sum${before}`, `distance${before + 1}`],
  outputs: [before + 2 === TRUNK.length ? 'lpips' : `sum${before + 1}`],
}));

function missing(what: string): never {
  throw new Error(`LPIPS has no ${what}`);
}

function weightConstant(weights: Weights, name: string): OnnxConstant {
  const { shape, values } = weights.get(name) ?? missing(`tensor ${name}`);
  return { name, shape, values };
}

/**
 * LPIPS v0.1 with AlexNet as an ONNX file: inputs `output` and `reference`, [1, 3, height, width] with
 * R, G, B in [0, 1] and sides of at least 31; output `lpips`, shape [1], 0 where both are the same.
 * Source: R. Zhang, P. Isola, A. A. Efros, E. Shechtman, O. Wang, "The Unreasonable Effectiveness of
 * Deep Features as a Perceptual Metric", CVPR 2018.
 * @param alexnet the tensors of `ALEXNET_SHAPES`
 * @param heads the tensors of `HEAD_SHAPES`
 * @param metadata texts to keep in the file
 */
export function buildLpips(
  alexnet: Weights,
  heads: Weights,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const layers = Array.from(TRUNK.keys());
  const weights = TRUNK.flatMap(({ name }, layer) => [
    weightConstant(alexnet, `${name}.weight`),
    weightConstant(alexnet, `${name}.bias`),
    weightConstant(heads, headName(layer)),
  ]);
  return writeOnnx({
    name: 'LPIPS v0.1 (AlexNet)',
    // A layer is compared before the next one is computed, so that its features can be let go early.
    nodes: [
      ...PREPARE,
      ...layers.flatMap((layer) => [...trunkNodes(layer), ...distanceNodes(layer)]),
      ...SUM,
    ],
    constants: [...CONSTANTS, ...weights],
    inputs: INPUTS,
    outputs: [{ name: 'lpips', shape: [1] }],
    metadata,
  });
}
