import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  copySmallGolden,
  foldersIn,
  GOLDEN,
  type OfficialRun,
  officialColumns,
  officialTable,
  readFolder,
  runCli,
  runProgram,
  SMALL_IDS,
  temporaryFolder,
  writeFile,
} from '../helpers/cli.ts';
import {
  expectGoldenMetrics,
  expectOfficialFiles,
  expectOfficialJson,
  expectOfficialRows,
  mergeParts,
} from '../helpers/cliScores.ts';

const folder = temporaryFolder();
const out = (name: string) => join(folder, name);
/** Scores by up to two processes at a time, each in a folder of its own. */
async function scoreInParts(args: readonly string[], count: number, name: string) {
  const options = ['--shard', `{}/${count}`, '--out', join(out(name), '{}')];
  const command = [process.execPath, 'cli/main.mjs', ...args, ...options].join(' ');
  const spread = `seq ${count} | xargs -P 2 -I{} ${command}`;
  const scored = await runProgram('sh', ['-c', spread]);
  expect(scored.code, scored.stderr).toBe(0);
  expect(Object.keys(readFolder(join(out(name), '2')))).toEqual([`shard-2-of-${count}.json`]);
}

describe('score on the CPU', { timeout: 300_000 }, () => {
  const table = (run: OfficialRun) =>
    writeFile(out(`${run}.csv`), officialTable(officialColumns(run)));

  it('agrees with the program by its own measurements', async () => {
    await scoreInParts(['score', ...foldersIn(GOLDEN), '--device', 'cpu'], 2, 'golden');
    const { files, stderr } = await mergeParts(out('golden'), out('measured'));
    expect(stderr).toContain('Without LPIPS: 47.67 is a lower bound');
    expect(Object.keys(files)).toEqual([
      'all_metrics.csv',
      'per_image_scores.csv',
      'scores.json',
      'scores.txt',
    ]);
    expectOfficialRows(files['per_image_scores.csv'] ?? '', 'no_lpips_value');
    expectOfficialJson(files, 'no_lpips_value', 1e-4);
    expectGoldenMetrics(files['all_metrics.csv'] ?? '');
  });

  it.each([
    ['with_lpips_column', 'Score 88.94 over 19 images, 17 of them with LPIPS.'],
    ['no_lpips_value', 'Without LPIPS: 47.67 is a lower bound'],
  ] as const)('writes the program’s files from its values: %s', async (run, said) => {
    const { files, stderr } = await mergeParts(out('golden'), out(run), '--metrics', table(run));
    expect(stderr).toContain(said);
    expectOfficialFiles(files, run);
    expectGoldenMetrics(files['all_metrics.csv'] ?? '');
    expect(files['all_metrics.csv']).toContain('001,background,psnr,supplied,42.783707,\n');
  });
});

describe('score on small pictures', { timeout: 120_000 }, () => {
  const small = out('small');
  copySmallGolden(small);
  const onCpu = ['score', ...foldersIn(small), '--device', 'cpu'];

  it('agrees with the program by its own measurements', async () => {
    const { code, stderr } = await runCli([...onCpu, '--out', out('whole')]);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('No mask for 008');
    const files = readFolder(out('whole'));
    expectOfficialRows(files['per_image_scores.csv'] ?? '', 'no_lpips_value', SMALL_IDS);
    expect(files['scores.txt']).toContain('LPIPS_person_note: LPIPS disabled');
    expect(files['all_metrics.csv']).not.toContain('lpips');
  });

  it('splits over processes and joins to the very same files', async () => {
    await scoreInParts(onCpu, 3, 'parts');
    expect((await mergeParts(out('parts'), out('joined'))).files).toEqual(readFolder(out('whole')));
  });
});

describe('LPIPS on the command line', () => {
  const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
  const expected = JSON.parse(readFileSync(join(FIXTURES, 'lpips', 'expected.json'), 'utf8'));

  it('is PyTorch’s, from the two weight files', async () => {
    const { encodeSamples } = await import('../../src/codecs/png/encode.ts');
    const { width, height, cases } = expected.pictures;
    const rgb = new Uint8Array(readFileSync(join(FIXTURES, 'lpips', 'pictures.rgb')));
    const bytes = width * height * 3;
    const write = async (path: string, data: Uint8Array) =>
      writeFile(out(path), await encodeSamples({ width, height, channels: 3, data }, null));
    await write('l/output/001.png', rgb.slice(0, bytes));
    await write('l/gt/001.png', rgb.slice(bytes, 2 * bytes));
    writeFile(out('l/mask/none.txt'), '');
    const whole = cases.find((one: { mask: unknown }) => one.mask === null);
    const weights = ['alexnet.pth', 'heads-legacy.pth'].map((name) =>
      join(FIXTURES, 'lpips', name),
    );
    const args = ['gt', 'output', 'mask'].flatMap((role) => [`--${role}`, out(`l/${role}`)]);
    const run = ['score', ...args, '--device', 'cpu', '--out', out('l/out')];
    const { code, stderr } = await runCli([...run, '--lpips', weights.join(',')]);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('is not LPIPS v0.1');
    const { LPIPS_person: lpips } = JSON.parse(readFolder(out('l/out'))['scores.json'] ?? '');
    expect(Math.abs(lpips - whole.lpips)).toBeLessThan(1e-5);
    expect(readFolder(out('l/out'))['all_metrics.csv']).toMatch(
      /^001,global,lpips,sha256:[0-9a-f]{16},\d\.\d{6},$/m,
    );
  });
});
