/**
 * An 8-bit picture: RGBA interleaved, rows top to bottom, alpha always 255 (OpenCV drops alpha, so
 * does Loupe). `data.length === width * height * 4`. This one layout serves canvas `ImageData`, the
 * packed `u32` pixels of the shaders (R in the lowest byte) and the float64 references.
 */
export interface Rgba8 {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** An 8-bit grey picture or soft mask: one byte a pixel, rows top to bottom. */
export interface Gray8 {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A hard mask of a picture's size: 1 inside the person, 0 outside; one byte a pixel. */
export interface BinaryMask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** One float64 number a pixel, rows top to bottom. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array<ArrayBuffer>;
}
