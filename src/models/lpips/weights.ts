/** One convolution of AlexNet's trunk, as torchvision names and shapes it. */
export interface TrunkLayer {
  /** Name of the tensors without `.weight` and `.bias`. */
  readonly name: string;
  /** Shape of the weight: [outputs, inputs, kernel, kernel]. */
  readonly shape: readonly [number, number, number, number];
  readonly stride: number;
  readonly padding: number;
  /** True where a 3×3 max pooling with stride 2 comes before the convolution. */
  readonly pooled: boolean;
}

/**
 * The five convolutions of AlexNet; LPIPS compares what each gives after its ReLU.
 * Source: A. Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014, in
 * torchvision's form.
 */
export const TRUNK: readonly TrunkLayer[] = [
  { name: 'features.0', shape: [64, 3, 11, 11], stride: 4, padding: 2, pooled: false },
  { name: 'features.3', shape: [192, 64, 5, 5], stride: 1, padding: 2, pooled: true },
  { name: 'features.6', shape: [384, 192, 3, 3], stride: 1, padding: 1, pooled: true },
  { name: 'features.8', shape: [256, 384, 3, 3], stride: 1, padding: 1, pooled: false },
  { name: 'features.10', shape: [256, 256, 3, 3], stride: 1, padding: 1, pooled: false },
];

/** Name of the tensor that weighs the channels of a layer: shape [1, channels, 1, 1], no bias. */
export function headName(layer: number): string {
  return `lin${layer}.model.1.weight`;
}

/** Shapes by name, in the order of the layers: what a file must hold, and the order it is hashed in. */
export type WeightShapes = ReadonlyMap<string, readonly number[]>;

export const ALEXNET_SHAPES: WeightShapes = new Map(
  TRUNK.flatMap(({ name, shape }): [string, readonly number[]][] => [
    [`${name}.weight`, shape],
    [`${name}.bias`, [shape[0]]],
  ]),
);

export const HEAD_SHAPES: WeightShapes = new Map(
  TRUNK.map(({ shape }, layer) => [headName(layer), [1, shape[0], 1, 1]]),
);

/** `weightsSha256` of the heads in LPIPS' `weights/v0.1/alex.pth`. */
export const PUBLISHED_HEADS_SHA256 =
  '44c4802eb88bb6dcf9e541d6a325dcda78eb81cad98315a25854f136149b3f98';
