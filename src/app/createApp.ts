import { unwrap } from 'solid-js/store';
import type { CodecApi } from '../protocol/codec.ts';
import type { ReviewApi } from '../protocol/review.ts';
import { openStorage } from '../storage/openStorage.ts';
import { type Bench, createBench } from './bench/createBench.ts';
import { shareShifts } from './benchShifts.ts';
import * as commands from './commands.ts';
import type { AppContext, AppTurns } from './context.ts';
import { openDevice } from './deviceCheck.ts';
import { makeEngineClient, startEngine } from './engineStart.ts';
import { makeFigureCommands } from './figure.ts';
import { newId } from './ids.ts';
import { JobLanes } from './jobLanes.ts';
import { createJudge } from './judge/createJudge.ts';
import type { JudgeModel } from './judge/model.ts';
import { keep, storageLineShown } from './keep.ts';
import { makeMaskCommands } from './maskCommands.ts';
import { makeMethodCommands } from './methodCommands.ts';
import { isMetricSetting, makeMetricCommands, usable } from './metricCommands.ts';
import type { AppCommands, AppModel, FigureCommands, ReviewCommands } from './model.ts';
import { openCase, refreshCase } from './openCase.ts';
import { openWorkspace } from './openWorkspace.ts';
import { queueMissingParity } from './parity.ts';
import { autoMask } from './personMask.ts';
import { makePictureCache } from './pictures.ts';
import { browserPlatform, type Platform } from './platform.ts';
import { addFromBench, ownTags, remarksOf, rereadRemarks, say } from './remarks.ts';
import { removeCase, removePicture } from './removals.ts';
import { report } from './report.ts';
import { showRestoring } from './restoring.ts';
import { makeReviewCommands } from './reviewCommands.ts';
import { loadSamples, type Samples } from './samples.ts';
import { type AppStore, createAppStore } from './state.ts';
import { makeLookCases } from './toBench.ts';
import { Turns } from './turns.ts';
import { undo } from './undo.ts';
import { readMethods, reopenMethods } from './userMethods.ts';
import { makeViewSaver, type ViewSaver } from './viewSaver.ts';
import { makeVisitorCommands } from './visitorCommands.ts';
import { WorkerClient } from './workerClient.ts';

interface AppOptions {
  /** The browser, unless a test brings its own. */
  readonly platform?: Platform;
}

/** The model of the page, and what its owner (the page, a test) needs besides. */
export interface App extends AppModel {
  readonly bench: Bench;
  readonly judge: JudgeModel;
  /** Resolves when the stored workspace is on screen. */
  readonly opened: Promise<void>;
  /** Resolves when all commands given so far and all jobs are done. */
  idle(): Promise<void>;
  /** Ends the workers. */
  close(): Promise<void>;
}

async function makeContext(platform: Platform, store: AppStore): Promise<AppContext> {
  const storage = await openStorage({ quota: platform.quota });
  const codec = new WorkerClient<CodecApi>({
    name: 'The image decoder',
    connect: () => platform.connectCodec(),
  });
  const context: AppContext = {
    platform,
    store,
    storage,
    codec,
    review: new WorkerClient<ReviewApi>({
      name: 'What looks over the pictures',
      connect: () => platform.connectReview(),
    }),
    engine: makeEngineClient(platform, store, (api) => reopenMethods(context, api)),
    jobs: new JobLanes({
      now: platform.now,
      quiet: platform.quiet,
      onChange: (job, waiting) => {
        store.set({ job, waiting });
        showRestoring(store, context.jobs.casesOf('restore', 'flash'));
      },
      onError: (error) => report(store, error),
    }),
    pictures: makePictureCache(storage, codec),
    records: new Map(),
    unkept: new Set(),
    full: { noticeId: null, names: [] },
    numbers: new Map(),
    checks: new Map(),
    networks: new Map(),
    methods: new Map(),
    methodFailures: new Map(),
    opening: new Map(),
    waitingModels: [],
    tab: { id: newId(), lock: null },
    removals: [],
    deviceNotes: new Map(),
    facts: new Map(),
    learning: new Set(),
    weights: { waiting: null },
    lighting: new Map(),
    shown: new Map(),
  };
  return context;
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

/** Changes settings, keeps them, and does what they ask for. */
function makeSetView(store: AppStore, turns: AppTurns, saver: ViewSaver): AppCommands['setView'] {
  return (change) => {
    // Storage takes plain lists only, not those of the store.
    const view = unwrap({ ...store.state.view, ...usable(change) });
    store.set({ view });
    saver.save(view);
    if (change.autoMask === true) {
      turns.now(async (ready) => autoMask(ready, ready.store.state.currentCaseId ?? ''));
    }
    if (change.overlayRegion !== undefined || Object.keys(change).some(isMetricSetting)) {
      turns.now((ready) => refreshCase(ready, ready.store.state.currentCaseId));
    }
  };
}

/** The commands as the page calls them. */
function makeCommands(
  store: AppStore,
  context: Promise<AppContext>,
  turns: AppTurns,
  samples: Promise<Samples>,
  saver: ViewSaver,
): Omit<AppCommands, 'say' | keyof FigureCommands | keyof ReviewCommands> {
  const setView = makeSetView(store, turns, saver);
  return {
    addFiles(files, role) {
      // Another case may be on screen by the time that it is this drop's turn.
      const { currentCaseId: caseId } = store.state;
      return turns.inTurn(async (ready) => {
        await commands.addFiles(ready, files, role && { role, caseId });
      });
    },
    chooseRole: (id, role) => turns.inTurn((ready) => commands.chooseRole(ready, id, role)),
    openSample: (id) =>
      turns.inTurn(async (ready) => commands.openSample(ready, await samples, id)),
    selectCase: (id) => turns.now((ready) => openCase(ready, id)),
    showStart: () => turns.now((ready) => openCase(ready, null)),
    removeCase: (id) => turns.now((ready) => removeCase(ready, id)),
    removePicture: (id, role) => turns.now((ready) => removePicture(ready, id, role)),
    undo: () => turns.now((ready) => undo(ready)),
    runAction: (id) => {
      const action = store.takeAction(id);
      return turns.now(async () => action?.run());
    },
    selectModel: (id) => {
      store.set({ selectedModelId: id });
      turns.now((ready) => commands.keepSelectedModel(ready, id));
    },
    restore: () => turns.now(commands.restoreCurrent),
    cancel: () => {
      turns.now(async (ready) => commands.cancel(ready));
    },
    outputFile: async () => commands.outputFile(await context),
    dismissNotice: store.dismissNotice,
    notify: (severity, text) => {
      store.notify(severity, text);
    },
    clearStorage: () => turns.inTurn(commands.clearStorage),
    setView,
    ...makeMetricCommands(store, turns, setView),
    ...makeMethodCommands(turns),
    ...makeVisitorCommands(turns),
    ...makeMaskCommands(turns),
  };
}

const INSECURE =
  'This address is neither https nor localhost, so the browser withholds what Loupe needs to read ' +
  'and keep pictures. Open Loupe over https, or start it on this machine and open its 127.0.0.1 address.';

/** Puts the stored workspace on screen; the engine starts beside it. */
function openPage(turns: AppTurns, store: AppStore): Promise<void> {
  return turns.inTurn(async (ready) => {
    // Each goes on though the one before it failed, which is said.
    await turns.now(readMethods);
    const started = startEngine(ready.engine, store);
    await turns.now(openWorkspace);
    store.set({ restoredWorkspace: true });
    turns.now(async () => {
      await started;
      await openDevice(ready);
      queueMissingParity(ready);
    });
  });
}

/** Builds the store, starts both workers' clients and opens the stored workspace. */
export function createApp({ platform = browserPlatform() }: AppOptions = {}): App {
  const store = createAppStore();
  if (!platform.secure) store.notify('error', INSECURE);
  const context = makeContext(platform, store);
  const onError = (error: unknown) => report(store, error);
  const turns = new Turns(context, onError);
  const saver = makeViewSaver(async (view) => {
    const ready = await context;
    await keep(ready, 'the way of looking', () => ready.storage.putView(view));
  });
  platform.onHide(() => saver.flush());
  const samples = fetchSamples(platform, store);
  const opened = openPage(turns, store);
  const bench: Bench = createBench({
    context,
    opened,
    onError,
    addToLook: (files, benchCase) =>
      turns.inTurn(async (ready) => {
        await addFromBench(ready, bench.remarks, files, benchCase);
        await shareShifts(ready, bench.shifts, benchCase);
      }),
    look: makeLookCases(
      context,
      () => bench.remarks,
      () => bench.shifts,
    ),
  });
  platform.onShow(() => void turns.now(rereadRemarks));
  const judge = createJudge({ context, bench: bench.lender, onError });
  bench.seat(judge.guest);
  return {
    state: store.state,
    commands: {
      ...makeCommands(store, context, turns, samples, saver),
      ...makeReviewCommands(turns, bench.shifts),
      say: (caseId, edit) => turns.now((ready) => say(ready, bench.remarks, caseId, edit)),
      ...makeFigureCommands(context, store, turns, bench),
    },
    remarksOf: (item) => remarksOf(store, bench.remarks, item),
    ownTags: () => ownTags(store, bench.remarks),
    bench,
    judge,
    opened,
    async idle() {
      const ready = await context;
      do {
        await turns.idle();
        await ready.jobs.idle();
      } while (!turns.isIdle);
      await storageLineShown(ready);
      await bench.idle();
      await saver.saved();
    },
    async close() {
      const { codec, engine, review, jobs } = await context;
      jobs.stop();
      await bench.close();
      await judge.close();
      codec.stop();
      engine.stop();
      review.stop();
    },
  };
}
