import type { Rgba8 } from '../core/image/types.ts';
import { type GpuContext, requestDevice } from '../gpu/device.ts';
import type { Feeds } from '../models/session.ts';
import type { EngineInfo, ModelEntry, Progress } from '../protocol/engine.ts';
import type { ModelContract, ModelFiles, ParityJob, ParityOutcome } from '../protocol/models.ts';
import { Failure, reasonOf } from './failure.ts';
import { parityFeeds } from './parityFeeds.ts';
import { type RunValues, runFeeds } from './runFeeds.ts';
import { SessionPool } from './sessionPool.ts';
import type { Subject } from './tileRunner.ts';
import { trialPicture } from './trialPicture.ts';
import { hasHalf, twinOf } from './twin.ts';

/** Steps of 8 bits that two providers may lie apart: rounding, not an error. */
const MOST_APART = 1;
/** In float16 every layer rounds to 11 bits; WASM computes the same network in float32. */
const MOST_APART_HALF = 8;
/** Within this the browser tells of a lost device, in ms. */
const LOSS_NEWS = 200;
/** Largest side of the crop: on a software adapter WebGPU is slow. */
const MOST_SIDE = 128;

const pause = (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time));

/** Whether ONNX Runtime itself could not be loaded, which says nothing of a model. */
const isStartless = (caught: unknown): caught is Failure =>
  caught instanceof Failure && caught.kind === 'worker-died';

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

/** Smaller distances are not told in numbers. */
const LEAST_SAID = 0.01;

function steps(value: number): string {
  return value < LEAST_SAID ? `less than ${LEAST_SAID}` : value.toFixed(2);
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
  const figures =
    largest < LEAST_SAID
      ? `less than ${LEAST_SAID} of 255 apart`
      : `at most ${largest.toFixed(2)} of 255 apart, ${steps(mean)} on average`;
  const sentence = agrees
    ? `On ${adapter}, WebGPU and WASM agree: ${figures}.`
    : `On ${adapter}, WebGPU and WASM differ: ${figures}. WebGPU is wrong for ${title}, so it runs on WASM.`;
  return { verdict: agrees ? 'agree' : 'differ', largest, mean, sentence, adapter };
}

/** Why nothing was compared. */
export const noParity = (sentence: string, adapter: string | null): ParityOutcome => ({
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

/** A model, and the crop that both providers run on. */
export interface ParityTask {
  readonly entry: ModelEntry;
  /** Null for a model of the list. */
  readonly files: ModelFiles | null;
  readonly job: ParityJob;
  readonly info: EngineInfo;
}

async function runAll(
  { entry, files }: Pick<ParityTask, 'entry' | 'files'>,
  contract: ModelContract,
  feeds: readonly Feeds[],
  pool: SessionPool,
  device: GPUDevice | null,
  onProgress: (progress: Progress) => void,
): Promise<RunValues[]> {
  const provider = device === null ? 'wasm' : 'webgpu';
  const values: RunValues[] = [];
  for (const feed of feeds) {
    const { width, height } = feed;
    const session = await pool.get({ entry, files, provider, width, height }, onProgress);
    onProgress({ stage: 'trying', done: Number(device !== null), total: 2, secondsLeft: null });
    values.push(await runFeeds(session, contract, feed, device));
  }
  return values;
}

/**
 * Compares the providers over one model after another, with a device of its own. Meant for a worker of its
 * own, which its owner ends when it takes too long or is not wanted any more.
 */
export class ProviderComparison {
  readonly #errors: string[] = [];
  #gpu: Promise<GpuContext | null> | null = null;
  #pool: SessionPool | null = null;

  /**
   * One crop through both providers. Where WebGPU cannot run the model at all, that is a verdict, not an
   * error.
   * @throws {Failure} `model-load` where WASM cannot run it
   */
  async run(task: ParityTask, onProgress: (progress: Progress) => void): Promise<ParityOutcome> {
    const { info, entry } = task;
    this.#gpu ??= requestDevice(navigator.gpu, (error) => this.#errors.push(error));
    const gpu = await this.#gpu;
    if (!gpu) return noParity('The WebGPU adapter gave no second device to compare on.', null);
    // One thread: more would be workers of their own, which end later than this one.
    this.#pool ??= new SessionPool({ info: { ...info, threads: 1 }, device: gpu.device });
    const lost = gpu.lost.then((reason): never => {
      // A verdict on the device is none on the model.
      const sentence = `${entry.title} was not compared: the graphics device was lost (${reason}).`;
      throw new Failure('model-run', `${sentence} Compare it again.`);
    });
    try {
      const compared = this.#compare(task, gpu, this.#pool, onProgress);
      const outcome = await Promise.race([compared, lost]);
      // A run may fail before its device is known to be lost.
      if (outcome.verdict === 'failed') await Promise.race([lost, pause(LOSS_NEWS)]);
      return outcome;
    } catch (caught) {
      // The worker that compares is meant, not the engine's.
      if (isStartless(caught)) throw new Failure('model-run', caught.message, caught);
      throw caught;
    } finally {
      await this.#pool.forget(entry.id);
    }
  }

  async #compare(
    task: ParityTask,
    gpu: GpuContext,
    pool: SessionPool,
    onProgress: (progress: Progress) => void,
  ): Promise<ParityOutcome> {
    const { entry, job } = task;
    const { contract } = entry;
    const feeds = subjectsOf(job).map((subject) => parityFeeds(contract, subject));
    const onWasm = await runAll(task, contract, feeds, pool, null, onProgress);
    const twin = hasHalf(gpu) ? twinOf(entry) : entry;
    this.#errors.length = 0;
    try {
      const here = { ...task, entry: twin };
      const onGpu = await runAll(here, contract, feeds, pool, gpu.device, onProgress);
      const [error] = this.#errors;
      if (error !== undefined) throw new Error(error);
      const apart = onWasm.map((right, i) => distance(contract, onGpu[i] ?? right, right));
      return judge(entry, gpu.description, together(apart), twin !== entry);
    } catch (caught) {
      if (isStartless(caught)) throw caught;
      const sentence = `${entry.title} cannot be run on WebGPU (${reasonOf(caught)}), so it runs on WASM.`;
      const adapter = gpu.description;
      return { verdict: 'failed', largest: null, mean: null, sentence, adapter };
    }
  }
}
