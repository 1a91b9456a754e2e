/** With so many decimals; what rounds to nothing has no sign. */
export const rounded = (value: number, digits: number): string =>
  value.toFixed(digits).replace(/^-(0\.?0*)$/, '$1');

export const numberOr = (value: number | null | undefined, digits: number): string =>
  value === null || value === undefined ? '–' : rounded(value, digits);

export const percent = (share: number): string => `${Math.round(100 * share)} %`;
