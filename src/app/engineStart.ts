import type { EngineApi, ModelEntry, ProviderChoice } from '../protocol/engine.ts';
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

function modelToUse(models: readonly ModelEntry[], chosen: string | null): string | null {
  const known = models.find(({ id }) => id === chosen);
  return (known ?? models.find((model) => model.default) ?? models[0])?.id ?? null;
}

/** The client of the engine worker; each fresh worker is started and shown before it gets a job. */
export function makeEngineClient(platform: Platform, store: AppStore): WorkerClient<EngineApi> {
  const choice = providerChoice(platform.search);
  const manifestUrl = new URL(MANIFEST, platform.baseUrl).href;
  return new WorkerClient<EngineApi>({
    name: 'The restoration engine',
    connect: () => platform.connectEngine(),
    async prepare(api) {
      store.set({ engine: { status: 'starting' } });
      const started = await api.start(choice, manifestUrl);
      if (started.ok) {
        const { info, models } = started.value;
        const selectedModelId = modelToUse(models, store.state.selectedModelId);
        store.set({ engine: { status: 'ready', info, models }, selectedModelId });
      } else {
        store.set({ engine: { status: 'failed', message: started.error.message } });
      }
      return started;
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
