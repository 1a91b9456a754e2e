import { makeEngine } from '../../src/engine/engine.ts';
import type { Provider, RestoreJob } from '../../src/protocol/engine.ts';
import type { Result } from '../../src/protocol/result.ts';
import { makePair } from './pictures.ts';

export interface RestorationBench {
  readonly model: string;
  readonly provider: Provider;
  readonly threads: number;
  readonly tiles: number;
  /** Of the first picture: loading the model, and then running it. */
  readonly loadSeconds: number;
  readonly firstSeconds: number;
  /** Of the second picture. */
  readonly warmSeconds: number;
}

export interface PreviewBench {
  readonly model: string;
  readonly provider: Provider;
  readonly threads: number;
  /** From the call to the preview: the model loaded in between, and with the model there. */
  readonly firstSeconds: number;
  readonly warmSeconds: number;
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/**
 * Times the default model on pictures of one size.
 * @param provider null: the one that the app would choose here
 */
export async function benchRestoration(
  width: number,
  height: number,
  provider: Provider | null,
): Promise<RestorationBench> {
  const engine = makeEngine();
  const manifest = new URL('/models/manifest.json', location.href).href;
  const { info, models } = unwrap(await engine.start(provider ?? 'auto', manifest));
  const [model] = models;
  if (model === undefined) throw new Error('The model list is empty.');
  const job: RestoreJob = {
    jobId: 'bench',
    fileName: 'bench.png',
    method: { kind: 'model', modelId: model.id },
    pixels: makePair(width, height).output,
  };
  const first = unwrap(await engine.restore(job, () => undefined));
  const warm = unwrap(await engine.restore(job, () => undefined));
  return {
    model: model.title,
    provider: info.provider,
    threads: info.threads,
    tiles: first.tiles,
    loadSeconds: first.loadSeconds,
    firstSeconds: first.seconds,
    warmSeconds: warm.seconds,
  };
}

/**
 * Times the preview that a visitor sees of a large picture before it is restored in full.
 * @param provider null: the one that the app would choose here
 */
export async function benchPreview(
  width: number,
  height: number,
  provider: Provider | null,
): Promise<PreviewBench> {
  const engine = makeEngine();
  const manifest = new URL('/models/manifest.json', location.href).href;
  const { info, models } = unwrap(await engine.start(provider ?? 'auto', manifest));
  const [model] = models;
  if (model === undefined) throw new Error('The model list is empty.');
  const method = { kind: 'model', modelId: model.id } as const;
  const pixels = makePair(width, height).output;
  const secondsOf = async (jobId: string): Promise<number> => {
    const started = performance.now();
    let seconds = Number.NaN;
    const onPreview = (bitmap: ImageBitmap): void => {
      seconds = (performance.now() - started) / 1000;
      bitmap.close();
      // The full restoration is timed elsewhere.
      void engine.cancel(jobId);
    };
    const job: RestoreJob = { jobId, fileName: 'bench.png', method, pixels, preview: true };
    await engine.restore(job, () => undefined, onPreview);
    return seconds;
  };
  const firstSeconds = await secondsOf('first');
  const rest = [await secondsOf('second'), await secondsOf('third')];
  const { provider: used, threads } = info;
  return {
    model: model.title,
    provider: used,
    threads,
    firstSeconds,
    warmSeconds: Math.min(...rest),
  };
}
