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
