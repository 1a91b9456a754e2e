import { describe, expect, it } from 'vitest';
import {
  type BradleyTerryFit,
  type Comparison,
  fitBradleyTerry,
  preference,
} from '../../src/core/judge/bradleyTerry.ts';
import { components, isStronglyConnected } from '../../src/core/judge/connectivity.ts';
import { makeRandom } from '../../src/core/stats/random.ts';

/** Row beats column so many times. */
function fromTable(wins: readonly (readonly number[])[]): Comparison[] {
  return wins.flatMap((row, first) =>
    row.map((count, second) => ({ first, second, winner: 'first' as const, count })),
  );
}

/** Strengths as differences from one item, as the literature prints them. */
const relativeTo = (fit: BradleyTerryFit, base: number) =>
  fit.strengths.map(({ value }) => value - (fit.strengths[base]?.value ?? 0));

/** Standard error of a difference. */
const errorOf = (fit: BradleyTerryFit, i: number, base: number) => {
  const at = (a: number, b: number) => fit.covariance[a]?.[b] ?? 0;
  return Math.sqrt(at(i, i) + at(base, base) - 2 * at(i, base));
};

/**
 * Hunter's minorisation algorithm (Annals of Statistics 32, 2004): slow, and nothing like Newton's.
 * @returns log strengths that sum to 0
 */
function hunter(wins: readonly (readonly number[])[]): number[] {
  let strengths = wins.map(() => 1);
  for (let step = 0; step < 5000; step += 1) {
    strengths = wins.map((row, i) => {
      const won = row.reduce((sum, count) => sum + count, 0);
      const met = row.reduce((sum, count, j) => {
        const games = count + (wins[j]?.[i] ?? 0);
        return sum + games / ((strengths[i] ?? 0) + (strengths[j] ?? 0));
      }, 0);
      return won / met;
    });
  }
  const logs = strengths.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return logs.map((value) => value - mean);
}

// Agresti, Categorical Data Analysis, 3rd edition, 11.6: American League East, 1987.
const BASEBALL = [
  [0, 7, 9, 7, 7, 9, 11],
  [6, 0, 7, 5, 11, 9, 9],
  [4, 6, 0, 7, 7, 8, 12],
  [6, 8, 6, 0, 6, 7, 10],
  [6, 2, 6, 7, 0, 7, 12],
  [4, 4, 5, 6, 6, 0, 6],
  [2, 4, 1, 3, 1, 7, 0],
];

// Stigler 1994, as in Agresti 11.6 and R's BradleyTerry2: a cited journal (row) wins over the citing one.
const CITATIONS = [
  [0, 730, 498, 221],
  [33, 0, 68, 17],
  [320, 813, 0, 142],
  [284, 276, 325, 0],
];

describe('Bradley–Terry', () => {
  it('gives the published strengths of the baseball table', () => {
    const fit = fitBradleyTerry(fromTable(BASEBALL), 7);
    // Milwaukee, Detroit, Toronto, New York, Boston, Cleveland, Baltimore.
    const published = [1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0];
    for (const [i, value] of relativeTo(fit, 6).entries()) {
      expect(value).toBeCloseTo(published[i] ?? Number.NaN, 4);
    }
    expect(fit.regularised).toBe(false);
    // The published standard error of Boston against Baltimore.
    expect(errorOf(fit, 4, 6)).toBeCloseTo(0.3339, 4);
  });

  it('ends where Hunter’s algorithm ends on the published tables, to nine digits', () => {
    for (const table of [BASEBALL, CITATIONS]) {
      const fit = fitBradleyTerry(fromTable(table), table.length);
      const other = hunter(table);
      fit.strengths.forEach(({ value }, i) => {
        expect(value).toBeCloseTo(other[i] ?? Number.NaN, 9);
      });
    }
  });

  it('is exact along a chain, where strengths are sums of logits', () => {
    // a beats b 3 of 4 times, b beats c 5 of 8 times, and a never meets c.
    const fit = fitBradleyTerry(
      [
        { first: 0, second: 1, winner: 'first', count: 3 },
        { first: 0, second: 1, winner: 'second' },
        { first: 1, second: 2, winner: 'first', count: 5 },
        { first: 1, second: 2, winner: 'second', count: 3 },
      ],
      3,
    );
    const [a, b] = relativeTo(fit, 2);
    expect(b).toBeCloseTo(Math.log(5 / 3), 10);
    expect(a).toBeCloseTo(Math.log(5 / 3) + Math.log(3), 10);
    expect(errorOf(fit, 1, 2)).toBeCloseTo(Math.sqrt(1 / 5 + 1 / 3), 10);
    expect(errorOf(fit, 0, 2)).toBeCloseTo(Math.sqrt(1 / 5 + 1 / 3 + 1 / 3 + 1), 10);
  });

  it('gives the published strengths and errors of the journal table', () => {
    const fit = fitBradleyTerry(fromTable(CITATIONS), 4);
    const published = [
      [0, 0],
      [-2.94907, 0.10255],
      [-0.47957, 0.06059],
      [0.26895, 0.07083],
    ];
    relativeTo(fit, 0).forEach((value, i) => {
      expect(value).toBeCloseTo(published[i]?.[0] ?? Number.NaN, 5);
      expect(errorOf(fit, i, 0)).toBeCloseTo(published[i]?.[1] ?? Number.NaN, 5);
    });
  });

  it('meets the likelihood equations to the last digits', () => {
    const fit = fitBradleyTerry(fromTable(BASEBALL), 7);
    BASEBALL.forEach((row, i) => {
      const won = row.reduce((sum, count) => sum + count, 0);
      const expected = row.reduce((sum, count, j) => {
        const games = count + (BASEBALL[j]?.[i] ?? 0);
        return sum + (i === j ? 0 : games * preference(fit, i, j));
      }, 0);
      expect(expected).toBeCloseTo(won, 9);
    });
    const total = fit.strengths.reduce((sum, { value }) => sum + value, 0);
    expect(total).toBeCloseTo(0, 12);
  });

  it('meets Davidson’s equations with ties: as many wins, and as many ties, as expected', () => {
    const random = makeRandom('davidson');
    const games = Array.from({ length: 400 }, (): Comparison => {
      const first = random.below(4);
      const second = (first + 1 + random.below(3)) % 4;
      const winner = (['first', 'second', 'tie'] as const)[random.below(3)] ?? 'tie';
      return { first, second, winner };
    });
    const fit = fitBradleyTerry(games, 4);
    const expectTie = (a: number, b: number) => {
      const difference = (fit.strengths[a]?.value ?? 0) - (fit.strengths[b]?.value ?? 0);
      return fit.tie / (Math.exp(difference / 2) + Math.exp(-difference / 2) + fit.tie);
    };
    const ties = games.filter(({ winner }) => winner === 'tie').length;
    const expected = games.reduce((sum, { first, second }) => sum + expectTie(first, second), 0);
    expect(expected).toBeCloseTo(ties, 8);
  });

  it('covers known strengths in 95 of 100 simulated studies, with and without ties', () => {
    const truth = [0.9, 0.3, -0.2, -1];
    for (const tie of [0, 0.7]) {
      const random = makeRandom(`coverage ${tie}`);
      let covered = 0;
      let all = 0;
      for (let study = 0; study < 300; study += 1) {
        const games: Comparison[] = [];
        for (let first = 0; first < 4; first += 1) {
          for (let second = first + 1; second < 4; second += 1) {
            for (let vote = 0; vote < 25; vote += 1) {
              const difference = (truth[first] ?? 0) - (truth[second] ?? 0);
              const win = Math.exp(difference / 2);
              const draw = random.next() * (win + 1 / win + tie);
              const winner = draw < win ? 'first' : draw < win + 1 / win ? 'second' : 'tie';
              games.push({ first, second, winner });
            }
          }
        }
        for (const [i, { low, high }] of fitBradleyTerry(games, 4).strengths.entries()) {
          all += 1;
          if (low <= (truth[i] ?? 0) && (truth[i] ?? 0) <= high) covered += 1;
        }
      }
      // 1,200 intervals scatter by 0.6 %; Wald intervals of 75 votes an item are nearly exact.
      expect(covered / all).toBeGreaterThan(0.93);
      expect(covered / all).toBeLessThan(0.97);
    }
  });

  it('covers known strengths where one vote names the best three of six', () => {
    const truth = [1, 0.5, 0.2, -0.2, -0.6, -0.9];
    const random = makeRandom('top lists');
    let covered = 0;
    let all = 0;
    for (let study = 0; study < 150; study += 1) {
      const games: Comparison[] = [];
      for (let vote = 0; vote < 60; vote += 1) {
        // Luce's choice: the best first, each by its strength among those that are left.
        const left = truth.map((_, i) => i);
        for (let place = 0; place < 3; place += 1) {
          const total = left.reduce((sum, i) => sum + Math.exp(truth[i] ?? 0), 0);
          let draw = random.next() * total;
          const chosen = left.findIndex((i) => {
            draw -= Math.exp(truth[i] ?? 0);
            return draw < 0;
          });
          const [first = 0] = left.splice(chosen, 1);
          for (const second of left) games.push({ first, second, winner: 'first', vote });
        }
      }
      for (const [i, { low, high }] of fitBradleyTerry(games, 6).strengths.entries()) {
        all += 1;
        if (low <= (truth[i] ?? 0) && (truth[i] ?? 0) <= high) covered += 1;
      }
    }
    // 900 intervals scatter by 0.8 %.
    expect(covered / all).toBeGreaterThan(0.925);
    expect(covered / all).toBeLessThan(0.975);
  });

  it('stays finite and says so where one item always wins, or groups never meet', () => {
    const always = fitBradleyTerry(
      [
        { first: 0, second: 1, winner: 'first', count: 10 },
        { first: 1, second: 2, winner: 'first', count: 3 },
        { first: 1, second: 2, winner: 'second', count: 3 },
      ],
      3,
    );
    expect(always.regularised).toBe(true);
    expect(always.strengths[0]?.value).toBeGreaterThan(1);
    expect(always.strengths.every(({ value, error }) => Number.isFinite(value) && error > 0)).toBe(
      true,
    );
    const apart = fitBradleyTerry([{ first: 0, second: 1, winner: 'tie', count: 4 }], 4);
    expect(apart.regularised).toBe(true);
    expect(apart.strengths[3]?.value).toBeCloseTo(0, 9);
    expect(() => fitBradleyTerry([], 3)).toThrow(RangeError);
  });
});

describe('connectivity', () => {
  it('is strong where wins lead round', () => {
    expect(
      isStronglyConnected(
        [
          [0, 1],
          [1, 2],
          [2, 0],
        ],
        3,
      ),
    ).toBe(true);
    expect(
      isStronglyConnected(
        [
          [0, 1],
          [1, 2],
        ],
        3,
      ),
    ).toBe(false);
  });

  it('finds groups that never met', () => {
    expect(
      components(
        [
          [0, 2],
          [3, 4],
        ],
        5,
      ),
    ).toEqual([[0, 2], [1], [3, 4]]);
  });
});
