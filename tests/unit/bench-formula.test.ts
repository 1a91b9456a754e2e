import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meets, parseFilter } from '../../src/core/bench/filter.ts';
import { applyFormula, RAIM2026_FORMULA, readFormula } from '../../src/core/bench/formula.ts';
import { sensitivityOf } from '../../src/core/bench/sensitivity.ts';
import { raim2026Totals } from '../../src/core/challenges/raim2026.ts';

const means = (psnr: number, ssim: number, deltaE: number, lpips: number | null) => ({
  'psnr:background': psnr,
  'ssim:global': ssim,
  'deltae:person': deltaE,
  'lpips:person': lpips,
});

describe('formula', () => {
  it('can say the RAIM 2026 score', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(
        number(5, 50),
        number(0, 1),
        number(0, 60),
        fc.option(number(0, 0.4)),
        (psnr, ssim, deltaE, lpips) => {
          const { score } = raim2026Totals({
            PSNR_bg: psnr,
            SSIM_global: ssim,
            DeltaE_person: deltaE,
            LPIPS_person: lpips,
          });
          const result = applyFormula(RAIM2026_FORMULA, means(psnr, ssim, deltaE, lpips));
          expect(result.score).toBeCloseTo(score, 10);
          expect(result.standIns).toEqual(lpips === null ? ['lpips:person'] : []);
        },
      ),
    );
  });

  it('is unknown where a mean is, and its shares sum to 1', () => {
    const known = applyFormula(RAIM2026_FORMULA, means(25, 0.8, 10, 0.05));
    expect(known.terms.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(applyFormula(RAIM2026_FORMULA, { 'deltae:person': 3 }).score).toBeNull();
  });

  it('survives a file and refuses a wrong one with its place', () => {
    const read = readFormula(JSON.parse(JSON.stringify(RAIM2026_FORMULA)));
    expect(read).toEqual({ formula: RAIM2026_FORMULA });
    const problemOf = (change: object) => {
      const result = readFormula({ ...RAIM2026_FORMULA, ...change });
      return 'problem' in result ? result.problem : null;
    };
    expect(problemOf({ emphasis: 'much' })).toContain('“emphasis”');
    expect(problemOf({ parts: [] })).toContain('“parts”');
    const [part] = RAIM2026_FORMULA.parts;
    expect(problemOf({ parts: [{ ...part, low: 3, high: 3 }] })).toContain('lpips:person');
    expect(problemOf({ parts: [{ ...part, weight: 0 }] })).toContain('weights');
    expect('problem' in readFormula(null)).toBe(true);
  });
});

describe('sensitivity', () => {
  const close = [means(25, 0.85, 9, 0.05), means(26, 0.84, 10, 0.05)];

  it('starts with the formula as it is and finds what reorders', () => {
    const rows = sensitivityOf(RAIM2026_FORMULA, close);
    expect(rows[0]).toMatchObject({ change: 'as it is', reorders: false });
    const far = sensitivityOf(RAIM2026_FORMULA, [
      means(35, 0.95, 4, 0.01),
      means(18, 0.7, 30, 0.1),
    ]);
    expect(far.some(({ reorders }) => reorders)).toBe(false);
    expect(rows.some(({ reorders }) => reorders)).toBe(true);
  });

  it('changes a group’s weight once, and stand-ins', () => {
    const changes = sensitivityOf(RAIM2026_FORMULA, close).map(({ change }) => change);
    expect(changes.filter((change) => change.startsWith('weight of GlobalScore'))).toHaveLength(2);
    expect(changes).toContain('lpips:person 0.075 where unknown');
    expect(new Set(changes).size).toBe(changes.length);
  });
});

describe('filter', () => {
  const subject = {
    name: '003_hall',
    tags: ['Halo'],
    value: (column: string) => (column === 'deltae:person' ? 12 : undefined),
    attribute: (name: string) => (name === 'tone' ? 'dark' : null),
  };
  it.each([
    ['hall', true],
    ['kitchen', false],
    ['#halo deltae:person>10', true],
    ['deltae:person<=10', false],
    ['deltae:person=12', true],
    ['psnr:person>1', false],
    ['tone=dark', true],
    ['tone=light', false],
    ['"003_hall"', true],
    ['', true],
  ])('“%s”: %s', (line, expected) => {
    expect(meets(parseFilter(line), subject)).toBe(expected);
  });
});
