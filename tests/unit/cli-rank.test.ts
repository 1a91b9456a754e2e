import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { raim2026GlobalScore, raim2026Score } from '../../src/core/challenges/raim2026.ts';
import { runProgram, temporaryFolder, writeFile } from '../helpers/cli.ts';
import { refusal, runHere } from '../helpers/cliHere.ts';

const folder = temporaryFolder();
let tables = 0;

/** Writes a table and gives the arguments that rank it. */
function ranking(challenge: string, table: string, ...options: string[]): string[] {
  const file = writeFile(join(folder, `${tables}.csv`), table);
  tables += 1;
  return ['score', 'rank', '--challenge', challenge, file, ...options];
}

async function ranked(challenge: string, table: string, ...options: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runHere(ranking(challenge, table, ...options));
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.endsWith('\n')).toBe(true);
  return stdout.trimEnd().split('\n');
}

describe('rank', () => {
  it('keeps the rows of raim2026 and appends score and place', async () => {
    const rows = await ranked(
      'raim2026',
      'Team,LPIPS_person,DeltaE_person,GlobalScore\nb,.0268,6.83,.742\na,.0266,7.19,.784\n',
    );
    expect(rows).toEqual([
      'Team,LPIPS_person,DeltaE_person,GlobalScore,Score,Final,Eligible,Rank',
      `b,.0268,6.83,.742,${raim2026Score(0.0268, 6.83, 0.742).toFixed(4)},,yes,2`,
      `a,.0266,7.19,.784,${raim2026Score(0.0266, 7.19, 0.784).toFixed(4)},,yes,1`,
    ]);
  });

  it('takes PSNR and SSIM for raim2026, and the experts', async () => {
    const rows = await ranked(
      'raim2026',
      'Team,PSNR_bg,SSIM_global,LPIPS_person,DeltaE_person,Subjective\r\nx,28,.9,.03,7,81\r\ny,27,.9,.03,7,89\r\nz,30,.9,,7,85\r\n',
    );
    const score = (psnr: number) => raim2026Score(0.03, 7, raim2026GlobalScore(psnr, 0.9));
    const final = (psnr: number, subjective: number) => 0.3 * score(psnr) + 0.7 * subjective;
    expect(rows[1]).toBe(
      `x,28,.9,.03,7,81,${score(28).toFixed(4)},${final(28, 81).toFixed(4)},yes,2`,
    );
    expect(rows[2]).toBe(
      `y,27,.9,.03,7,89,${score(27).toFixed(4)},${final(27, 89).toFixed(4)},yes,1`,
    );
    expect(rows[3]).toBe('z,30,.9,,7,85,,,yes,');
  });

  it('reproduces the published final scores of raim2024', async () => {
    const published = '79.13,57 81.96,47 79.69,46 80.03,14 78.65,9 72.99,11 78.93,4 69.80,1';
    const lines = published.split(' ').map((values, index) => `t${index},${values}`);
    const rows = await ranked('raim2024', `Team,S2,S3\n${lines.join('\n')}`);
    const finals = rows.slice(1).map((row) => Number(row.split(',')[4]));
    [91.65, 82.07, 80.09, 45.94, 40.03, 39.91, 34.79, 27.92].forEach((final, index) => {
      expect(Math.abs((finals[index] ?? 0) - final)).toBeLessThan(0.005);
    });
    expect(rows.slice(1).map((row) => row.split(',').at(-1))).toEqual([...'12345678']);
    expect(rows[3]).toMatch(/^t2,79\.69,46,79\.6900,80\.0903,yes,3$/);
  });

  it('reads the formula of raim2024 as printed on demand', async () => {
    const table = 'Team,PSNR,SSIM,LPIPS,DISTS,NIQE\na,26,.76,.15,.1,4\n';
    const plain = 20 * 0.52 + 15 * 0.52 + 20 * 0.625 + 40 * (2 / 3) + 30 * 0.6;
    const printed = 10.4 + 7.8 + (20 * 0.85) / 0.4 + (40 * 0.9) / 0.3 - 9;
    expect((await ranked('raim2024', table))[1]).toContain(`,4,${plain.toFixed(4)},,yes,1`);
    const asPrinted = await ranked('raim2024', table, '--as-printed');
    expect(asPrinted[1]).toContain(`,4,${printed.toFixed(4)},,yes,1`);
  });

  it('keeps the score of an ineligible face2025 team and gives it no place', async () => {
    const header = 'Team,NIQE,CLIPQA,MANIQA,MUSIQ,QALIGN,FID,FailedImages';
    const good = '3.9810,.9517,.7035,77.5865,4.4236,55.3807';
    const rows = await ranked(
      'face2025',
      `${header}\nout,${good},229\n"in, first",${good},10\nin second,${good},0\nlast,${good.replace('.9517', '.9')},1\nunknown,${good},\n`,
    );
    expect(rows.slice(1)).toEqual([
      `out,${good},229,4.3639,,no,N/A`,
      `"in, first",${good},10,4.3639,,yes,1`,
      `in second,${good},0,4.3639,,yes,1`,
      `last,${good.replace('.9517', '.9')},1,4.3122,,yes,3`,
      `unknown,${good},,4.3639,,,`,
    ]);
  });

  it('breaks ties in vqe2025 and keeps the budget', async () => {
    const rows = await ranked(
      'vqe2025',
      'Team,BT,S_real,S_synth,GMACs\na,1.5,.5,20,20\nb,1.5,.6,20,8\nc,3,.9,30,20.5\nd,-.25,.1,9,1\n',
    );
    expect(rows.slice(1)).toEqual([
      'a,1.5,.5,20,20,1.5000,,yes,2',
      'b,1.5,.6,20,8,1.5000,,yes,1',
      'c,3,.9,30,20.5,3.0000,,no,N/A',
      'd,-.25,.1,9,1,-0.2500,,yes,3',
    ]);
  });

  it('works through npm', async () => {
    const args = ranking('vqe2025', '\uFEFFTeam,BT,S_real,S_synth,GMACs\na,1,1,1,1\n').slice(1);
    const { code, stdout } = await runProgram('npm', ['run', '-s', 'score', '--', ...args]);
    expect([code, stdout.split('\n')[1]]).toEqual([0, 'a,1,1,1,1,1.0000,,yes,1']);
  });
});

describe('rank refuses', () => {
  const vqe = 'Team,BT,S_real,S_synth,GMACs';

  it.each([
    ['raim2027', `${vqe}\n`, 'There is no challenge “raim2027”'],
    ['vqe2025', '', 'is empty'],
    ['vqe2025', 'BT,Team\n', 'must be Team, not “BT”'],
    ['vqe2025', `${vqe},Colour\n`, 'Unknown column'],
    ['vqe2025', 'Team,BT,S_real,S_synth\n', 'lacks the column GMACs'],
    ['raim2026', 'Team,LPIPS_person,DeltaE_person,PSNR_bg\n', 'or else GlobalScore'],
    ['vqe2025', 'Team,BT,BT,S_real\n', 'has the column “BT” twice'],
    ['vqe2025', `${vqe}\na,1,2,3\n`, 'Line 2'],
    ['vqe2025', `${vqe}\na,much,2,3,4\n`, 'BT of a in'],
    ['vqe2025', `${vqe}\na,1,2,3,-4\n`, 'less than 0'],
    ['vqe2025', `${vqe}\n"a,1,2,3,4\n`, 'never closed'],
    ['raim2026', 'Team,LPIPS_person,DeltaE_person,GlobalScore,Subjective\na,0,2,1,9\n', '80'],
    [
      'face2025',
      'Team,NIQE,CLIPQA,MANIQA,MUSIQ,QALIGN,FID,FailedImages\na,1,1,1,1,1,1,1.5\n',
      'not a whole number',
    ],
  ])('%s: %j', async (challenge, table, complaint) => {
    expect(await refusal(ranking(challenge, table))).toContain(complaint);
  });

  it('--as-printed where nothing else is printed', async () => {
    expect(await refusal(ranking('vqe2025', `${vqe}\n`, '--as-printed'))).toContain('raim2024');
  });

  it('no table, two tables and a table that is not there', async () => {
    const base = ['score', 'rank', '--challenge', 'vqe2025'];
    expect(await refusal(base)).toContain('Name one table');
    expect(await refusal([...base, 'a.csv', 'b.csv'])).toContain('Name one table');
    expect(await refusal([...base, join(folder, 'none.csv')])).toContain('it does not exist');
    expect(await refusal(['score', 'rank', 'a.csv'])).toContain('--challenge is missing');
  });
});
