import type { Rgba8 } from '../core/image/types.ts';
import type { ModelEntry, Progress, Provider } from '../protocol/engine.ts';
import type { ParityJob, ParityOutcome } from '../protocol/models.ts';
import type { Running } from './boot.ts';
import { reasonOf } from './failure.ts';
import { feedsFor } from './feeds.ts';
import type { ModelRegistry } from './modelRegistry.ts';
import { againstWebGpu } from './provider.ts';
import type { JobControl } from './queue.ts';
import { type RunValues, runFeeds } from './runFeeds.ts';
import type { SessionPool } from './sessionPool.ts';
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
  const picture = cropped(job.crop ?? trialPicture(64, 64));
  const fits = job.mask?.width === picture.width && job.mask.height === picture.height;
  const mask = fits ? job.mask : null;
  const feeds = feedsFor(entry.contract, { picture, mask });
  const { width, height } = feeds;
  const run = async (provider: Provider, done: number): Promise<RunValues> => {
    onProgress({ stage: 'trying', done, total: 2, secondsLeft: null });
    const wish = { entry: provider === 'webgpu' ? onDevice : entry, files, provider };
    const session = await pool.get({ ...wish, width, height }, onProgress);
    await control.checkpoint();
    const device = provider === 'webgpu' ? gpu.device : null;
    return runFeeds(session, entry.contract, feeds, device);
  };
  const onWasm = await run('wasm', 0);
  await control.checkpoint();
  try {
    const apart = distance(entry.contract, await run('webgpu', 1), onWasm);
    const outcome = judge(entry, info.adapter, apart, onDevice !== entry);
    if (outcome.verdict === 'differ') registry.setProvider(entry.id, 'wasm');
    return outcome;
  } catch (caught) {
    await control.checkpoint();
    registry.setProvider(entry.id, 'wasm');
    const sentence = `${entry.title} cannot be run on WebGPU (${reasonOf(caught)}), so it runs on WASM.`;
    return { verdict: 'failed', largest: null, mean: null, sentence, adapter: info.adapter };
  }
}
