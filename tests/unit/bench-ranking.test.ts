import { describe, expect, it } from 'vitest';
import { RAIM2026_FORMULA } from '../../src/core/bench/formula.ts';
import { type Contestant, rankByChallenge, rankByFormula } from '../../src/core/bench/ranking.ts';
import type { TeamValues } from '../../src/core/challenges/types.ts';

const contestant = (
  method: string,
  means: Contestant['means'],
  set: TeamValues = {},
  rest: Partial<Contestant> = {},
): Contestant => ({ method, title: method, means, set, macs720p: null, identity: {}, ...rest });

const raim = (psnr: number, ssim: number, deltaE: number, lpips: number | null) => ({
  'raim2026:PSNR_bg': psnr,
  'raim2026:SSIM_global': ssim,
  'raim2026:DeltaE_person': deltaE,
  'raim2026:LPIPS_person': lpips,
});

describe('ranking by a challenge', () => {
  it('puts published results between the methods and ranks the methods alone', () => {
    const ranking = rankByChallenge('raim2026', [
      contestant('weak', raim(18, 0.7, 25, 0.12)),
      contestant('strong', raim(38, 0.99, 3, 0.01)),
    ]);
    expect(ranking.missing).toEqual([]);
    expect(ranking.rows.map(({ title, rank }) => [title, rank])).toEqual([
      ['strong', 1],
      ['First place (published)', null],
      ['Second place (published)', null],
      ['Third place (published)', null],
      ['Organisers’ baseline (published)', null],
      ['weak', 2],
    ]);
    const parts = ranking.rows[0]?.parts ?? [];
    const weights = parts.filter(({ title }) => title.startsWith('Weight('));
    expect(weights.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBeCloseTo(1, 12);
  });

  it('gives a published row’s score from its published means', () => {
    // GlobalScore is published, its two metrics are not.
    const [row] = rankByChallenge('raim2026', [
      contestant(
        'first',
        { 'raim2026:LPIPS_person': 0.0266, 'raim2026:DeltaE_person': 7.19 },
        {
          GlobalScore: 0.784,
        },
      ),
    ]).rows.filter(({ published }) => !published);
    expect(row?.score).toBeCloseTo(86.1, 1);
  });

  it('has no headline score without LPIPS, and says what the program would print', () => {
    const { rows, missing } = rankByChallenge('raim2026', [
      contestant('m', raim(30, 0.9, 8, null)),
    ]);
    const own = rows.find(({ method }) => method === 'm');
    expect(own).toMatchObject({ score: null, rank: null });
    expect(own?.remarks[0]).toMatch(/^Without LPIPS .* is a lower bound and not comparable\.$/);
    expect(missing).toEqual(['LPIPS_person']);
  });

  it('counts failed identities by the thresholds of the test sets', () => {
    const face = {
      CLIPQA: 0.9517,
      MANIQA: 0.7035,
      MUSIQ: 77.5865,
      QALIGN: 4.4236,
      FID: 55.3807,
    };
    const means = { 'niqe:global': 3.981 };
    const close = Array.from({ length: 11 }, () => 0.45);
    const rows = rankByChallenge('face2025', [
      contestant('kept', means, face, { identity: { WIDER: close } }),
      contestant('changed', means, face, { identity: { LFW: close } }),
    ]).rows;
    expect(rows.find(({ method }) => method === 'kept')).toMatchObject({ rank: 1 });
    expect(rows.find(({ method }) => method === 'kept')?.score).toBeCloseTo(4.36388, 5);
    expect(rows.find(({ method }) => method === 'changed')).toMatchObject({
      rank: 'N/A',
      eligible: false,
    });
  });

  it('applies the video conferencing budget to the method’s own count', () => {
    const votes = { BT: 1, S_real: 1, S_synth: 1 };
    const { rows } = rankByChallenge('vqe2025', [
      contestant('small', {}, votes, { macs720p: 13.2e9 }),
      contestant('big', {}, { ...votes, BT: 2 }, { macs720p: 60e9 }),
    ]);
    expect(rows.map(({ method, rank }) => [method, rank])).toEqual([
      ['big', 'N/A'],
      ['small', 1],
    ]);
  });

  it('says which columns must be imported', () => {
    expect(rankByChallenge('face2025', [contestant('m', { 'niqe:global': 4 })]).missing).toEqual([
      'CLIPQA',
      'MANIQA',
      'MUSIQ',
      'QALIGN',
      'FID',
      'FailedImages',
    ]);
    expect(rankByChallenge('raim2024', [contestant('m', { 'import:S2': 80 })]).missing).toEqual([]);
  });
});

describe('ranking by a formula', () => {
  it('ranks, shows the parts and says where a stand-in was used', () => {
    const means = { 'psnr:background': 25, 'ssim:global': 0.8, 'deltae:person': 9 };
    const { rows, missing } = rankByFormula(RAIM2026_FORMULA, [
      contestant('a', means),
      contestant('b', { ...means, 'deltae:person': 20 }),
    ]);
    expect(rows.map(({ method, rank }) => [method, rank])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(rows[0]?.remarks[0]).toContain('lpips:person is unknown');
    expect(missing).toEqual(['lpips:person']);
  });
});
