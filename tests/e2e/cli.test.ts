import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  copySmallGolden,
  foldersIn,
  GOLDEN,
  officialColumns,
  officialTable,
  readFolder,
  runCli,
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

describe('score on the GPU', () => {
  it('agrees with the program by its own measurements', async () => {
    const args = ['score', ...foldersIn(GOLDEN), '--device', 'gpu', '--shard', '1/1'];
    const { code, stderr } = await runCli([...args, '--out', out('part')]);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/Measured 19 images on \S/);
    expect(stderr).not.toContain('on the CPU');
    const { files } = await mergeParts(out('part'), out('measured'));
    expectOfficialRows(files['per_image_scores.csv'] ?? '', 'no_lpips_value');
    expectOfficialJson(files, 'no_lpips_value', 1e-4);
    expectGoldenMetrics(files['all_metrics.csv'] ?? '');
  });

  it.each(['with_lpips_column', 'no_lpips_value'] as const)(
    'writes the program’s files from its values: %s',
    async (run) => {
      const table = writeFile(out(`${run}.csv`), officialTable(officialColumns(run)));
      const { files } = await mergeParts(out('part'), out(run), '--metrics', table);
      expectOfficialFiles(files, run);
    },
  );

  it('is what auto takes', async () => {
    copySmallGolden(out('small'));
    const args = ['score', ...foldersIn(out('small')), '--out', out('auto')];
    const { code, stderr } = await runCli(args);
    expect(code, stderr).toBe(0);
    expect(stderr).not.toContain('on the CPU');
    const table = readFolder(out('auto'))['per_image_scores.csv'] ?? '';
    expectOfficialRows(table, 'no_lpips_value', SMALL_IDS);
  });
});

describe('score without a GPU', () => {
  const nowhere = { VK_DRIVER_FILES: '/nowhere.json' };
  const args = ['score', ...foldersIn(out('small')), '--out', out('none')];

  it('ends with 3 where one was asked for', async () => {
    const { code, stdout, stderr } = await runCli([...args, '--device', 'gpu'], nowhere);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr.trimEnd().split('\n').at(-1)).toContain('There is no GPU');
  });

  it('measures in float64 otherwise', async () => {
    const { code, stderr } = await runCli(args, nowhere);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('on the CPU, in float64');
    const table = readFolder(out('none'))['per_image_scores.csv'] ?? '';
    expectOfficialRows(table, 'no_lpips_value', SMALL_IDS);
  });
});
