import { BadInput } from '../../core/badInput.ts';
import { RAIM2026_COLUMNS } from '../../core/challenges/raim2026.ts';
import { listNames } from '../../core/dataset/pairing.ts';
import type { SetCase } from '../../core/dataset/survey.ts';
import { networkVersion } from '../../core/metrics/learned.ts';
import { METRIC_IDS, REGION_IDS, type RegionId } from '../../core/metrics/types.ts';
import type { ImageScores, MetricRow } from '../../core/scoring/imageScores.ts';
import { scoreFiles } from '../../core/scoring/scoreFiles.ts';
import { scoreKey } from '../../storage/benchStorage.ts';
import { columnsOf, versioned } from './columns.ts';
import type { BenchContext } from './context.ts';
import { stampOf } from './files.ts';
import { learnedHereAndKept } from './keptColumns.ts';

const nameOf = (id: string | null) => (id ?? '').split('/').at(-1) ?? '';

/** Cases with ground truth, which is what the program pairs by; every ID must be there once. */
function officialCases({ survey }: BenchContext, method: string): SetCase[] {
  const cases = survey.cases.filter(({ gt }) => gt !== null);
  const without = cases.filter(({ imageId }) => imageId === null);
  if (without.length > 0) {
    throw new BadInput(
      `The organisers’ files need three digits in every name: ${listNames(without.map(({ title }) => title))} ${without.length === 1 ? 'has' : 'have'} none.`,
    );
  }
  const ids = cases.map(({ imageId }) => imageId ?? '');
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length > 0) {
    throw new BadInput(
      `The organisers’ program refuses a set in which IDs are shared: ${listNames(twice)}.`,
    );
  }
  const missing = cases.filter(({ outputs }) => outputs[method] === undefined);
  if (missing.length > 0) {
    throw new BadInput(
      `${method} has no output for ${listNames(missing.map(({ title }) => title))}.`,
    );
  }
  return cases;
}

/** A case's numbers as the command line keeps them, in its order. */
function imageOf(context: BenchContext, entry: SetCase, method: string): ImageScores {
  const stored = context.scores.get(scoreKey(entry.id, method));
  if (stored === undefined || stored.stamp !== stampOf(context, entry, method)) {
    throw new BadInput(`${entry.title} is not measured yet for ${method}: press Measure.`);
  }
  const learned = learnedHereAndKept(context);
  const columns = new Map(
    [...columnsOf('all-and-niqe', new Map()), ...learned.map(({ column }) => column)].map(
      (column) => [column.id, column],
    ),
  );
  const valueIn = (id: string) => {
    const column = columns.get(id);
    return column === undefined ? undefined : stored.values[versioned(column)];
  };
  const hasMask = entry.mask !== null;
  const rows: MetricRow[] = [];
  const add = (metric: string, region: RegionId, sha256: string | null = null): void => {
    const id = `${metric}:${region}`;
    const value = valueIn(id);
    if (value === undefined) return;
    const version = sha256 === null ? (columns.get(id)?.version ?? '') : networkVersion(sha256);
    rows.push({ region, metric, version, value, note: stored.notes?.[id] ?? '' });
  };
  for (const region of REGION_IDS) for (const metric of METRIC_IDS) add(metric, region);
  add('niqe', 'global');
  // A case has each of them in one region.
  for (const { column, sha256 } of learned.toSorted((a, b) =>
    a.column.id < b.column.id ? -1 : 1,
  )) {
    const [, metric = '', region] = /^((?:lpips|onnx).*):(person|global)$/.exec(column.id) ?? [];
    if (region !== undefined) add(metric, region as RegionId, sha256);
  }
  const official = RAIM2026_COLUMNS.map(
    (column) => [column, valueIn(`raim2026:${column}`) ?? null] as const,
  );
  return {
    id: entry.imageId ?? '',
    outputFile: nameOf(entry.outputs[method] ?? ''),
    groundTruthFile: nameOf(entry.gt),
    hasMask,
    columns: Object.fromEntries(official) as ImageScores['columns'],
    metrics: rows,
  };
}

/**
 * The scoring program's files for one method, by the code of the command line.
 * @throws {BadInput} with a sentence where the set is not what the program takes
 */
export function organisersFiles(
  context: BenchContext,
  method: string,
): Readonly<Record<string, string>> {
  const images = officialCases(context, method).map((entry) => imageOf(context, entry, method));
  return scoreFiles(images.sort((a, b) => (a.id < b.id ? -1 : 1))).contents;
}
