/*
 * Reading parsed JSON field by field. Every function names the field in its error, so that whoever
 * wrote the file finds it.
 */

/** JSON that is not what it should be; the message names the field. */
export class FieldError extends Error {}

export type Fields = Record<string, unknown>;

/** @throws {FieldError} where `value` is no object */
export function fields(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new FieldError(`${where} is not an object`);
}

/** A text that is not empty. @throws {FieldError} */
export function text(of: Fields, key: string, where: string): string {
  const value = of[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new FieldError(`${where}.${key} is not a text`);
}

/** A whole number of at least `least`. @throws {FieldError} */
export function whole(of: Fields, key: string, where: string, least: number): number {
  const value = of[key];
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  throw new FieldError(`${where}.${key} is not a whole number of at least ${least}`);
}

/** Exactly `count` finite numbers. @throws {FieldError} */
export function numbers(of: Fields, key: string, where: string, count: number): readonly number[] {
  const value: unknown = of[key];
  if (Array.isArray(value) && value.length === count && value.every(Number.isFinite)) return value;
  throw new FieldError(`${where}.${key} is not ${count} numbers`);
}

/** Two finite numbers. @throws {FieldError} */
export function pair(of: Fields, key: string, where: string): readonly [number, number] {
  const [first = 0, second = 0] = numbers(of, key, where, 2);
  return [first, second];
}

/** One of some texts. @throws {FieldError} */
export function oneOf<T extends string>(
  of: Fields,
  key: string,
  where: string,
  choices: readonly T[],
): T {
  const found = choices.find((choice) => choice === of[key]);
  if (found !== undefined) return found;
  throw new FieldError(`${where}.${key} is not ${choices.map((name) => `"${name}"`).join(' or ')}`);
}
