import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { maskNames } from '../src/core/dataset/ids.ts';
import { type ImagePair, listNames, pairById } from '../src/core/dataset/pairing.ts';
import { pathOf, readArguments, refusePositionals, required } from './arguments.ts';
import { BadInput, EXIT, say } from './exit.ts';
import { filesBelow, shortName, writeTogether } from './files.ts';
import { type ImageScores, imageScores, type SuppliedValues } from './imageScores.ts';
import { type Lpips, openLpips } from './lpips.ts';
import { type Measurer, openMeasurer, readDevice } from './measurer.ts';
import { readMask, readPicture } from './pictures.ts';
import { scoreFiles } from './scoreFiles.ts';
import {
  inShard,
  readShardPlace,
  SHARD_VERSION,
  type Shard,
  type ShardPlace,
  shardFileName,
} from './shard.ts';
import { readSupplied } from './supplied.ts';

const OPTIONS = {
  values: ['gt', 'output', 'mask', 'out', 'device', 'lpips', 'metrics', 'shard'],
  flags: [],
};

interface Folders {
  readonly groundTruth: string;
  readonly output: string;
  readonly mask: string;
}

interface Tools {
  readonly measurer: Measurer;
  readonly lpips: Lpips | null;
}

/** The whole set, checked; whatever part of it is scored. */
async function readSet({ groundTruth, output, mask }: Folders): Promise<readonly ImagePair[]> {
  const [outputs, truths] = [
    await filesBelow(output, 'folder of predictions'),
    await filesBelow(groundTruth, 'folder of ground truths'),
  ];
  await filesBelow(mask, 'folder of masks');
  const { pairs, problems, ignored } = pairById(outputs, truths);
  if (problems.length > 0) throw new BadInput(`The set cannot be scored: ${problems.join('; ')}.`);
  if (ignored.length > 0) say(`Left out, without a three-digit ID: ${listNames(ignored)}.`);
  return pairs;
}

function maskOf(id: string, folder: string): string | null {
  const name = maskNames(id).find((candidate) => existsSync(join(folder, candidate)));
  return name === undefined ? null : join(folder, name);
}

async function scoreImage(
  pair: ImagePair,
  folders: Folders,
  { measurer, lpips }: Tools,
  supplied: SuppliedValues,
): Promise<ImageScores> {
  const outputFile = join(folders.output, pair.output);
  const truthFile = join(folders.groundTruth, pair.groundTruth);
  const output = await readPicture(outputFile);
  const truth = await readPicture(truthFile);
  if (output.width !== truth.width || output.height !== truth.height) {
    throw new BadInput(
      `Image ${pair.id}: ${shortName(outputFile)} is ${output.width}×${output.height} pixels, ${shortName(truthFile)} ${truth.width}×${truth.height}; they must be of one size.`,
    );
  }
  const maskFile = maskOf(pair.id, folders.mask);
  const mask = maskFile === null ? null : await readMask(maskFile, output.width, output.height);
  const measured = {
    values: await measurer.measure(output, truth, mask),
    lpips: lpips && (await lpips.measure(pair.id, output, truth, mask)),
    hasMask: mask !== null,
  };
  const files = {
    id: pair.id,
    outputFile: basename(pair.output),
    groundTruthFile: basename(pair.groundTruth),
  };
  return imageScores(files, measured, supplied);
}

async function scoreImages(
  pairs: readonly ImagePair[],
  folders: Folders,
  tools: Tools,
  supplied: ReadonlyMap<string, SuppliedValues>,
): Promise<ImageScores[]> {
  const images: ImageScores[] = [];
  for (const pair of pairs) {
    images.push(await scoreImage(pair, folders, tools, supplied.get(pair.id) ?? {}));
    if (process.stderr.isTTY) process.stderr.write(`\r${images.length} of ${pairs.length} images`);
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  return images;
}

/** Writes the score files of a whole set and says what the numbers are worth. */
export async function writeScores(folder: string, images: readonly ImageScores[]): Promise<void> {
  const { totals, contents } = scoreFiles(images);
  await writeTogether(folder, contents);
  const score = totals.score.toFixed(2);
  const measured = images.filter(({ columns }) => columns.LPIPS_person !== null).length;
  if (totals.withoutLpips) {
    say(`Without LPIPS: ${score} is a lower bound and not comparable with published scores.`);
  } else {
    say(`Score ${score} over ${images.length} images, ${measured} of them with LPIPS.`);
  }
}

async function openTools(device: string, lpipsFiles: string | undefined): Promise<Tools> {
  const wanted = readDevice(device);
  const lpips =
    lpipsFiles === undefined ? null : await openLpips(lpipsFiles.split(',').map(pathOf));
  return { measurer: await openMeasurer(wanted), lpips };
}

function noteMasks(pairs: readonly ImagePair[], folder: string): void {
  const without = pairs.map(({ id }) => id).filter((id) => maskOf(id, folder) === null);
  if (without.length === 0) return;
  say(`No mask for ${listNames(without)}: measured on the whole picture, as the program does.`);
}

/**
 * `score`: the RAIM 2026 scoring program over folders of pictures.
 * @returns the exit code
 * @throws {BadInput} {NoGpu}
 */
export async function score(args: readonly string[]): Promise<number> {
  const given = readArguments(args, OPTIONS);
  refusePositionals(given);
  const folders: Folders = {
    groundTruth: pathOf(required(given, 'gt')),
    output: pathOf(required(given, 'output')),
    mask: pathOf(required(given, 'mask')),
  };
  const out = pathOf(required(given, 'out'));
  const shardText = given.values.get('shard');
  const place: ShardPlace | null = shardText === undefined ? null : readShardPlace(shardText);
  const device = given.values.get('device') ?? 'auto';
  readDevice(device);
  const set = await readSet(folders);
  const ids = set.map(({ id }) => id);
  const table = given.values.get('metrics');
  const supplied = table === undefined ? new Map() : await readSupplied(pathOf(table), ids);
  const pairs = place ? inShard(set, place) : set;
  noteMasks(pairs, folders.mask);
  const tools = await openTools(device, given.values.get('lpips'));
  try {
    say(`Measuring ${pairs.length} images on ${tools.measurer.description}.`);
    const images = await scoreImages(pairs, folders, tools, supplied);
    if (!place) {
      await writeScores(out, images);
    } else {
      const measuredBy = [tools.measurer.backend, tools.lpips?.version].filter(Boolean).join(' ');
      const shard: Shard = { version: SHARD_VERSION, ...place, ids, measuredBy, images };
      await writeTogether(out, { [shardFileName(place)]: `${JSON.stringify(shard)}\n` });
    }
  } finally {
    tools.measurer.close();
    await tools.lpips?.release();
  }
  return EXIT.ok;
}
