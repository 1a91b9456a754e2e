import type { Judgement } from './types.ts';

/** A place from 1, "N/A" for a team that may not be ranked, null where it cannot be known. */
export type Rank = number | 'N/A' | null;

/** Differences below this are rounding of the sums, not a lead. */
const SAME = 1e-9;

interface Standing {
  readonly value: number;
  readonly tieBreak: number;
}

function standingOf({ score, final, eligible, tieBreak }: Judgement): Standing | null {
  const value = final ?? score;
  if (value === null || eligible !== true) return null;
  return { value, tieBreak: tieBreak ?? Number.NEGATIVE_INFINITY };
}

function isAhead(a: Standing, b: Standing): boolean {
  if (Math.abs(a.value - b.value) > SAME) return a.value > b.value;
  return a.tieBreak - b.tieBreak > SAME;
}

/**
 * Places by the final score where it is known, else by the score; the higher the better. Teams that
 * are equal share the lower number and the next place is left out (1, 1, 3).
 */
export function rankTeams(judgements: readonly Judgement[]): Rank[] {
  const standings = judgements.map(standingOf);
  return judgements.map(({ eligible }, index) => {
    if (eligible === false) return 'N/A';
    const own = standings[index];
    if (!own) return null;
    return 1 + standings.filter((other) => other && isAhead(other, own)).length;
  });
}
