import type { Rgba8 } from '../core/image/types.ts';
import type { ModelEntry, Progress, Provider } from '../protocol/engine.ts';
import type { ParityJob, ParityOutcome } from '../protocol/models.ts';
import type { Running } from './boot.ts';
import { reasonOf } from './failure.ts';
import type { ModelRegistry } from './modelRegistry.ts';
import { parityFeeds } from './parityFeeds.ts';
import { againstWebGpu } from './provider.ts';
import type { JobControl } from './queue.ts';
import { type RunValues, runFeeds } from './runFeeds.ts';
import type { SessionPool } from './sessionPool.ts';
import type { Subject } from './tileRunner.ts';
import { trialPicture } from './trialPicture.ts';
import { hasHalf, twinOf } from './twin.ts';

/** Steps of 8 bits that two providers may lie apart: rounding, not an error. */
const MOST_APART = 1;
/** In float16 every layer rounds to 11 bits; WASM computes the same network in float32. */
const MOST_APART_HALF = 8;
/** Largest side of the crop: on a software adapter WebGPU is slow. */
const MOST_SIDE = 128;

interface Distance {
  readonly largest: number;
  readonly mean: number;
}

/** How far two runs are apart, in 8-bit steps; infinite where only one of them gives a number. */
export function distance(
  { output }: Pick<ModelEntry['contract'], 'output'>,
  a: RunValues,
  b: RunValues,
): Distance {
  const std = output.kind === 'image' ? Math.max(...output.normalisation.std) : 1;
  let largest = 0;
  let sum = 0;
  b.values.forEach((value, i) => {
    const other = a.values[i] ?? Number.NaN;
    const same = Object.is(value, other) || (Number.isNaN(value) && Number.isNaN(other));
    const apart = same ? 0 : Math.abs(value - other) * Math.abs(std) * 255;
    const counted = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart;
    largest = Math.max(largest, counted);
    sum += counted;
  });
  return { largest, mean: sum / Math.max(1, b.values.length) };
}

/** Of several pictures: the largest of all, and the mean of their means. */
function together(all: readonly Distance[]): Distance {
  const largest = all.reduce((most, one) => Math.max(most, one.largest), 0);
  return { largest, mean: all.reduce((sum, one) => sum + one.mean, 0) / Math.max(1, all.length) };
}

function steps(value: number): string {
  return value < 0.01 ? 'less than 0.01' : value.toFixed(2);
}

function judge(
  { title, contract, facts }: ModelEntry,
  adapter: string,
  { largest, mean }: Distance,
  twin: boolean,
): ParityOutcome {
  const isHalf =
    twin || contract.input.element === 'float16' || (facts?.precision ?? '').includes('float16');
  if (!Number.isFinite(largest)) {
    const sentence = `On ${adapter}, ${title} gives values that are not numbers where WASM gives some, so it runs on WASM.`;
    return { verdict: 'differ', largest: null, mean: null, sentence, adapter };
  }
  const agrees = largest <= (isHalf ? MOST_APART_HALF : MOST_APART);
  const figures = `at most ${steps(largest)} of 255 apart, ${steps(mean)} on average`;
  const sentence = agrees
    ? `On ${adapter}, WebGPU and WASM agree: ${figures}.`
    : `On ${adapter}, WebGPU and WASM differ: ${figures}. WebGPU is wrong for ${title}, so it runs on WASM.`;
  return { verdict: agrees ? 'agree' : 'differ', largest, mean, sentence, adapter };
}

const nothing = (sentence: string, adapter: string | null): ParityOutcome => ({
  verdict: 'not-applicable',
  largest: null,
  mean: null,
  sentence,
  adapter,
});

/** The crop's upper left corner, no larger than the check needs. */
function cropped({ width, height, data }: Rgba8): Rgba8 {
  if (width <= MOST_SIDE && height <= MOST_SIDE) return { width, height, data };
  const size = { width: Math.min(width, MOST_SIDE), height: Math.min(height, MOST_SIDE) };
  const cut = new Uint8ClampedArray(size.width * size.height * 4);
  for (let y = 0; y < size.height; y += 1) {
    const start = y * width * 4;
    cut.set(data.subarray(start, start + size.width * 4), y * size.width * 4);
  }
  return { ...size, data: cut };
}

/** The crop, and a built-in picture of its size: errors do not show on a black or a grey crop. */
function subjectsOf({ crop, mask }: ParityJob): Subject[] {
  if (!crop) return [{ picture: trialPicture(64, 64), mask: null }];
  const picture = cropped(crop);
  const { width, height } = picture;
  const fits = mask?.width === width && mask.height === height;
  return [
    { picture, mask: fits ? mask : null },
    { picture: trialPicture(width, height), mask: null },
  ];
}

/**
 * One crop through both providers. Where WebGPU differs or cannot run the model at all, the model is
 * tied to WASM: that is a verdict, not an error.
 * @throws {Failure} `model-load` where there is no such model or WASM cannot run it; `cancelled`
 */
export async function checkParity(
  { info, gpu }: Running,
  registry: ModelRegistry,
  pool: SessionPool,
  job: ParityJob,
  onProgress: (progress: Progress) => void,
  control: JobControl,
): Promise<ParityOutcome> {
  const { entry, files } = registry.get(job.modelId);
  if (!gpu || info.adapter === null) {
    return nothing('There is no WebGPU adapter to check: the model runs on WASM.', null);
  }
  const half = hasHalf(gpu);
  const against = againstWebGpu(entry, half);
  if (against !== null) return nothing(against, info.adapter);
  const onDevice = half ? twinOf(entry) : entry;
  const feeds = subjectsOf(job).map((subject) => parityFeeds(entry.contract, subject));
  const run = async (provider: Provider, done: number): Promise<RunValues[]> => {
    onProgress({ stage: 'trying', done, total: 2, secondsLeft: null });
    const wish = { entry: provider === 'webgpu' ? onDevice : entry, files, provider };
    const device = provider === 'webgpu' ? gpu.device : null;
    const values: RunValues[] = [];
    for (const feed of feeds) {
      const { width, height } = feed;
      const session = await pool.get({ ...wish, width, height }, onProgress);
      await control.checkpoint();
      values.push(await runFeeds(session, entry.contract, feed, device));
    }
    return values;
  };
  const onWasm = await run('wasm', 0);
  await control.checkpoint();
  try {
    const onGpu = await run('webgpu', 1);
    const apart = onWasm.map((right, i) => distance(entry.contract, onGpu[i] ?? right, right));
    const outcome = judge(entry, info.adapter, together(apart), onDevice !== entry);
    registry.setProvider(entry.id, outcome.verdict === 'differ' ? 'wasm' : 'webgpu');
    return outcome;
  } catch (caught) {
    await control.checkpoint();
    registry.setProvider(entry.id, 'wasm');
    const sentence = `${entry.title} cannot be run on WebGPU (${reasonOf(caught)}), so it runs on WASM.`;
    return { verdict: 'failed', largest: null, mean: null, sentence, adapter: info.adapter };
  }
}
