/** Numbers as people read them; always with a decimal point, whatever the locale. */

/** A number in words, with a minus sign that is as wide as a plus. */
export const minus = (text: string): string => text.replace('-', '−');

/** A metric's value with the digits its definition makes meaningful. */
export function formatMetric(value: number, digits: number): string {
  return value.toFixed(digits);
}

/** "812 B", "64 kB", "1.8 MB", "2.35 GB": decimal units, as file managers and download bars show. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  if (bytes < 999_950_000) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** A duration that was measured: "84 ms", "0.42 s", "12.3 s", "2 min 05 s". */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** A duration that is only estimated: "about 14 s left", "about 3 min left". */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 1.5) return 'a moment left';
  if (seconds < 90) return `about ${Math.round(seconds)} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}

/** "43 %", "100 %", "6.4 %": a zoom in device pixels per picture pixel. */
export function formatZoom(scale: number): string {
  const percent = scale * 100;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** A count of parameters or operations: "950", "12.4 k", "0.43 M", "2.1 G". */
export function formatCount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 100_000) return `${(count / 1e3).toFixed(1)} k`;
  if (count < 1e8) return `${(count / 1e6).toFixed(2)} M`;
  return `${(count / 1e9).toFixed(2)} G`;
}

/** A count to the last digit: "721,464". */
export function formatExact(count: number): string {
  return new Intl.NumberFormat('en-US').format(count);
}

/** "656 × 816" */
export function formatSize(size: { readonly width: number; readonly height: number }): string {
  return `${size.width} × ${size.height}`;
}

/** 0..1, or null where there are too few steps to tell anything: none known yet, or only one. */
export function fractionDone(done: number, total: number): number | null {
  return total > 1 ? Math.min(1, Math.max(0, done / total)) : null;
}

/** "120 × 80 at 40, 60": a part of a picture, from its top left corner. */
export function formatRectangle(part: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>) {
  return `${formatSize(part)} at ${part.x}, ${part.y}`;
}

/** "0", "3.1e-9", "0.02": a deviation so small that only its order says something. */
export function formatDeviation(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return 'no value';
  if (value === 0) return '0';
  return value < 0.01 ? value.toExponential(1) : String(Number(value.toPrecision(2)));
}

/** The first characters of a SHA-256, enough to tell files apart by eye. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, 8);
}

/** "+0.5 EV", "0 EV", "−1 EV". */
export function formatExposure(exposure: number): string {
  const sign = exposure > 0 ? '+' : exposure < 0 ? '−' : '';
  return `${sign}${Math.abs(exposure)} EV`;
}

/** "1.0" */
export function formatGamma(gamma: number): string {
  return gamma.toFixed(1);
}
