import { openStorage } from '../storage/openStorage.ts';
import * as commands from './commands.ts';
import type { AppContext } from './context.ts';
import { makeEngineClient, startEngine } from './engineStart.ts';
import { makeJobQueue } from './jobs.ts';
import { keep } from './keep.ts';
import type { AppCommands, AppModel } from './model.ts';
import { openWorkspace } from './openWorkspace.ts';
import { makePictureCache } from './pictures.ts';
import { browserPlatform, type Platform } from './platform.ts';
import { loadSamples, type Samples } from './samples.ts';
import { select } from './show.ts';
import { type AppStore, createAppStore } from './state.ts';
import { makeViewSaver } from './viewSaver.ts';
import { makeWorkerClient } from './workerClient.ts';

export interface AppOptions {
  /** The browser, unless a test brings its own. */
  readonly platform?: Platform;
}

/** The model of the page, and what its owner (the page, a test) needs besides. */
export interface App extends AppModel {
  /** Resolves when the stored workspace is on screen. */
  readonly opened: Promise<void>;
  /** Resolves when all commands given so far and all jobs are done. */
  idle(): Promise<void>;
  /** Ends the workers. */
  close(): void;
}

async function makeContext(platform: Platform, store: AppStore): Promise<AppContext> {
  const storage = await openStorage({ quota: platform.quota });
  const codec = makeWorkerClient({
    name: 'The image decoder',
    connect: () => platform.connectCodec(),
  });
  return {
    platform,
    store,
    storage,
    codec,
    engine: makeEngineClient(platform, store),
    jobs: makeJobQueue({
      now: platform.now,
      onChange: (job, waiting) => store.set({ job, waiting }),
      onError: (error) => reportBug(store, error),
    }),
    pictures: makePictureCache(storage, codec),
    records: new Map(),
    unkept: new Set(),
    full: { noticeId: null, names: [] },
    shown: new Map(),
  };
}

/** What should not happen is said too: a page that silently does nothing cannot be helped. */
function reportBug(store: AppStore, error: unknown): void {
  console.error(error);
  const reason = error instanceof Error ? error.message : String(error);
  store.notify('error', `Something went wrong inside Loupe (${reason}). Reload the page to go on.`);
}

async function fetchSamples(platform: Platform, store: AppStore): Promise<Samples> {
  try {
    const samples = await loadSamples(platform.baseUrl, platform.fetch);
    store.set({ samples: samples.views });
    return samples;
  } catch {
    // Without its samples the page is as useful as before.
    return { views: [], files: async () => [] };
  }
}

/** Builds the store, starts both workers' clients and opens the stored workspace. */
export function createApp({ platform = browserPlatform() }: AppOptions = {}): App {
  const store = createAppStore();
  const context = makeContext(platform, store);
  const samples = fetchSamples(platform, store);
  const saver = makeViewSaver(async (view) => {
    const opened = await context;
    await keep(opened, 'the way of looking', () => opened.storage.putView(view));
  });
  const running = new Set<Promise<void>>();
  let lane: Promise<void> = Promise.resolve();

  /** Runs a command once the workspace is open; what it throws is shown, never lost. */
  async function run(command: (context: AppContext) => Promise<void>): Promise<void> {
    const promise = (async () => command(await context))().catch((error: unknown) =>
      reportBug(store, error),
    );
    running.add(promise);
    await promise;
    running.delete(promise);
  }
  /** Drops are worked off one after the other: each has to see the cases of the one before. */
  function inTurn(command: (context: AppContext) => Promise<void>): Promise<void> {
    const before = lane;
    lane = run(async (ready) => {
      await before;
      await command(ready);
    });
    return lane;
  }

  const opened = inTurn(async (ready) => {
    startEngine(ready.engine, store).catch((error: unknown) => reportBug(store, error));
    await openWorkspace(ready).finally(() => store.set({ restoredWorkspace: true }));
  });

  const appCommands: AppCommands = {
    addFiles: (files) => inTurn((ready) => commands.addFiles(ready, files)),
    chooseRole: (id, role) => inTurn((ready) => commands.chooseRole(ready, id, role)),
    openSample: (id) => inTurn(async (ready) => commands.openSample(ready, await samples, id)),
    selectCase: (id) => run((ready) => select(ready, id)),
    removeCase: (id) => run((ready) => commands.removeCase(ready, id)),
    removePicture: (id, role) => run((ready) => commands.removePicture(ready, id, role)),
    selectModel: (id) => {
      store.set({ selectedModelId: id });
      run((ready) =>
        keep(ready, 'the chosen model', () => ready.storage.putSelectedModel(id)).then(),
      );
    },
    restore: () => run(commands.restoreCurrent),
    cancel: () => {
      run(async (ready) => commands.cancel(ready));
    },
    outputFile: async () => commands.outputFile(await context),
    dismissNotice: store.dismissNotice,
    notify: (severity, text) => {
      store.notify(severity, text);
    },
    clearStorage: () => inTurn(commands.clearStorage),
    setView: (change) => {
      const view = { ...store.state.view, ...change };
      store.set({ view });
      saver.save({ ...view, split: [...view.split] });
    },
  };

  async function idle(): Promise<void> {
    const { jobs } = await context;
    do {
      await Promise.all(running);
      await jobs.idle();
    } while (running.size > 0);
    await saver.saved();
  }

  return {
    state: store.state,
    commands: appCommands,
    opened,
    idle,
    close: () => {
      context.then(({ codec, engine }) => {
        codec.stop();
        engine.stop();
      });
    },
  };
}
