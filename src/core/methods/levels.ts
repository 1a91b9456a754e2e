/** The 8-bit level of a value in [0, 1], rounded half up; values outside are clamped first. */
export function levelOf(value: number): number {
  return Math.floor(Math.min(1, Math.max(0, value)) * 255 + 0.5);
}
