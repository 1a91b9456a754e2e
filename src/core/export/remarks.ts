import type { Remarks } from '../inspect/tags.ts';
import { writeTable } from '../text/csv.ts';

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
      ({ method, x, y, text }, index) =>
        `${of(method)}pin ${index + 1} at ${percent(x)} from the left, ${percent(y)} from the top${text === '' ? '' : `: ${text}`}`,
    ),
  ];
}

/** Spreadsheets take a cell that begins so for a formula; words from a stranger must not be one. */
const asWords = (text: string): string => (/^[=+\-@\t]/.test(text) ? `'${text}` : text);

const timeOf = (at: number): string => new Date(at).toISOString();

/**
 * Everything that was said, one remark a line. Places are shares of width and height from the top left.
 * @param said by case, as the file is to name it
 */
export function remarksCsv(said: Readonly<Record<string, Remarks>>): string {
  const rows = Object.entries(said).flatMap(([own, { tags, ratings, notes, pins }]) => [
    ...tags.map(({ method, title, at }) => [own, method, 'tag', title, '', '', at] as const),
    ...ratings.map(
      ({ method, stars, at }) => [own, method, 'rating', `${stars}`, '', '', at] as const,
    ),
    ...notes.map(({ method, text, at }) => [own, method, 'note', text, '', '', at] as const),
    ...pins.map(
      ({ method, text, x, y, at }) => [own, method, 'pin', text, `${x}`, `${y}`, at] as const,
    ),
  ]);
  const header = ['case', 'method', 'kind', 'text', 'x', 'y', 'time'];
  return writeTable([
    header,
    ...rows.map(([own, method, kind, text, x, y, at]) => [
      asWords(own),
      asWords(method ?? ''),
      kind,
      asWords(text),
      x,
      y,
      timeOf(at),
    ]),
  ]);
}
