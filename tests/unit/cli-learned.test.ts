import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copySmallGolden, foldersIn, readFolder, temporaryFolder } from '../helpers/cli.ts';
import { refusal, runHere } from '../helpers/cliHere.ts';

const root = temporaryFolder();
copySmallGolden(root, /^(003|004)/);
const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'onnx');
const fixture = (name: string) => join(FIXTURES, `${name}.onnx`);
const metric = (...names: string[]) => names.flatMap((name) => ['--metric', fixture(name)]);
const score = (out: string, ...options: string[]) => [
  'score',
  ...foldersIn(root),
  '--device',
  'cpu',
  '--out',
  join(root, out),
  ...options,
];
const ALL = ['metric-pair', 'metric-map', 'metric-single', 'metric-identity'];
/** The ground truths stand in for the inputs: any pictures with the IDs do. */
const INPUTS = ['--input', join(root, 'gt')];

describe('score with metrics that are dropped as networks', { timeout: 120_000 }, () => {
  it('adds a row for each and leaves the score alone', async () => {
    const { code, stderr } = await runHere(score('all', ...metric(...ALL), ...INPUTS));
    expect(code, stderr).toBe(0);
    expect((await runHere(score('none'))).code).toBe(0);
    const [all, none] = [readFolder(join(root, 'all')), readFolder(join(root, 'none'))];
    const isLearned = (line: string) => line.includes(',onnx:');
    const lines = (all['all_metrics.csv'] ?? '').split('\n');
    const rows = lines.filter(isLearned).map((line) => line.split(','));
    expect(rows.filter(([id]) => id === '003').map((row) => row.slice(1, 4))).toEqual([
      // In the order of their ids, whatever the order they were given in: as the page writes them.
      ['global', 'onnx:fixture-identity@7b8f50fa', 'sha256:7b8f50fa495aa331'],
      ['person', 'onnx:fixture-map@5863a56f', 'sha256:5863a56f4b779e9d'],
      ['global', 'onnx:fixture-pair@367760e2', 'sha256:367760e21398ca86'],
      ['global', 'onnx:fixture-single@9bb1ef11', 'sha256:9bb1ef11b5a04b51'],
    ]);
    for (const [id, , , , value] of rows) {
      // 004 is smaller than any of the networks takes.
      expect(value).toMatch(id === '003' ? /^-?\d+\.\d{6}$/ : /^N\/A$/);
    }
    expect(lines.filter((line) => !isLearned(line)).join('\n')).toBe(none['all_metrics.csv']);
    expect(all['scores.txt']).toBe(none['scores.txt']);
  });

  it('joins parts to the very same files', async () => {
    const options = metric('metric-pair', 'metric-single');
    expect((await runHere(score('whole', ...options))).code).toBe(0);
    for (const part of ['1/2', '2/2']) {
      const ended = await runHere(score('parts', ...options, '--shard', part));
      expect(ended.code, ended.stderr).toBe(0);
    }
    const merged = ['score', 'merge', join(root, 'parts'), '--out', join(root, 'joined')];
    expect((await runHere(merged)).code).toBe(0);
    expect(readFolder(join(root, 'joined'))).toEqual(readFolder(join(root, 'whole')));
  });

  it.each([
    [metric('metric-identity'), 'onnx:fixture-identity@7b8f50fa compares with the inputs: name'],
    [[...metric('metric-identity'), '--input', join(root, 'none-here')], 'it does not exist'],
    [[...metric('metric-identity'), '--input', FIXTURES], 'Inputs are missing for 003, 004.'],
    [metric('metric-pair', 'metric-pair'), 'onnx:fixture-pair@367760e2 is given twice'],
    [metric('curve'), 'curve.onnx cannot be used as a metric: it says nothing of itself'],
    [metric('nowhere'), 'it does not exist'],
    [['--metric'], 'The option --metric needs a value'],
  ])('refuses %j', async (options, complaint) => {
    expect(await refusal(score('refused', ...options))).toContain(complaint);
  });
});
