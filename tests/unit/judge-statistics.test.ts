import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageRanks, kendallW, krippendorffAlpha } from '../../src/core/judge/agreement.ts';
import { certaintyOf, resampledScores } from '../../src/core/judge/certainty.ts';
import { correlationsOf, kendall, pearson, spearman } from '../../src/core/judge/correlation.ts';
import { meanOpinion } from '../../src/core/judge/opinion.ts';
import { screenRater } from '../../src/core/judge/screening.ts';
import { countTopThree, normaliseTo, type TopThreeVote } from '../../src/core/judge/topThree.ts';
import { makeRandom } from '../../src/core/stats/random.ts';
import { studentT975 } from '../../src/core/stats/studentT.ts';

describe('agreement', () => {
  it('ranks with ties at their mean', () => {
    expect(averageRanks([30, 10, 20, 10])).toEqual([4, 1.5, 3, 1.5]);
  });

  it('is Kendall’s W: 1 for one order, 0 for opposite orders of two raters', () => {
    expect(
      kendallW([
        [1, 2, 3],
        [10, 20, 30],
      ]),
    ).toBeCloseTo(1, 12);
    expect(
      kendallW([
        [1, 2, 3],
        [3, 2, 1],
      ]),
    ).toBeCloseTo(0, 12);
    expect(
      kendallW([
        [1, 1],
        [1, 1],
      ]),
    ).toBeNull();
    expect(kendallW([[1, 2]])).toBeNull();
  });

  it('is Kendall’s W with ties: two raters give (1 + Spearman) / 2', () => {
    const rating = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(rating, rating, (a, b) => {
        const rho = spearman(a, b);
        const w = kendallW([a, b]);
        // With ties the identity holds where both raters have the same ones.
        if (rho === null || w === null || new Set(a).size < 6 || new Set(b).size < 6) return;
        expect(w).toBeCloseTo((1 + rho) / 2, 10);
      }),
    );
  });

  it('is Krippendorff’s α of his own worked example', () => {
    // Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section D: 4 observers, 12 units.
    const n = null;
    const data = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, 3],
      [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, n],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n],
    ];
    expect(krippendorffAlpha(data, 'nominal')).toBeCloseTo(0.743, 3);
    expect(krippendorffAlpha(data, 'ordinal')).toBeCloseTo(0.815, 3);
    expect(krippendorffAlpha(data, 'interval')).toBeCloseTo(0.849, 3);
    expect(
      krippendorffAlpha(
        [
          [1, 1],
          [1, 1],
        ],
        'nominal',
      ),
    ).toBeNull();
  });
});

describe('correlation', () => {
  it('has the values of NumPy, and Kendall’s by counting', () => {
    const x = [1, 2, 3, 4, 5, 6];
    const y = [2, 1, 4, 3, 7, 5];
    // numpy.corrcoef of the values and of their ranks; 12 of 15 pairs agree, 3 do not.
    expect(pearson(x, y)).toBeCloseTo(0.7917946548886295, 12);
    expect(spearman(x, y)).toBeCloseTo(0.8285714285714287, 12);
    expect(kendall(x, y)).toBeCloseTo((12 - 3) / 15, 12);
    expect(pearson([1, 1], [1, 2])).toBeNull();
  });

  it('is 1 for a metric that falls as votes rise and should be small', () => {
    const { srcc, krcc } = correlationsOf([30, 20, 10], [1, 2, 9], 'lower-is-better');
    expect([srcc, krcc]).toEqual([1, 1]);
  });
});

describe('top three', () => {
  const vote = (rater: string, own: string, ...top: number[]): TopThreeVote => ({
    rater,
    case: own,
    top,
  });
  const votes = [vote('a', '1', 0, 1, 2), vote('a', '2', 0, 2, 1), vote('b', '1', 1, 0, 3)];

  it('counts places and points, averaged over raters', () => {
    const scores = countTopThree(votes, 4);
    expect(scores[0]).toEqual({ counts: [2, 1, 0], points: 4, frequency: 1 });
    expect(scores[3]).toEqual({ counts: [0, 0, 1], points: 0.5, frequency: 1 / 3 });
  });

  it('is normalised to 80 to 90', () => {
    expect(normaliseTo([0.5, 4, 2.25], [80, 90])).toEqual([80, 90, 85]);
    expect(normaliseTo([2, 2], [80, 90])).toEqual([90, 90]);
  });

  it('says how sure the places are', () => {
    const points = (sample: readonly TopThreeVote[]) =>
      countTopThree(sample, 4).map((score) => score.points);
    const sure = ['a', 'b', 'c', 'd', 'e'].flatMap((rater) =>
      ['1', '2', '3', '4'].map((own) => vote(rater, own, 0, 1, 2)),
    );
    const ranksOf = (votes: readonly TopThreeVote[]) =>
      certaintyOf(resampledScores(votes, points), 4);
    expect(ranksOf(sure)[0]).toMatchObject({ inTopThree: 1, interval: [1, 1] });
    const torn = [vote('a', '1', 0, 1, 2), vote('b', '1', 3, 2, 1)];
    const [first] = ranksOf(torn);
    expect(first?.places[0]).toBeGreaterThan(0.3);
    expect(first?.inTopThree).toBeLessThan(0.9);
  });
});

describe('mean opinion', () => {
  it('has Student’s interval', () => {
    // R: t.test(c(3, 4, 5, 4)): mean 4, 95 percent confidence interval 2.700772 5.299228
    const opinion = meanOpinion([3, 4, 5, 4]);
    expect(opinion?.mean).toBe(4);
    expect(opinion?.interval?.[0]).toBeCloseTo(2.700772, 6);
    expect(opinion?.interval?.[1]).toBeCloseTo(5.299228, 6);
    expect(meanOpinion([])).toBeNull();
    expect(meanOpinion([2])?.interval).toBeNull();
  });
});

describe('Student’s t', () => {
  it('has the 97.5 % points of the tables', () => {
    // Any table of the distribution, three decimals; 1.959964 is the normal's.
    const table = { 1: 12.706, 2: 4.303, 3: 3.182, 5: 2.571, 10: 2.228, 30: 2.042, 120: 1.98 };
    for (const [degrees, point] of Object.entries(table)) {
      expect(studentT975(Number(degrees))).toBeCloseTo(point, 3);
    }
    expect(studentT975(1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 10);
    expect(studentT975(100_000)).toBeCloseTo(1.959964, 4);
  });

  it('covers the mean of 95 in 100 samples of five', () => {
    const random = makeRandom('opinion');
    // Sums of twelve uniform numbers are as good as normal.
    const normal = () =>
      Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b) - 6;
    let covered = 0;
    for (let study = 0; study < 2000; study += 1) {
      const [low, high] = meanOpinion(Array.from({ length: 5 }, normal))?.interval ?? [1, 0];
      if (low <= 0 && 0 <= high) covered += 1;
    }
    // 2,000 samples scatter by 0.5 %.
    expect(covered / 2000).toBeGreaterThan(0.935);
    expect(covered / 2000).toBeLessThan(0.965);
  });
});

describe('screening', () => {
  const good = {
    rater: 'r',
    repeatsAlike: 4,
    repeats: 4,
    goldenRight: 3,
    golden: 3,
    medianSeconds: 6,
    own: [1, 2, 3, 4],
    others: [1, 2, 4, 3],
  };

  it('keeps who answers with care and says why somebody is left out', () => {
    expect(screenRater(good)).toMatchObject({
      rater: 'r',
      keep: true,
      reasons: [],
      agreement: 0.8,
    });
    expect(screenRater({ ...good, goldenRight: 2 })).toMatchObject({ keep: false });
    expect(screenRater({ ...good, repeatsAlike: 1 }).reasons[0]).toContain('25 % of 4');
    expect(screenRater({ ...good, medianSeconds: 0.4 }).keep).toBe(false);
  });

  it('reports a minority and keeps it', () => {
    const alone = screenRater({ ...good, others: [4, 3, 2, 1] });
    expect(alone.keep).toBe(true);
    expect(alone.reasons[0]).toContain('-1.00');
  });
});
