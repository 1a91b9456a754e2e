import { createUniform } from './buffers.ts';
import { recordDispatch } from './compute.ts';
import type { GpuContext } from './device.ts';
import { bindRows, type GpuPicture, maxBindingBytes } from './rows.ts';

/** Columns of an invocation group of passes that work pixel by pixel. */
export const PIXELS_PER_WORKGROUP = 64;

/** The bits of f32 values, for a uniform buffer that holds both kinds of numbers. */
export function floatBits(...values: readonly number[]): readonly number[] {
  return Array.from(new Uint32Array(Float32Array.from(values).buffer));
}

/**
 * Rows [first, end) of a picture in parts that fit one binding of 4 bytes a pixel; parts start at
 * multiples of `group` rows.
 */
export function* rowBands(
  device: GPUDevice,
  { width, height }: { readonly width: number; readonly height: number },
  bindingBytes: number,
  group = 1,
): Generator<readonly [number, number]> {
  const slack = device.limits.minStorageBufferOffsetAlignment;
  const rows = Math.floor((bindingBytes - slack) / (width * 4));
  const step = Math.max(group, rows - (rows % group));
  for (let first = 0; first < height; first += step) yield [first, Math.min(first + step, height)];
}

/** From one picture to another of its size. */
interface PixelJob {
  readonly source: GpuPicture;
  readonly target: GpuPicture;
  /** Bound after band, source and target; pictures of the target's size are bound row by row too. */
  readonly extras: readonly (GPUBindingResource | GpuPicture)[];
  /** The most of a picture that one dispatch may bind; the device's limit otherwise. */
  readonly bindingBytes?: number;
  /** Rows above and below its own that a pixel reads of the source; 0 otherwise. */
  readonly halo?: number;
}

const isPicture = (extra: GPUBindingResource | GpuPicture): extra is GpuPicture =>
  'buffer' in extra && 'width' in extra;

/**
 * Records a pass that makes every pixel of `target` from the same place of `source`: one invocation a
 * pixel, in as many bands of rows as bindings need. The shader's first bindings are a uniform `Band`,
 * the source and the target.
 * @throws RangeError when the sizes differ
 */
export function recordPixels(
  { device }: GpuContext,
  encoder: GPUCommandEncoder,
  pipeline: GPUComputePipeline,
  { source, target, extras, bindingBytes = maxBindingBytes(device), halo = 0 }: PixelJob,
): void {
  const { width, height } = source;
  for (const other of [target, ...extras.filter(isPicture)]) {
    if (other.width !== width || other.height !== height) {
      throw new RangeError(
        `A picture of ${width}×${height} cannot become ${other.width}×${other.height}.`,
      );
    }
  }
  for (const [first, end] of rowBands(device, source, bindingBytes - 2 * halo * width * 4)) {
    const from = bindRows(
      device,
      source,
      4,
      Math.max(0, first - halo),
      Math.min(height, end + halo),
    );
    const to = bindRows(device, target, 4, first, end);
    const band = [width, height, first, end, from.origin, to.origin];
    const resources = [
      { buffer: createUniform(device, pipeline.label, band) },
      from.resource,
      to.resource,
      ...extras.map((extra) =>
        isPicture(extra) ? bindRows(device, extra, 4, first, end).resource : extra,
      ),
    ];
    recordDispatch(device, encoder, pipeline, resources, [
      Math.ceil(width / PIXELS_PER_WORKGROUP),
      end - first,
    ]);
  }
}
