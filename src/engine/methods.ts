import type {
  ModelEntry,
  Progress,
  Provider,
  RestoreJob,
  RestoreOutcome,
  RestoreSettings,
} from '../protocol/engine.ts';
import type {
  LutEntry,
  MethodRef,
  ModelFacts,
  ModelFiles,
  ParityJob,
  ParityOutcome,
  UserModel,
} from '../protocol/models.ts';
import type { Running } from './boot.ts';
import { checkParity } from './checkParity.ts';
import { DeviceOutputs } from './deviceOutputs.ts';
import { Filters } from './filters.ts';
import { loadModel } from './loadModel.ts';
import { ModelRegistry } from './modelRegistry.ts';
import { networkSettings, type RestoreEvents, restoreWithNetwork } from './networkJobs.ts';
import type { JobControl } from './queue.ts';
import { SessionPool } from './sessionPool.ts';
import { factsOf } from './trial.ts';
import type { Trials } from './trials.ts';

/** Everything that turns an input into an output: networks, LUT files, classical methods. */
export class Methods {
  readonly pool: SessionPool;
  readonly registry: ModelRegistry;
  readonly #running: Running;
  readonly #outputs: DeviceOutputs | null;
  readonly #filters: Filters;

  constructor(running: Running) {
    const { info, gpu, meter, models } = running;
    this.#running = running;
    this.registry = new ModelRegistry(models);
    this.pool = new SessionPool({ info, device: gpu?.device ?? null });
    this.#outputs = meter && new DeviceOutputs((address, picture) => meter.adopt(address, picture));
    this.#filters = new Filters(gpu, this.#outputs);
  }

  settingsFor(method: MethodRef, maskSha256: string | null): RestoreSettings {
    if (method.kind !== 'model') return this.#filters.settingsFor(method);
    return networkSettings(this.#running, this.registry, method.modelId, maskSha256);
  }

  async restore(
    job: RestoreJob,
    events: RestoreEvents,
    control: JobControl,
  ): Promise<RestoreOutcome> {
    if (job.method.kind !== 'model') {
      return this.#filters.restore(job.method, job, events.onProgress);
    }
    const host = { registry: this.registry, pool: this.pool, outputs: this.#outputs };
    return restoreWithNetwork(this.#running, host, job.method.modelId, job, events, control);
  }

  nameOutput(handle: string, sha256: string): void {
    this.#outputs?.name(handle, sha256);
  }

  openModel(model: UserModel, files: ModelFiles): ModelEntry {
    return this.registry.open(model, files);
  }

  /** Forgets a user's model or a LUT. */
  async close(id: string): Promise<void> {
    this.registry.close(id);
    this.#filters.closeLut(id);
    await this.pool.forget(id);
  }

  /** @throws {Failure} `model-load` */
  async facts(modelId: string): Promise<ModelFacts> {
    const { entry, files } = this.registry.get(modelId);
    if (entry.facts) return entry.facts;
    const facts = await factsOf(entry.title, await loadModel(entry, files, () => undefined));
    this.registry.learn(modelId, facts);
    return facts;
  }

  checkParity(
    job: ParityJob,
    trials: Trials,
    onProgress: (progress: Progress) => void,
  ): Promise<ParityOutcome> {
    return checkParity(this.#running, this.registry, trials, job, onProgress);
  }

  setProvider(id: string, provider: Provider | null): void {
    this.registry.setProvider(id, provider);
  }

  openLut(file: Blob, fileName: string): Promise<LutEntry> {
    return this.#filters.openLut(file, fileName);
  }
}
