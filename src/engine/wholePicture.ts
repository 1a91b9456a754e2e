import type { Rgba8 } from '../core/image/types.ts';
import { type AffineGrid, applyAffineGrid } from '../core/methods/affineGrid.ts';
import { applyClassical, type ClassicalPlan } from '../core/methods/classical.ts';
import { applyLut, type Lut3d } from '../core/methods/lut3d.ts';
import { createStorage, createStorageFrom, readPicture, uploadPicture } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/device.ts';
import { createFaultCounters } from '../gpu/passes/blendPass.ts';
import { ClassicalPass } from '../gpu/passes/classicalPass.ts';
import { GridPass } from '../gpu/passes/gridPass.ts';
import { LutPass, uploadLut } from '../gpu/passes/lutPass.ts';
import type { GpuPicture } from '../gpu/rows.ts';

/** What changes every pixel of a picture at full size. */
export type Change =
  | { readonly kind: 'lut'; readonly lut: Lut3d }
  | { readonly kind: 'grid'; readonly grid: AffineGrid }
  | { readonly kind: 'classical'; readonly plan: ClassicalPlan };

export interface Changed {
  readonly pixels: Rgba8;
  /** The picture on the device, now the caller's; null on the CPU. */
  readonly buffer: GPUBuffer | null;
}

/** Records one change; what it needs until the submit goes into `taken`. */
function record(
  context: GpuContext,
  encoder: GPUCommandEncoder,
  change: Change,
  source: GpuPicture,
  target: GpuPicture,
  taken: GPUBuffer[],
): () => void {
  const { device } = context;
  if (change.kind === 'classical') {
    const pass = new ClassicalPass(context);
    const release = pass.record(encoder, source, change.plan, target);
    return () => {
      release();
      pass.destroy();
    };
  }
  const counters = createFaultCounters(device);
  taken.push(counters);
  if (change.kind === 'lut') {
    const table = uploadLut(device, change.lut);
    taken.push(table.buffer);
    new LutPass(context).record(encoder, source, table, target, counters);
  } else {
    const { rows, columns, values } = change.grid;
    const buffer = createStorageFrom(device, 'affine grid', values);
    taken.push(buffer);
    new GridPass(context).record(encoder, source, { rows, columns, buffer }, target, counters);
  }
  return () => undefined;
}

async function changeOnDevice(
  context: GpuContext,
  picture: Rgba8,
  change: Change,
): Promise<Changed> {
  const { device } = context;
  const { width, height, data } = picture;
  const taken: GPUBuffer[] = [];
  const source = { width, height, buffer: uploadPicture(device, 'input', picture) };
  taken.push(source.buffer);
  const target = { width, height, buffer: createStorage(device, 'restored', data.byteLength) };
  const encoder = device.createCommandEncoder();
  const release = record(context, encoder, change, source, target, taken);
  device.queue.submit([encoder.finish()]);
  try {
    return {
      pixels: await readPicture(device, target.buffer, width, height),
      buffer: target.buffer,
    };
  } finally {
    release();
    for (const buffer of taken) buffer.destroy();
  }
}

function changeHere(picture: Rgba8, change: Change): Rgba8 {
  if (change.kind === 'lut') return applyLut(picture, change.lut);
  if (change.kind === 'grid') return applyAffineGrid(picture, change.grid);
  return applyClassical(picture, change.plan);
}

/**
 * A picture changed at full size: on the device with one upload and one readback, or by the CPU twins.
 * @param context null where there is no device
 */
export async function changePicture(
  context: GpuContext | null,
  picture: Rgba8,
  change: Change,
): Promise<Changed> {
  return context
    ? changeOnDevice(context, picture, change)
    : { pixels: changeHere(picture, change), buffer: null };
}
