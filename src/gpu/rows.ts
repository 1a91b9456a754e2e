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
