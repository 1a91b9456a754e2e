import { basename, join } from 'node:path';
import { RAIM2026_COLUMNS } from '../src/core/challenges/raim2026.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import { REGION_IDS } from '../src/core/metrics/types.ts';
import type { ImageScores, MetricRow } from '../src/core/scoring/imageScores.ts';
import { BadInput } from './exit.ts';
import { filesBelow, readText } from './files.ts';

/** Part `index` (from 1) of `count`. */
export interface ShardPlace {
  readonly index: number;
  readonly count: number;
}

/** What a part of a set leaves behind, numbers at full precision. */
export interface Shard extends ShardPlace {
  /** Raised when the file's shape changes. */
  readonly version: typeof SHARD_VERSION;
  /** The IDs of the whole set, sorted. */
  readonly ids: readonly string[];
  /** What measured: parts measured differently do not belong together. */
  readonly measuredBy: string;
  readonly images: readonly ImageScores[];
}

export const SHARD_VERSION = 1;

const FILE_NAME = /^shard-\d+-of-\d+\.json$/;

export const shardFileName = ({ index, count }: ShardPlace) => `shard-${index}-of-${count}.json`;

/** @throws {BadInput} unless it is `i/n` with 1 <= i <= n */
export function readShardPlace(text: string): ShardPlace {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (match && index >= 1 && index <= count) return { index, count };
  throw new BadInput(`--shard is “${text}”; it must be i/n with i from 1 to n, such as 2/8.`);
}

/** Every n-th: neighbours, which are often alike in size, go to different parts. */
export function inShard<T>(sorted: readonly T[], { index, count }: ShardPlace): T[] {
  return sorted.filter((_, position) => position % count === index - 1);
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isValue = (value: unknown) => value === null || Number.isFinite(value);

function isMetricRow(row: unknown): row is MetricRow {
  if (!isFields(row) || ![row.metric, row.version, row.note].every(isText)) return false;
  return REGION_IDS.some((region) => region === row.region) && isValue(row.value);
}

function isImage(image: unknown): image is ImageScores {
  if (!isFields(image) || !isFields(image.columns) || !Array.isArray(image.metrics)) return false;
  const { columns } = image;
  return (
    [image.id, image.outputFile, image.groundTruthFile].every(isText) &&
    typeof image.hasMask === 'boolean' &&
    RAIM2026_COLUMNS.every((column) => isValue(columns[column])) &&
    image.metrics.every(isMetricRow)
  );
}

function isShard(value: unknown): value is Shard {
  return (
    isFields(value) &&
    value.version === SHARD_VERSION &&
    Number.isInteger(value.index) &&
    Number.isInteger(value.count) &&
    isText(value.measuredBy) &&
    Array.isArray(value.ids) &&
    value.ids.every(isText) &&
    Array.isArray(value.images) &&
    value.images.every(isImage)
  );
}

async function readShard(file: string): Promise<Shard> {
  const text = await readText(file);
  try {
    const shard: unknown = JSON.parse(text);
    if (isShard(shard)) return shard;
  } catch (caught) {
    if (!(caught instanceof SyntaxError)) throw caught;
  }
  throw new BadInput(`${file} is not a part that this version of Loupe wrote; score it again.`);
}

/**
 * All parts that lie in some folders or below them.
 * @throws {BadInput} where a folder has none or a file is none
 */
export async function readShards(folders: readonly string[]): Promise<Shard[]> {
  const shards: Shard[] = [];
  for (const folder of folders) {
    const names = (await filesBelow(folder, 'folder')).filter((name) =>
      FILE_NAME.test(basename(name)),
    );
    if (names.length === 0) throw new BadInput(`There is no shard-i-of-n.json in ${folder}.`);
    for (const name of names) shards.push(await readShard(join(folder, name)));
  }
  return shards;
}

/**
 * The images of all parts, sorted by ID.
 * @throws {BadInput} where parts are missing, twice or of different sets
 */
export function joinShards(shards: readonly Shard[]): ImageScores[] {
  const [first] = shards;
  if (!first) throw new BadInput('There is no part to merge.');
  const differs = (part: (shard: Shard) => unknown) =>
    shards.some((shard) => JSON.stringify(part(shard)) !== JSON.stringify(part(first)));
  if (differs(({ count }) => count)) throw new BadInput('The parts belong to different splits.');
  if (differs(({ ids }) => ids))
    throw new BadInput('The parts belong to different sets of images.');
  if (differs(({ measuredBy }) => measuredBy)) {
    const ways = [...new Set(shards.map(({ measuredBy }) => measuredBy))];
    throw new BadInput(
      `The parts were measured in different ways (${ways.join('; ')}); score them with one --device, one --lpips and the same --metric files.`,
    );
  }
  const indices = shards.map(({ index }) => index);
  const twice = indices.filter((index, position) => indices.indexOf(index) !== position);
  if (twice.length > 0)
    throw new BadInput(`These parts are there twice: ${listNames(twice.map(String))}.`);
  const all = Array.from({ length: first.count }, (_, index) => index + 1);
  const missing = all.filter((index) => !indices.includes(index)).map(String);
  if (missing.length > 0) {
    throw new BadInput(`These parts of ${first.count} are missing: ${listNames(missing)}.`);
  }
  return shards
    .flatMap(({ images }) => images)
    .toSorted((a, b) => first.ids.indexOf(a.id) - first.ids.indexOf(b.id));
}
