import { createUniform } from '../buffers.ts';
import { recordDispatch } from '../compute.ts';
import type { RegionTotals } from '../regionTotals.ts';
import type { PixelRange } from '../rows.ts';

/** Invocations of a workgroup: fixed in the shaders. */
const WORKGROUP_SIZE = 64;

/** A band of rows of a picture pair, bound with the halo that the pass asks for. */
export interface MetricsBand {
  readonly width: number;
  readonly height: number;
  /** The rows that are summed: [firstRow, endRow). */
  readonly firstRow: number;
  readonly endRow: number;
  readonly output: PixelRange;
  readonly groundTruth: PixelRange;
  /** One byte a pixel, 1 inside; null where everything is outside. */
  readonly mask: PixelRange | null;
}

/**
 * A pass that sums something over a band, inside the mask and in all. Every invocation writes its
 * own whole-number sums, so that bands, strips and order of adding do not change a digit.
 */
export interface SumPass {
  /** Of the largest buffer that a band takes. */
  readonly bytesPerPixel: number;
  /** Rows that must be bound above and below the band, as far as the picture has them. */
  readonly halo: number;
  /** The band's first row must be a multiple of this. */
  readonly rowStep: number;
  /** Size of the partial sums of a band of this many rows, in bytes. */
  partialsBytes(width: number, rows: number): number;
  /**
   * Records the band into the encoder. `partials` takes `partialsBytes` bytes.
   * @returns buffers to destroy once the work is done
   */
  record(
    encoder: GPUCommandEncoder,
    band: MetricsBand,
    partials: GPUBufferBinding,
  ): readonly GPUBuffer[];
  /** Adds up what `record` wrote for a band of this many rows. */
  collect(partials: Uint32Array, totals: RegionTotals, width: number, rows: number): void;
  destroy(): void;
}

/** How a summing shader cuts a band: columns and rows of one invocation, and vec4u it writes. */
export interface Strips {
  readonly columns: number;
  readonly rows: number;
  /** Of all pixels; as many again of those inside the mask. */
  readonly vectors: number;
}

/** Workgroups across and down a band. */
export function workgroupsOf(
  strips: Strips,
  width: number,
  rows: number,
): readonly [number, number] {
  return [Math.ceil(width / (WORKGROUP_SIZE * strips.columns)), Math.ceil(rows / strips.rows)];
}

/** Bytes of a band's partial sums; invocations beyond the picture's edge leave zeros. */
export function stripBytes(strips: Strips, width: number, rows: number): number {
  const [across, down] = workgroupsOf(strips, width, rows);
  return across * down * WORKGROUP_SIZE * strips.vectors * 2 * 16;
}

/** The uniforms that all summing shaders of picture pairs begin with. */
function bandParams(band: MetricsBand): readonly number[] {
  return [
    band.width,
    band.height,
    band.firstRow,
    band.endRow,
    band.output.origin,
    band.groundTruth.origin,
    band.mask?.origin ?? 0,
    band.mask === null ? 0 : 1,
  ];
}

/** A binding cannot be empty: without a mask the ground truth stands in, and does not count. */
export function maskBinding(band: MetricsBand): GPUBufferBinding {
  return (band.mask ?? band.groundTruth).resource;
}

/** Calls `take` with the place of each invocation's sums: of all pixels, and of those inside. */
export function forEachPartial(
  strips: Strips,
  partials: Uint32Array,
  take: (all: number, inside: number) => void,
): void {
  const half = strips.vectors * 4;
  for (let at = 0; at < partials.length; at += 2 * half) take(at, at + half);
}

/**
 * Records a shader that sums a picture pair. Its bindings are, in this order: the band's uniforms,
 * output, ground truth, mask, the pass's own `tables`, the partial sums.
 */
export function recordSums(
  device: GPUDevice,
  encoder: GPUCommandEncoder,
  pipeline: GPUComputePipeline,
  strips: Strips,
  band: MetricsBand,
  tables: readonly GPUBuffer[],
  partials: GPUBufferBinding,
): void {
  const resources = [
    { buffer: createUniform(device, pipeline.label, bandParams(band)) },
    band.output.resource,
    band.groundTruth.resource,
    maskBinding(band),
    ...tables.map((buffer) => ({ buffer })),
    partials,
  ];
  const workgroups = workgroupsOf(strips, band.width, band.endRow - band.firstRow);
  recordDispatch(device, encoder, pipeline, resources, workgroups);
}
