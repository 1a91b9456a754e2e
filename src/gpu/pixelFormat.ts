/** How pixels lie in a network's tensor and what their values mean, as the shaders need it. */
export interface TensorFormat {
  readonly layout: 'NCHW' | 'NHWC';
  readonly channels: 'RGB' | 'BGR';
  readonly element: 'float32' | 'float16' | 'uint8';
  /** `value = (x - mean) / std` for x in [0, 1], in the order R, G, B. */
  readonly normalisation: {
    readonly mean: readonly [number, number, number];
    readonly std: readonly [number, number, number];
  };
}

/** float32 planar RGB in [0, 1]. */
export const PLAIN_FORMAT: TensorFormat = {
  layout: 'NCHW',
  channels: 'RGB',
  element: 'float32',
  normalisation: { mean: [0, 0, 0], std: [1, 1, 1] },
};

/** Whether the tensor is what `PLAIN_FORMAT` says. */
export function isPlainFormat({ layout, channels, element, normalisation }: TensorFormat): boolean {
  const { mean, std } = normalisation;
  const unit = mean.every((value) => value === 0) && std.every((value) => value === 1);
  return layout === 'NCHW' && channels === 'RGB' && element === 'float32' && unit;
}

export const ELEMENT_BITS: Readonly<Record<TensorFormat['element'], 8 | 16 | 32>> = {
  float32: 32,
  float16: 16,
  uint8: 8,
};

/** Bytes of `values` elements, in whole words. */
export function tensorBytes(format: Pick<TensorFormat, 'element'>, values: number): number {
  return Math.ceil((values * ELEMENT_BITS[format.element]) / 32) * 4;
}
