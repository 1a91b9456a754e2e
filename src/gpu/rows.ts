/** Part of a buffer of pixels, as a shader binds it. */
export interface PixelRange {
  readonly resource: GPUBufferBinding;
  /** Pixel index y * width + x that lies at the start of the binding. */
  readonly origin: number;
}

/**
 * Binds rows [firstRow, endRow) of a picture or mask that lies in `buffer` from its first byte on.
 * Devices bind at most `maxStorageBufferBindingSize` bytes at once, less than their largest buffer;
 * binding only the rows in use lets pictures be larger than that.
 */
export function bindRows(
  device: GPUDevice,
  buffer: GPUBuffer,
  bytesPerPixel: number,
  width: number,
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
