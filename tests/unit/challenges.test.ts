import { describe, expect, it } from 'vitest';
import { CHALLENGES } from '../../src/core/challenges/challenges.ts';
import { face2025Score, failedImages } from '../../src/core/challenges/face2025.ts';
import { raim2024Normalise, raim2024Phase2 } from '../../src/core/challenges/raim2024.ts';
import {
  raim2026GlobalScore,
  raim2026Normalise,
  raim2026Score,
  raim2026Totals,
} from '../../src/core/challenges/raim2026.ts';
import { rankTeams } from '../../src/core/challenges/rank.ts';
import type { ChallengeId, Judgement, TeamValues } from '../../src/core/challenges/types.ts';

const judge = (id: ChallengeId, teams: readonly TeamValues[], asPrinted = false) =>
  CHALLENGES[id].judge(teams, { asPrinted });

describe('RAIM 2026', () => {
  it.each([
    [0.0266, 7.19, 0.784, 86.1],
    [0.0268, 6.83, 0.742, 84.92],
  ])('LPIPS %f, ΔE %f, GlobalScore %f give %f', (lpips, deltaE, global, score) => {
    expect(raim2026Score(lpips, deltaE, global)).toBeCloseTo(score, 2);
  });

  it('reaches 100 and 30 at the ends of the scales and clips beyond them', () => {
    const best = { PSNR_bg: 38, SSIM_global: 0.99, DeltaE_person: 2, LPIPS_person: 0 };
    const worst = { PSNR_bg: 15, SSIM_global: 0.6, DeltaE_person: 40, LPIPS_person: 0.15 };
    expect(raim2026Totals(best).score).toBe(100);
    expect(raim2026Totals(worst).score).toBe(30);
    expect(raim2026Totals({ ...best, PSNR_bg: 100, SSIM_global: 1 }).score).toBe(100);
    expect(raim2026Totals({ ...worst, DeltaE_person: 104, LPIPS_person: 3 }).score).toBe(30);
  });

  it('normalises between the ends, inverted where less is better', () => {
    expect(raim2026Normalise('PSNR_bg', 26.5)).toBeCloseTo(0.5, 12);
    expect(raim2026Normalise('SSIM_global', 0.6 + 0.39 / 4)).toBeCloseTo(0.25, 12);
    expect(raim2026Normalise('DeltaE_person', 2 + 38 / 4)).toBeCloseTo(0.75, 12);
    expect(raim2026Normalise('LPIPS_person', 0.03)).toBeCloseTo(0.8, 12);
    expect(raim2026GlobalScore(26.5, 0.99)).toBeCloseTo((0.5 ** 1.2 + 1) / 2, 12);
  });

  it('puts 0.2 in where no image has LPIPS, and says so', () => {
    const means = { PSNR_bg: 30, SSIM_global: 0.9, DeltaE_person: 7.19, LPIPS_person: null };
    const totals = raim2026Totals(means);
    expect(totals.withoutLpips).toBe(true);
    expect(totals.normalised.LPIPS_person).toBe(0);
    expect(totals.score).toBe(raim2026Totals({ ...means, LPIPS_person: 0.2 }).score);
    expect(raim2026Score(0.2, 7.19, 0.784)).toBeCloseTo(48, 0);
  });

  it('judges a team by GlobalScore or by its metrics, never without LPIPS', () => {
    const byParts = { LPIPS_person: 0.03, DeltaE_person: 7, PSNR_bg: 28, SSIM_global: 0.9 };
    const global = raim2026GlobalScore(28, 0.9);
    const teams: TeamValues[] = [
      byParts,
      { LPIPS_person: 0.03, DeltaE_person: 7, GlobalScore: global },
      { ...byParts, LPIPS_person: null },
    ];
    const [parts, whole, none] = judge('raim2026', teams);
    expect(parts?.score).toBe(whole?.score);
    expect(none).toEqual({ score: null, final: null, eligible: true, tieBreak: null });
  });

  it('weighs the objective score 0.3 and the experts 0.7', () => {
    const team = { LPIPS_person: 0.0266, DeltaE_person: 7.19, GlobalScore: 0.784, Subjective: 90 };
    const [judged] = judge('raim2026', [team]);
    expect(judged?.final).toBeCloseTo(0.3 * (judged?.score ?? 0) + 63, 12);
  });
});

describe('RAIM 2024', () => {
  const published = [
    [79.13, 57, 91.65],
    [81.96, 47, 82.07],
    [79.69, 46, 80.09],
    [80.03, 14, 45.94],
    [78.65, 9, 40.03],
    [72.99, 11, 39.91],
    [78.93, 4, 34.79],
    [69.8, 1, 27.92],
  ] as const;

  it('reproduces the published final scores', () => {
    const judged = judge(
      'raim2024',
      published.map(([S2, S3]) => ({ S2, S3 })),
    );
    published.forEach(([, , final], index) => {
      expect(judged[index]?.final).toBeCloseTo(final, 2);
    });
  });

  const metrics = { PSNR: 26, SSIM: 0.76, LPIPS: 0.15, DISTS: 0.1, NIQE: 4 };

  it('brackets so that plausible metrics land where the published scores are', () => {
    const expected = 20 * 0.52 + 15 * 0.52 + 20 * 0.625 + 40 * (2 / 3) + 30 * 0.6;
    expect(raim2024Phase2(metrics, { asPrinted: false })).toBeCloseTo(expected, 10);
    expect(expected).toBeGreaterThan(69);
    expect(expected).toBeLessThan(83);
  });

  it('gives over 150 as printed', () => {
    const expected = 10.4 + 7.8 + (20 * 0.85) / 0.4 + (40 * 0.9) / 0.3 + (30 * -3) / 10;
    expect(raim2024Phase2(metrics, { asPrinted: true })).toBeCloseTo(expected, 10);
    expect(expected).toBeGreaterThan(150);
    const [plain, printed] = [judge('raim2024', [metrics]), judge('raim2024', [metrics], true)];
    expect(printed[0]?.score).toBeGreaterThan(plain[0]?.score ?? Number.NaN);
  });

  it('gives 100 where all user studies are equal, and leaves unknown ones unknown', () => {
    expect(raim2024Normalise([5, 5])).toEqual([100, 100]);
    expect(raim2024Normalise([3, null, 1, 2])).toEqual([100, null, 0, 50]);
    const [judged] = judge('raim2024', [{ S2: 80, S3: null }]);
    expect(judged).toMatchObject({ score: 80, final: null });
  });
});

describe('Face restoration 2025', () => {
  const row = (
    NIQE: number,
    CLIPQA: number,
    MANIQA: number,
    MUSIQ: number,
    QALIGN: number,
    FID: number,
  ) => ({ NIQE, CLIPQA, MANIQA, MUSIQ, QALIGN, FID });

  it.each([
    [row(3.981, 0.9517, 0.7035, 77.5865, 4.4236, 55.3807), 4.3638],
    [row(3.6979, 0.9337, 0.6826, 78.4876, 4.2337, 52.2038), 4.3561],
    [row(6.3267, 0.8, 0.6591, 75.6512, 4.3302, 60.1384), 3.8475],
  ])('%o gives the published %f but for its last digit', (metrics, score) => {
    expect(Math.abs(face2025Score(metrics) - score)).toBeLessThan(1e-4);
  });

  it('gives 4.36388, which the report cuts to 4.3638', () => {
    const first = row(3.981, 0.9517, 0.7035, 77.5865, 4.4236, 55.3807);
    expect(face2025Score(first)).toBeCloseTo(4.36388, 5);
  });

  it('counts NIQE above 10 and FID above 100 as nothing', () => {
    const metrics = row(10, 0.5, 0.5, 50, 2.5, 100);
    expect(face2025Score({ ...metrics, NIQE: 14, FID: 180 })).toBe(face2025Score(metrics));
  });

  it('ranks up to 10 failed images, not 11 and not 229', () => {
    const team = (FailedImages: number | null) => ({
      ...row(4, 0.9, 0.7, 77, 4, 55),
      FailedImages,
    });
    const judged = judge('face2025', [team(10), team(11), team(229), team(null)]);
    expect(judged.map(({ eligible }) => eligible)).toEqual([true, false, false, null]);
    expect(rankTeams(judged)).toEqual([1, 'N/A', 'N/A', null]);
  });

  it('fails images below the threshold of their set', () => {
    const cosines = [0.29, 0.3, 0.49, 0.5, 0.59, 0.6];
    expect(failedImages('WIDER', cosines)).toBe(1);
    expect(failedImages('CelebA', cosines)).toBe(3);
    expect(failedImages('LFW', cosines)).toBe(5);
  });
});

describe('Video conferencing 2025', () => {
  it('breaks ties by S_real · S_synth and keeps the budget of 20 GMACs', () => {
    const team = (BT: number, S_real: number, S_synth: number, GMACs: number) => ({
      BT,
      S_real,
      S_synth,
      GMACs,
    });
    const judged = judge('vqe2025', [
      team(1.2, 0.5, 20, 20),
      team(1.2, 0.6, 20, 5),
      team(2, 0.9, 30, 20.1),
      team(1.2, 0.5, 20, 1),
      team(0.4, 0.9, 90, 1),
    ]);
    expect(judged.map(({ score }) => score)).toEqual([1.2, 1.2, 2, 1.2, 0.4]);
    expect(rankTeams(judged)).toEqual([2, 1, 'N/A', 2, 4]);
  });
});

describe('Places', () => {
  const team = (score: number | null, final: number | null = null): Judgement => ({
    score,
    final,
    eligible: true,
    tieBreak: null,
  });

  it('go by the final score where it is known', () => {
    expect(rankTeams([team(90, 70), team(80, 85), team(75)])).toEqual([3, 1, 2]);
  });

  it('are shared by equal scores, rounding of sums aside', () => {
    expect(rankTeams([team(5), team(7), team(0.1 + 0.2 + 4.7), team(3)])).toEqual([2, 1, 2, 4]);
  });

  it('are unknown without a score', () => {
    expect(rankTeams([team(null), team(3)])).toEqual([null, 1]);
  });
});
