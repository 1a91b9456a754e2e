/** A letter that begins a word counts more, and so does one that follows the letter before. */
const WORD_START = 8;
const RUN = 5;

/**
 * How well a few typed letters fit a text: all of them must come in it in their order, whatever lies
 * between. Case and spaces in the query do not count.
 * @returns higher is better, null where they do not fit; an empty query fits everything alike
 */
export function fuzzyScore(query: string, text: string): number | null {
  const letters = [...query.toLowerCase().replaceAll(/\s+/g, '')];
  const where = text.toLowerCase();
  let best: number | null = letters.length === 0 ? 0 : null;
  for (let start = where.indexOf(letters[0] ?? ' '); letters.length > 0 && start !== -1; ) {
    const score = scoreFrom(letters, where, start);
    if (score !== null && (best === null || score > best)) best = score;
    start = where.indexOf(letters[0] ?? ' ', start + 1);
  }
  return best;
}

/** The score where the first letter is the one at `start` and the others follow as soon as they can. */
function scoreFrom(letters: readonly string[], text: string, start: number): number | null {
  let at = start - 1;
  let score = 0;
  for (const [i, letter] of letters.entries()) {
    const next = i === 0 ? start : text.indexOf(letter, at + 1);
    if (next === -1) return null;
    if (next === 0 || /[\s(,]/.test(text[next - 1] ?? '')) score += WORD_START;
    if (i > 0 && next === at + 1) score += RUN;
    score -= (next - at - 1) * 0.1;
    at = next;
  }
  return score - text.length * 0.01;
}

/** Those that fit, best first; alike ones in the order they had. */
export function fuzzyFilter<T>(
  query: string,
  items: readonly T[],
  textOf: (item: T) => string,
): readonly T[] {
  return items
    .flatMap((item) => {
      const score = fuzzyScore(query, textOf(item));
      return score === null ? [] : [{ item, score }];
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
