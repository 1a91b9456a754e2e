import type { Remarks } from '../inspect/tags.ts';

const percent = (share: number) => `${Math.round(share * 100)} %`;

/**
 * What was said of a case, a line each: tags, ratings, notes, pins; what is about one method says so.
 * @param titleOf a method's name by its id
 */
export function remarkLines(
  { tags, notes, pins, ratings }: Remarks,
  titleOf: (method: string) => string,
): string[] {
  const of = (method: string | null) => (method === null ? '' : `${titleOf(method)}: `);
  const byMethod = new Map<string | null, string[]>();
  for (const { method, title } of tags) {
    byMethod.set(method, [...(byMethod.get(method) ?? []), title]);
  }
  return [
    ...[...byMethod].map(([method, titles]) => `${of(method)}${titles.join(', ')}`),
    ...ratings.map(({ method, stars }) => `${of(method)}${stars} of 5 stars`),
    ...notes.map(({ method, text }) => `${of(method)}${text}`),
    ...pins.map(
      ({ method, x, y, text }) =>
        `${of(method)}pin at ${percent(x)} from the left, ${percent(y)} from the top: ${text}`,
    ),
  ];
}
