import type { EngineApi, ProviderChoice } from '../protocol/engine.ts';
import type { Platform } from './platform.ts';
import type { AppStore } from './state.ts';
import { WorkerClient } from './workerClient.ts';

/** The list of models, below the page's own address. */
const MANIFEST = 'models/manifest.json';

/** `?provider=webgpu|wasm|auto` in the address; anything else is `auto`. */
export function providerChoice(search: string): ProviderChoice {
  const asked = new URLSearchParams(search).get('provider');
  return asked === 'webgpu' || asked === 'wasm' ? asked : 'auto';
}

/**
 * The client of the engine worker; each fresh worker is started and shown before it gets a job.
 * @param started tells a worker that has started what it has to know besides
 */
export function makeEngineClient(
  platform: Platform,
  store: AppStore,
  started: (api: EngineApi) => Promise<void>,
): WorkerClient<EngineApi> {
  const choice = providerChoice(platform.search);
  const manifestUrl = new URL(MANIFEST, platform.baseUrl).href;
  return new WorkerClient<EngineApi>({
    name: 'The restoration engine',
    connect: () => platform.connectEngine(),
    async prepare(api) {
      store.set({ engine: { status: 'starting' } });
      const answer = await api.start(choice, manifestUrl);
      if (answer.ok) {
        store.set({ engine: { status: 'ready', ...answer.value } });
        await started(api);
      } else {
        store.set({ engine: { status: 'failed', message: answer.error.message } });
      }
      return answer;
    },
  });
}

/** Starts the engine so that the page can say what runs. A failure is shown; the page stays usable. */
export async function startEngine(engine: WorkerClient<EngineApi>, store: AppStore): Promise<void> {
  const started = await engine.call(async () => ({ ok: true, value: undefined }));
  if (started.ok) return;
  const { message } = started.error;
  store.set({ engine: { status: 'failed', message } });
  store.notify('error', message);
}
