import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import { createStorage, writeBytes } from './buffers.ts';

/** A picture (u32 pixels) or mask (bytes, 1 inside) on the GPU, from the buffer's first byte on. */
export interface GpuPicture {
  readonly width: number;
  readonly height: number;
  readonly buffer: GPUBuffer;
}

/** A rectangle of a picture; may reach beyond its right and bottom edge. */
export interface TileRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Bytes of float32 planar RGB [3, height, width]. */
export function planesBytes(width: number, height: number): number {
  return 3 * width * height * 4;
}

/** Part of a buffer of pixels, as a shader binds it. */
export interface PixelRange {
  readonly resource: GPUBufferBinding;
  /** Pixel index y * width + x that lies at the start of the binding. */
  readonly origin: number;
}

/**
 * Binds rows [firstRow, endRow) of a picture (4 bytes a pixel) or mask (1).
 * Devices bind at most `maxStorageBufferBindingSize` bytes at once, less than their largest buffer;
 * binding only the rows in use lets pictures be larger than that.
 */
export function bindRows(
  device: GPUDevice,
  { buffer, width }: GpuPicture,
  bytesPerPixel: 1 | 4,
  firstRow: number,
  endRow: number,
): PixelRange {
  const alignment = device.limits.minStorageBufferOffsetAlignment;
  const start = firstRow * width * bytesPerPixel;
  const offset = start - (start % alignment);
  const end = Math.ceil((endRow * width * bytesPerPixel) / 4) * 4;
  return {
    resource: { buffer, offset, size: end - offset },
    origin: offset / bytesPerPixel,
  };
}

/** Largest binding of a storage buffer on this device, in bytes. */
export function maxBindingBytes(device: GPUDevice): number {
  return Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
}

/** Rows of one picture or mask, bound for a pass; `release` frees what was uploaded for it. */
export interface BoundRows {
  readonly range: PixelRange;
  release(): void;
}

/** Binds rows [first, end) of a picture or mask, uploading them where they are not on the GPU. */
export function bindSource(
  device: GPUDevice,
  source: Rgba8 | BinaryMask | GpuPicture,
  bytesPerPixel: 1 | 4,
  first: number,
  end: number,
): BoundRows {
  if ('buffer' in source) {
    const range = bindRows(device, source, bytesPerPixel, first, end);
    return { range, release: () => undefined };
  }
  const startByte = first * source.width * bytesPerPixel;
  const from = startByte - (startByte % 4);
  const to = end * source.width * bytesPerPixel;
  const buffer = createStorage(device, 'metrics input', to - from);
  writeBytes(device, buffer, source.data, from, to);
  return {
    range: { resource: { buffer }, origin: from / bytesPerPixel },
    release: () => buffer.destroy(),
  };
}
