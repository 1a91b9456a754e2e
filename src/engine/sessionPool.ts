import { loadOrt, type OrtModule } from '../models/ort.ts';
import { createSession, type ModelBytes, type RestorationSession } from '../models/session.ts';
import type { EngineInfo, ModelEntry, Progress, Provider } from '../protocol/engine.ts';
import type { ModelFacts, ModelFiles } from '../protocol/models.ts';
import { Failure, reasonOf } from './failure.ts';
import { loadModel } from './loadModel.ts';
import { factsOf } from './trial.ts';
import { warmUp } from './warmUp.ts';

/** Sessions that stay open: a model on both providers, and another shape of tile. */
const MOST_OPEN = 3;

export interface SessionWish {
  readonly entry: ModelEntry;
  /** Null for a model of the list. */
  readonly files: ModelFiles | null;
  readonly provider: Provider;
  /** Size of the tiles: on WebGPU a session is made for one shape. */
  readonly width: number;
  readonly height: number;
}

/**
 * The free dimensions of the picture's sides, fixed to this size: with static shapes ONNX Runtime
 * folds what computes shapes and plans its buffers once.
 */
function fixedDimensions(
  { entry: { contract }, width, height }: SessionWish,
  { inputs }: ModelFacts,
): Record<string, number> {
  const port = inputs.find(({ name }) => name === contract.input.name);
  const [rows, columns] = contract.input.layout === 'NHWC' ? [1, 2] : [2, 3];
  const fixed: Record<string, number> = {};
  const batch = port?.dims[0];
  const [high, wide] = [port?.dims[rows], port?.dims[columns]];
  if (typeof batch === 'string' && batch !== '') fixed[batch] = 1;
  // One name for both sides holds only for squares.
  if (high === wide && width !== height) return fixed;
  if (typeof high === 'string' && high !== '') fixed[high] = height;
  if (typeof wide === 'string' && wide !== '') fixed[wide] = width;
  return fixed;
}

/** How ONNX Runtime begins to say that its binary could not be loaded. */
const NO_RUNTIME = 'no available backend found';

const nameOf = (provider: Provider) => (provider === 'webgpu' ? 'WebGPU' : 'WASM');

/** Neither a module nor ONNX Runtime's binary that failed to load is tried again in the same worker. */
function startFailed(provider: Provider, caught: unknown): Failure {
  return new Failure(
    'worker-died',
    `ONNX Runtime did not start on ${nameOf(provider)} (${reasonOf(caught)}). Check the connection and try again.`,
    caught,
  );
}

/** What sessions depend on besides the model. */
export interface PoolHost {
  readonly info: EngineInfo;
  readonly device: GPUDevice | null;
}

/** Open sessions, the least recently used of which gives way. Must be used by one job at a time. */
export class SessionPool {
  readonly #host: PoolHost;
  readonly #open = new Map<string, RestorationSession>();
  readonly #modules = new Map<Provider, Promise<OrtModule>>();

  constructor(host: PoolHost) {
    this.#host = host;
  }

  /**
   * ONNX Runtime for a provider, loaded once.
   * @throws {Failure} `worker-died` where it cannot be loaded
   */
  ort(provider: Provider): Promise<OrtModule> {
    const known = this.#modules.get(provider);
    if (known) return known;
    const loading = loadOrt(provider, this.#host.info.threads).catch((caught) => {
      throw startFailed(provider, caught);
    });
    this.#modules.set(provider, loading);
    return loading;
  }

  /** @throws {Failure} `model-load`; `worker-died` where ONNX Runtime cannot be loaded */
  async get(
    wish: SessionWish,
    onProgress: (progress: Progress) => void,
  ): Promise<RestorationSession> {
    const { entry, provider, width, height } = wish;
    const shape = provider === 'webgpu' ? [width, height] : [];
    const key = JSON.stringify([entry.id, entry.sha256, entry.contract, provider, ...shape]);
    const session = this.#open.get(key) ?? (await this.#create(wish, onProgress));
    this.#open.delete(key);
    this.#open.set(key, session);
    await this.#closeOldest();
    return session;
  }

  /** Releases the sessions of a model. */
  async forget(modelId: string): Promise<void> {
    for (const [key, session] of this.#open) {
      if (JSON.parse(key)[0] !== modelId) continue;
      this.#open.delete(key);
      await session.release();
    }
  }

  async #closeOldest(): Promise<void> {
    for (const [key, session] of this.#open) {
      if (this.#open.size <= MOST_OPEN) return;
      this.#open.delete(key);
      await session.release();
    }
  }

  async #create(
    wish: SessionWish,
    onProgress: (progress: Progress) => void,
  ): Promise<RestorationSession> {
    const { entry, files, provider } = wish;
    const model = await loadModel(entry, files, onProgress);
    onProgress({ stage: 'compiling', done: 0, total: 0, secondsLeft: null });
    const ort = await this.ort(provider);
    try {
      const device = provider === 'webgpu' ? this.#host.device : null;
      return device
        ? await this.#createOnDevice(ort, wish, model, device)
        : await createSession(ort, model, entry.contract, { device });
    } catch (caught) {
      if (reasonOf(caught).startsWith(NO_RUNTIME)) throw startFailed(provider, caught);
      throw new Failure(
        'model-load',
        `The model ${entry.title} could not be started on ${nameOf(provider)}: ${reasonOf(caught)}. Try the other provider (?provider=wasm or ?provider=webgpu in the address) or another model.`,
        caught,
      );
    }
  }

  async #createOnDevice(
    ort: OrtModule,
    wish: SessionWish,
    model: ModelBytes,
    device: GPUDevice,
  ): Promise<RestorationSession> {
    const { entry, width, height } = wish;
    const { contract } = entry;
    // Static shapes only save time: a graph that cannot be followed runs without them.
    const facts = entry.facts ?? (await factsOf(entry.title, model).catch(() => null));
    const options = { device, fixedDimensions: facts ? fixedDimensions(wish, facts) : {} };
    const session = await createSession(ort, model, contract, options);
    // On a software adapter a run takes as long as the compilation it would save.
    if (!this.#host.info.softwareAdapter) await warmUp(session, contract, device, width, height);
    return session;
  }
}
