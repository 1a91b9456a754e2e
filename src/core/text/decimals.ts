/**
 * A number with fixed decimals as Python's `f"{x:.6f}"` prints it: exact ties go to the even digit,
 * where JavaScript's `toFixed` takes the larger one.
 */
export function fixed(value: number, digits: number): string {
  const halves = value * 2 ** (digits + 1);
  // Only odd multiples of 2^-(digits+1) can lie exactly between two neighbours.
  const isTie = Number.isInteger(halves) && Math.abs(halves) % 2 === 1;
  if (!isTie) return value.toFixed(digits);
  const exact = value.toFixed(digits + 1);
  const truncated = exact.slice(0, -1).replace(/\.$/, '');
  return Number(truncated.at(-1)) % 2 === 0 ? truncated : value.toFixed(digits);
}

/** A float as Python's `repr` and `json.dumps` print it: `1.0`, `1e-07`. */
export function pythonFloat(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}
