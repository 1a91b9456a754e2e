import { expect } from 'vitest';
import { METRICS } from '../../src/core/metrics/definitions.ts';
import { RAIM_METRIC_IDS, REGION_IDS } from '../../src/core/metrics/types.ts';
import { type OfficialRun, officialFile, readFolder, runCli, splitNumbers } from './cli.ts';
import { GOLDEN_TOLERANCE, goldenValue } from './golden.ts';
import { GOLDEN_CASES } from './goldenNode.ts';

type Files = Readonly<Record<string, string>>;

/** The score files are the scoring program's: texts equal, JSON numbers to 1e-5. */
export function expectOfficialFiles(files: Files, run: OfficialRun): void {
  for (const name of ['scores.txt', 'per_image_scores.csv']) {
    expect(files[name], name).toBe(officialFile(run, name));
  }
  expectOfficialJson(files, run, 1e-5);
}

/** The JSON file has the program's names in its order and its numbers but for the tolerance. */
export function expectOfficialJson(files: Files, run: OfficialRun, tolerance: number): void {
  const ours: Record<string, number> = JSON.parse(files['scores.json'] ?? '');
  const theirs: Record<string, number> = JSON.parse(officialFile(run, 'scores.json'));
  expect(Object.keys(ours)).toEqual(Object.keys(theirs));
  for (const [name, value] of Object.entries(theirs)) {
    expect(Math.abs((ours[name] ?? Number.NaN) - value), name).toBeLessThan(tolerance);
  }
}

/** Rows of the program's table with nothing but its float32 rounding between. */
export function expectOfficialRows(table: string, run: OfficialRun, ids: RegExp = /^/): void {
  const lines = officialFile(run, 'per_image_scores.csv').split('\r\n');
  const [header = '', ...rows] = lines;
  const wanted = [header, ...rows.filter((row) => row === '' || ids.test(row))].join('\r\n');
  const [ours, theirs] = [splitNumbers(table), splitNumbers(wanted)];
  expect(ours.words).toEqual(theirs.words);
  theirs.numbers.forEach((value, index) => {
    expect(Math.abs((ours.numbers[index] ?? Number.NaN) - value)).toBeLessThan(1e-4);
  });
}

/** `all_metrics.csv` against what the program computes per region. */
export function expectGoldenMetrics(allMetrics: string): void {
  const lines = allMetrics.trimEnd().split('\n').slice(1);
  const values = new Map(
    lines.map((line) => {
      const [id, region, metric, version, value] = line.split(',');
      return [`${id} ${region} ${metric} ${version}`, value];
    }),
  );
  for (const golden of GOLDEN_CASES) {
    for (const region of REGION_IDS) {
      for (const metric of RAIM_METRIC_IDS) {
        const key = `${golden.id} ${region} ${metric} ${METRICS[metric].version}`;
        const expected = goldenValue(golden, metric, region);
        if (expected === null) expect(values.get(key), key).toBe('N/A');
        else {
          const difference = Math.abs(Number(values.get(key)) - expected);
          expect(difference, key).toBeLessThan(GOLDEN_TOLERANCE[metric]);
        }
      }
    }
  }
}

/** Joins the parts in a folder and gives the files and what was said. */
export async function mergeParts(from: string, to: string, ...options: string[]) {
  const args = ['score', 'merge', from, '--out', to, ...options];
  const { code, stdout, stderr } = await runCli(args);
  expect([code, stdout], stderr).toEqual([0, '']);
  return { files: readFolder(to), stderr };
}
