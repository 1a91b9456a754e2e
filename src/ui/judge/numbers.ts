import { numberText } from '../../app/judge/tables.ts';
import { minus } from '../format.ts';

/** A number on the page: with so many decimals and a real minus sign. "–": there is none. */
export const numberOr = (value: number | null | undefined, digits: number): string =>
  minus(numberText(value, digits));

export const percent = (share: number): string => `${Math.round(100 * share)} %`;
