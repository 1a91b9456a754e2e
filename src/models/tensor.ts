import { NORMALISATIONS } from '../core/image/normalisation.ts';
import type { ImageTensor, TensorElement } from '../protocol/models.ts';
import { fromHalf, toHalf } from './half.ts';

/** A tensor's values on the CPU; float16 as its bits. */
export type TensorValues =
  | Float32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/** A tensor on the CPU or on the GPU; `gpu` buffers belong to whoever made them. */
export type TensorData = { readonly cpu: TensorValues } | { readonly gpu: GPUBuffer };

/** How pixels lie in a tensor and what their values mean. */
export type PixelFormat = Pick<ImageTensor, 'layout' | 'channels' | 'element' | 'normalisation'>;

/** float32 planar RGB in [0, 1]: what our own networks and the metrics' read. */
export const PLAIN: PixelFormat = {
  layout: 'NCHW',
  channels: 'RGB',
  element: 'float32',
  normalisation: NORMALISATIONS.unit,
};

export const ELEMENT_BYTES: Readonly<Record<TensorElement, 1 | 2 | 4>> = {
  float32: 4,
  float16: 2,
  uint8: 1,
};

/** Zeros. */
export function createValues(element: TensorElement, length: number): TensorValues {
  if (element === 'float32') return new Float32Array(length);
  return element === 'float16' ? new Uint16Array(length) : new Uint8Array(length);
}

/** A number as the tensor holds it: rounded to the element, bytes also clamped. */
export function encodeValue(element: TensorElement, value: number): number {
  if (element === 'float32') return value;
  return element === 'float16' ? toHalf(value) : Math.min(255, Math.max(0, Math.round(value)));
}

/** The numbers in a tensor; float32 ones are the very same array. */
export function decodeValues(values: TensorValues): Float32Array {
  if (values instanceof Float32Array) return values;
  if (values instanceof Uint8Array) return Float32Array.from(values);
  return Float32Array.from(values, fromHalf);
}

/** Steps from a pixel to its right neighbour and from a channel to the next. */
export function strides(
  { layout }: Pick<PixelFormat, 'layout'>,
  channels: number,
  pixels: number,
): { readonly pixel: number; readonly channel: number } {
  return layout === 'NHWC' ? { pixel: channels, channel: 1 } : { pixel: 1, channel: pixels };
}

/** Shape of a tensor of pixels. */
export function pixelDims(
  { layout }: Pick<PixelFormat, 'layout'>,
  channels: number,
  height: number,
  width: number,
): readonly number[] {
  return layout === 'NHWC' ? [1, height, width, channels] : [1, channels, height, width];
}
