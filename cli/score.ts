import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { maskNames } from '../src/core/dataset/ids.ts';
import { type ImagePair, listNames, type Pairing, pairById } from '../src/core/dataset/pairing.ts';
import type { MetricContract } from '../src/core/metrics/learned.ts';
import { niqe } from '../src/core/metrics/niqe/niqe.ts';
import {
  type ImageScores,
  imageScores,
  type LearnedScore,
} from '../src/core/scoring/imageScores.ts';
import { scoreFiles } from '../src/core/scoring/scoreFiles.ts';
import { counted } from '../src/core/text/counted.ts';
import type { LearnedPicture } from '../src/protocol/learned.ts';
import { pathOf, readArguments, refusePositionals, required } from './arguments.ts';
import { BadInput, showProgress } from './exit.ts';
import { filesBelow, shortName, writeTogether } from './files.ts';
import { findInputs, type InputFiles } from './inputs.ts';
import { type LearnedTool, openLpips, openMetric } from './learned.ts';
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
  values: ['gt', 'output', 'mask', 'input', 'out', 'device', 'lpips', 'metrics', 'shard'],
  lists: ['metric'],
  flags: [],
};

interface Folders {
  readonly groundTruth: string;
  readonly output: string;
  readonly mask: string;
}

interface Tools {
  readonly measurer: Measurer;
  readonly inputs: InputFiles;
  readonly learned: readonly LearnedTool[];
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

/** What every learned metric gives; inputs may have another size, and then their masks. */
async function measureAll(
  id: string,
  { learned, inputs }: Pick<Tools, 'learned' | 'inputs'>,
  output: LearnedPicture,
  truth: LearnedPicture,
  maskFile: string | null,
): Promise<LearnedScore[]> {
  const inputFile = inputs.get(id);
  const input = inputFile === undefined ? null : await readPicture(inputFile);
  const mask = input && maskFile && (await readMask(maskFile, input.width, input.height));
  const pictures: Record<MetricContract['kind'], readonly LearnedPicture[]> = {
    'full-reference': [output, truth],
    'no-reference': [output],
    identity: input ? [output, { pixels: input, mask: mask || null }] : [],
  };
  const scores: LearnedScore[] = [];
  for (const tool of learned) scores.push(await tool.measure(id, pictures[tool.contract.kind]));
  return scores;
}

async function scoreImage(
  pair: ImagePair,
  folders: Folders,
  { measurer, learned, inputs }: Tools,
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
    learned: await measureAll(
      pair.id,
      { learned, inputs },
      { pixels: output, mask },
      { pixels: truth, mask },
      maskFile,
    ),
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
    : [`Score ${score} over ${counted(images.length, 'image')}, ${measured} of them with LPIPS.`];
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
  readonly metrics: readonly string[];
  /** Null where it is not named: only metrics of identity need it. */
  readonly input: string | null;
  readonly table: string | null;
}

function readRequest(args: readonly string[]): Request {
  const given = readArguments(args, OPTIONS);
  refusePositionals(given);
  const { values, lists } = given;
  const input = values.get('input');
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
    metrics: (lists.get('metric') ?? []).map(pathOf),
    input: input === undefined ? null : pathOf(input),
    table: table === undefined ? null : pathOf(table),
  };
}

async function openLearned({ lpips, metrics }: Request): Promise<LearnedTool[]> {
  const tools: LearnedTool[] = [];
  try {
    if (lpips !== null) tools.push(await openLpips(lpips.split(',').map(pathOf)));
    for (const file of metrics) {
      const tool = await openMetric(file);
      const known = tools.some(({ id }) => id === tool.id);
      tools.push(tool);
      if (known) throw new BadInput(`${basename(file)}: the metric ${tool.id} is given twice.`);
    }
    return tools;
  } catch (caught) {
    for (const tool of tools) await tool.release();
    throw caught;
  }
}

/** @param ids of the whole set */
async function openTools(request: Request, ids: readonly string[]): Promise<Tools> {
  const measurer = await openMeasurer(request.device);
  try {
    const learned = await openLearned(request);
    return { measurer, learned, inputs: await findInputs(request.input, learned, ids) };
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
  const tools = await openTools(request, ids);
  const { measurer, learned } = tools;
  try {
    const images = await scoreImages(pairs, folders, tools, supplied);
    const lines = remarks({ ...set, pairs }, folders.mask);
    lines.push(`Measured ${counted(images.length, 'image')} on ${measurer.description}.`);
    lines.push(...learned.flatMap(({ warning }) => warning ?? []));
    lines.push(...supplied.remarks);
    if (!place) return [...lines, ...(await writeScores(out, images))];
    const networks = learned.map(({ id, version }) =>
      id === 'lpips' ? version : `${id} ${version}`,
    );
    const measuredBy = [measurer.backend, ...networks].join(' ');
    const shard: Shard = { version: SHARD_VERSION, ...place, ids, measuredBy, images };
    await writeTogether(out, { [shardFileName(place)]: `${JSON.stringify(shard)}\n` });
    return lines;
  } finally {
    measurer.close();
    for (const tool of learned) await tool.release();
  }
}
