import type { ExifFacts } from '../core/dataset/exifAttributes.ts';
import type { Gray8, Rgba8 } from '../core/image/types.ts';
import type { Result } from './result.ts';

export type ImageFormat = 'png' | 'jpeg' | 'bmp' | 'webp' | 'avif' | 'heic';

/** A file decoded for measuring, with what is needed to show and export it in the right colours. */
export interface DecodedPicture {
  /** Hex SHA-256 of the file's bytes: the content address of everything derived from it. */
  readonly sha256: string;
  /** Raw code values, EXIF orientation applied, byte-equal to OpenCV where `exact`. */
  readonly pixels: Rgba8;
  readonly format: ImageFormat;
  /** Bits a channel in the file: 8 or 16 (16-bit is measured as its upper byte). */
  readonly bitDepth: number;
  /** True where the bytes are those OpenCV reads; false where the browser's decoder was used. */
  readonly exact: boolean;
  /** True where some pixel of the file is less than opaque: `pixels` has the colour under it. */
  readonly hasTransparency: boolean;
  /** An embedded ICC profile that is not sRGB; null means sRGB. */
  readonly profile: { readonly name: string; readonly icc: Uint8Array<ArrayBuffer> } | null;
  /** What the canvas draws: colour-managed to sRGB where a profile is embedded. */
  readonly bitmap: ImageBitmap;
}

/** Which part of a picture a mask selects: what lies in it, what lies outside, or a band along its edge. */
export type MaskPart =
  | { readonly kind: 'inside' }
  | { readonly kind: 'outside' }
  /** So many pixels on either side of the edge. */
  | { readonly kind: 'band'; readonly radius: number };

/** A mask overlay in picture size: drawn once, kept as PNG, shown by the viewer. */
export interface OverlayPictures {
  /** White where the mask is set (alpha = mask), to be tinted by the viewer. PNG with alpha. */
  readonly tint: Blob;
  /** A thin line along the boundary at grey 128, transparent elsewhere. PNG with alpha. */
  readonly contour: Blob;
}

/** What measuring needs of a file, without what showing it needs. */
export type DecodedPixels = Pick<DecodedPicture, 'sha256' | 'pixels' | 'exact'>;

/** The worker that reads and writes image files. It never touches the GPU. */
export interface CodecApi {
  decode(file: Blob, name: string): Promise<Result<DecodedPicture>>;
  /** For sets of many pictures that are measured and not shown. */
  decodePixels(file: Blob, name: string): Promise<Result<DecodedPixels>>;
  /** Width and height by the file's first bytes; null where only decoding tells. */
  headSize(file: Blob, name: string): Promise<Result<readonly [number, number] | null>>;
  /** What the camera wrote into a JPEG, PNG or WebP; null where it wrote nothing. */
  exif(file: Blob, name: string): Promise<Result<ExifFacts | null>>;
  /**
   * A PNG of exactly these pixels. `icc` tags it (the pixels stay as they are); without it the PNG
   * is untagged, which means sRGB.
   */
  encodePng(pixels: Rgba8, icc: Uint8Array<ArrayBuffer> | null): Promise<Result<Blob>>;
  /** An 8-bit grey PNG of exactly these levels. */
  encodeGrey(mask: Gray8): Promise<Result<Blob>>;
  /** The same picture with pixels converted to sRGB, for saving; `file` is any decodable image. */
  exportSrgb(file: Blob, name: string): Promise<Result<Blob>>;
  renderOverlay(mask: Gray8, part: MaskPart): Promise<Result<OverlayPictures>>;
  /** The mask with its edge softened. @param sigma of the Gaussian, in pixels, above 0 */
  featherMask(mask: Gray8, sigma: number): Promise<Result<Gray8>>;
}
