/** What a built-in network's list calls its scores, in the page's words. */
const TITLES: Readonly<Record<string, string>> = {
  set: 'Measured on',
  psnr: 'PSNR, dB',
  psnrPerson: 'PSNR of the person, dB',
  ssim: 'SSIM',
  deltaEPerson: 'ΔE of the person (OpenCV 8-bit)',
  deltaEPersonWellLit: 'ΔE of the person, given well-lit pictures',
  command: 'By the command',
};

/** Name and value of every score; a name that is not known stays as it is. */
export function scoreRows(
  scores: Readonly<Record<string, number | string>>,
): readonly (readonly [string, string])[] {
  return Object.entries(scores).map(([name, value]) => [TITLES[name] ?? name, String(value)]);
}
