import { BadInput } from '../badInput.ts';
import {
  RAIM2026_COLUMNS,
  type Raim2026Column,
  type Raim2026Means,
  type Raim2026Totals,
  raim2026Totals,
} from '../challenges/raim2026.ts';
import type { MetricValue } from '../metrics/types.ts';
import { writeTable } from '../text/csv.ts';
import { fixed, pythonFloat } from '../text/decimals.ts';
import type { ImageScores } from './imageScores.ts';

/** What the scoring program writes after the column's name where LPIPS is its default. */
const LPIPS_NOTE = 'LPIPS disabled, using default value';

const cell = (value: MetricValue) => (value === null ? 'N/A' : fixed(value, 6));

/** The sum with what every addition rounds away carried along (Neumaier 1974): order does not matter. */
function sumOf(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** The mean over the images that have a value; null where none has. */
function meanOf(images: readonly ImageScores[], column: Raim2026Column): number | null {
  const values = images.map(({ columns }) => columns[column]).filter((value) => value !== null);
  if (values.length === 0) return null;
  return sumOf(values) / values.length;
}

function meansOf(images: readonly ImageScores[]): Raim2026Means {
  const mean = (column: Raim2026Column) => {
    const value = meanOf(images, column);
    if (value !== null) return value;
    throw new BadInput(
      `No image has a value for ${column}, so there is no score: check the masks, which are white or black throughout.`,
    );
  };
  return {
    PSNR_bg: mean('PSNR_bg'),
    SSIM_global: mean('SSIM_global'),
    DeltaE_person: mean('DeltaE_person'),
    LPIPS_person: meanOf(images, 'LPIPS_person'),
  };
}

/** The numbers of `scores.json` and `scores.txt`, in the scoring program's order. */
function scoreEntries({ score, globalScore, means, normalised }: Raim2026Totals) {
  const entries: [name: string, value: number][] = [
    ['Score', score],
    ['GlobalScore', globalScore],
  ];
  for (const column of RAIM2026_COLUMNS) {
    const mean = means[column];
    if (mean !== null) entries.push([column, mean]);
  }
  entries.push(
    ['Norm(PSNR_bg)', normalised.PSNR_bg],
    ['SSIM_global_used', normalised.SSIM_global],
    ['Norm(DeltaE_person)', normalised.DeltaE_person],
    ['Norm(LPIPS_person)', normalised.LPIPS_person],
  );
  return entries;
}

function scoresText(totals: Raim2026Totals): string {
  const lines = scoreEntries(totals).map(([name, value]) => `${name}: ${fixed(value, 6)}`);
  if (totals.withoutLpips) lines.push(`LPIPS_person_note: ${LPIPS_NOTE}`);
  // The program has this line and never measures the time.
  lines.push('Duration: 0');
  return `${lines.join('\n')}\n`;
}

function scoresJson(totals: Raim2026Totals): string {
  const lines = scoreEntries(totals).map(([name, value]) => `  "${name}": ${pythonFloat(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}

function perImageTable(images: readonly ImageScores[]): string {
  const rows = images.map(({ id, outputFile, groundTruthFile, columns }) => [
    id,
    outputFile,
    groundTruthFile,
    ...RAIM2026_COLUMNS.map((column) => cell(columns[column])),
  ]);
  const header = ['image_id', 'sr_file', 'hr_file', ...RAIM2026_COLUMNS];
  return writeTable([header, ...rows], '\r\n');
}

function allMetricsTable(images: readonly ImageScores[]): string {
  const rows = images.flatMap(({ id, metrics }) =>
    metrics.map(({ region, metric, version, value, note }) => [
      id,
      region,
      metric,
      version,
      cell(value),
      note,
    ]),
  );
  return writeTable([['image_id', 'region', 'metric', 'version', 'value', 'note'], ...rows]);
}

export interface ScoreFiles {
  readonly totals: Raim2026Totals;
  readonly contents: Readonly<Record<string, string>>;
}

/**
 * The files of a scored set: the scoring program's three, as it writes them, and `all_metrics.csv`.
 * @param images sorted by ID
 * @throws {BadInput} where a metric that the score needs has no value in any image
 */
export function scoreFiles(images: readonly ImageScores[]): ScoreFiles {
  const totals = raim2026Totals(meansOf(images));
  return {
    totals,
    contents: {
      'scores.txt': scoresText(totals),
      'scores.json': scoresJson(totals),
      'per_image_scores.csv': perImageTable(images),
      'all_metrics.csv': allMetricsTable(images),
    },
  };
}
