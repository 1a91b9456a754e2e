/** What a camera wrote into a picture (EXIF 2.32); null where it says nothing. */
export interface ExifFacts {
  /** Maker and model, the maker's name once: "Google Pixel 8". */
  readonly device: string | null;
  readonly lens: string | null;
  /** Seconds. */
  readonly exposure: number | null;
  /** F-number. */
  readonly aperture: number | null;
  readonly iso: number | null;
  /** Millimetres. */
  readonly focalLength: number | null;
  /** APEX brightness of the scene: about 0 in candle light, 10 in the sun. */
  readonly brightness: number | null;
  readonly flash: boolean | null;
  /** Local time of the camera, "2026-03-01 19:20:00". */
  readonly taken: string | null;
}

const text = (value: number | null) => (value === null ? null : String(value));

/** The facts as attributes of a case, by the names that filters and slices know them by. */
export function exifAttributes(facts: ExifFacts): Readonly<Record<string, string | null>> {
  const { device, lens, exposure, aperture, iso, focalLength, brightness, flash, taken } = facts;
  return {
    device,
    lens,
    exposure: text(exposure),
    aperture: text(aperture),
    iso: text(iso),
    focal: text(focalLength),
    brightness: text(brightness),
    flash: flash === null ? null : flash ? 'fired' : 'off',
    date: taken?.slice(0, 10) ?? null,
    hour: taken?.slice(11, 13) ?? null,
  };
}
