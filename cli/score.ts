import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { maskNames } from '../src/core/dataset/ids.ts';
import { type ImagePair, listNames, type Pairing, pairById } from '../src/core/dataset/pairing.ts';
import { niqe } from '../src/core/metrics/niqe/niqe.ts';
import { type ImageScores, imageScores } from '../src/core/scoring/imageScores.ts';
import { scoreFiles } from '../src/core/scoring/scoreFiles.ts';
import { pathOf, readArguments, refusePositionals, required } from './arguments.ts';
import { BadInput, showProgress } from './exit.ts';
import { filesBelow, shortName, writeTogether } from './files.ts';
import { type Lpips, openLpips } from './lpips.ts';
import { type Device, type Measurer, openMeasurer, readDevice } from './measurer.ts';
import { readMask, readPicture } from './pictures.ts';
import {
  inShard,
  readShardPlace,
  SHARD_VERSION,
  type Shard,
  type ShardPlace,
  shardFileName,
} from './shard.ts';
import { readSupplied, type SuppliedTable } from './supplied.ts';

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
async function readSet({ groundTruth, output, mask }: Folders): Promise<Pairing> {
  const [outputs, truths] = [
    await filesBelow(output, 'folder of predictions'),
    await filesBelow(groundTruth, 'folder of ground truths'),
  ];
  await filesBelow(mask, 'folder of masks');
  const pairing = pairById(outputs, truths);
  const { problems } = pairing;
  if (problems.length > 0) throw new BadInput(`The set cannot be scored: ${problems.join('; ')}.`);
  return pairing;
}

function maskOf(id: string, folder: string): string | null {
  const name = maskNames(id).find((candidate) => existsSync(join(folder, candidate)));
  return name === undefined ? null : join(folder, name);
}

async function scoreImage(
  pair: ImagePair,
  folders: Folders,
  { measurer, lpips }: Tools,
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
    niqe: niqe(output),
    lpips: lpips && (await lpips.measure(pair.id, output, truth, mask)),
    hasMask: mask !== null,
  };
  const files = {
    id: pair.id,
    outputFile: basename(pair.output),
    groundTruthFile: basename(pair.groundTruth),
  };
  return imageScores(files, measured);
}

async function scoreImages(
  pairs: readonly ImagePair[],
  folders: Folders,
  tools: Tools,
  supplied: SuppliedTable,
): Promise<ImageScores[]> {
  const images: ImageScores[] = [];
  for (const pair of pairs) {
    images.push(supplied.apply(await scoreImage(pair, folders, tools)));
    showProgress(images.length, pairs.length);
  }
  return images;
}

/**
 * Writes the score files of a whole set.
 * @returns what the score is worth, as a line for the terminal
 */
export async function writeScores(
  folder: string,
  images: readonly ImageScores[],
): Promise<readonly string[]> {
  const { totals, contents } = scoreFiles(images);
  await writeTogether(folder, contents);
  const score = totals.score.toFixed(2);
  const measured = images.filter(({ columns }) => columns.LPIPS_person !== null).length;
  return totals.withoutLpips
    ? [`Without LPIPS: ${score} is a lower bound and not comparable with published scores.`]
    : [`Score ${score} over ${images.length} images, ${measured} of them with LPIPS.`];
}

/** What the reader of the numbers must know about the pictures. */
function remarks({ pairs, ignored }: Pairing, folder: string): string[] {
  const lines: string[] = [];
  if (ignored.length > 0) lines.push(`Left out, without a three-digit ID: ${listNames(ignored)}.`);
  const without = pairs.map(({ id }) => id).filter((id) => maskOf(id, folder) === null);
  if (without.length > 0) {
    const names = listNames(without);
    lines.push(`No mask for ${names}: measured on the whole picture, as the program does.`);
  }
  return lines;
}

interface Request {
  readonly folders: Folders;
  readonly out: string;
  readonly place: ShardPlace | null;
  readonly device: Device;
  readonly lpips: string | null;
  readonly table: string | null;
}

function readRequest(args: readonly string[]): Request {
  const given = readArguments(args, OPTIONS);
  refusePositionals(given);
  const { values } = given;
  const place = values.get('shard');
  const table = values.get('metrics');
  return {
    folders: {
      groundTruth: pathOf(required(given, 'gt')),
      output: pathOf(required(given, 'output')),
      mask: pathOf(required(given, 'mask')),
    },
    out: pathOf(required(given, 'out')),
    place: place === undefined ? null : readShardPlace(place),
    device: readDevice(values.get('device') ?? 'auto'),
    lpips: values.get('lpips') ?? null,
    table: table === undefined ? null : pathOf(table),
  };
}

async function openTools({ device, lpips }: Request): Promise<Tools> {
  const measurer = await openMeasurer(device);
  try {
    const network = lpips === null ? null : await openLpips(lpips.split(',').map(pathOf));
    return { measurer, lpips: network };
  } catch (caught) {
    measurer.close();
    throw caught;
  }
}

/**
 * `score`: the RAIM 2026 scoring program over folders of pictures.
 * @returns lines for the terminal
 * @throws {BadInput} {NoGpu}
 */
export async function score(args: readonly string[]): Promise<readonly string[]> {
  const request = readRequest(args);
  const { folders, out, place, table } = request;
  const set = await readSet(folders);
  const ids = set.pairs.map(({ id }) => id);
  const supplied = await readSupplied(table, ids);
  const pairs = place ? inShard(set.pairs, place) : set.pairs;
  const tools = await openTools(request);
  const { measurer, lpips } = tools;
  try {
    const images = await scoreImages(pairs, folders, tools, supplied);
    const lines = remarks({ ...set, pairs }, folders.mask);
    lines.push(`Measured ${images.length} images on ${measurer.description}.`);
    if (lpips?.warning) lines.push(lpips.warning);
    lines.push(...supplied.remarks);
    if (!place) return [...lines, ...(await writeScores(out, images))];
    const measuredBy = [measurer.backend, lpips?.version].filter(Boolean).join(' ');
    const shard: Shard = { version: SHARD_VERSION, ...place, ids, measuredBy, images };
    await writeTogether(out, { [shardFileName(place)]: `${JSON.stringify(shard)}\n` });
    return lines;
  } finally {
    measurer.close();
    await lpips?.release();
  }
}
