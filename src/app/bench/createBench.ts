import { BadInput } from '../../core/badInput.ts';
import { withTagWords } from '../../core/inspect/tagWords.ts';
import type { ArchiveApi } from '../../protocol/archive.ts';
import { openBenchStorage } from '../../storage/benchStorage.ts';
import type { AppContext } from '../context.ts';
import type { BenchLender } from '../judge/context.ts';
import { WorkerClient } from '../workerClient.ts';
import { add, addImport } from './add.ts';
import type { BenchContext } from './context.ts';
import { clear, correct, hideMethod, moveMethod, removeMethod } from './decisions.ts';
import { makeDecodePool } from './decodePool.ts';
import { exportFile } from './exports.ts';
import { askPermission, needsPermission, openFile } from './files.ts';
import { addFromLook, type LookCases } from './fromLook.ts';
import type { BenchGuest } from './guest.ts';
import type { ImportedTable } from './imports.ts';
import { filesForLook } from './look.ts';
import { makeMasks } from './makeMasks.ts';
import { measureSet } from './measure.ts';
import type { BenchCommands, BenchModel, SubmissionReport } from './model.ts';
import { pairAnew } from './pairing.ts';
import { rankingOf } from './rank.ts';
import {
  type BenchRemarks,
  changeRemarks,
  checkedRemarks,
  makeBenchRemarks,
  rereadBenchRemarks,
} from './remarks.ts';
import { smallPicture } from './reportCases.ts';
import { checkReproduction } from './reproduction.ts';
import { runOverSet } from './runMethod.ts';
import { keepSettings, MOST_WORST_CASES, readSettings } from './settings.ts';
import { type BenchShifts, makeBenchShifts } from './shifts.ts';
import { createBenchStore } from './store.ts';
import { checkOutputs, checkSubmission } from './submission.ts';
import { readWorkspace } from './workspaceFile.ts';

/** Decoders side by side: one core is left to the page and one to the engine. */
const poolSize = (cores: number) => Math.max(1, Math.min(4, cores - 2));

/** Reads what was kept; work that was under way when the page was closed goes on. */
async function open(app: AppContext, store: BenchContext['store']): Promise<BenchContext> {
  const storage = await openBenchStorage();
  const kept = await storage.read();
  const { platform } = app;
  const settings = readSettings(kept.settings);
  const remarks = { ...settings.remarks, ...checkedRemarks(kept.remarks) };
  const context: BenchContext = {
    app,
    store,
    storage,
    archives: new WorkerClient<ArchiveApi>({
      name: 'The archive reader',
      connect: () => platform.connectArchive(),
    }),
    pool: makeDecodePool(() => platform.connectCodec(), poolSize(platform.cores)),
    files: new Map(kept.files.map((record) => [record.id, { record, data: null, memory: false }])),
    scores: new Map(kept.scores),
    imports: new Map([...kept.imports].map(([id, table]) => [id, table as ImportedTable])),
    settings: { ...settings, remarks },
    survey: { cases: [], strays: [], methods: [], problems: [], excluded: [] },
    run: null,
    persisted: (await platform.quota?.persisted().catch(() => false)) === true ? true : null,
    guest: null,
  };
  pairAnew(context);
  store.set({ opened: true, needsPermission: await needsPermission(context) });
  return context;
}

async function goOn(context: BenchContext): Promise<void> {
  const { measuring, masking, running } = context.settings;
  if (context.store.state.needsPermission) return;
  if (running !== null) await runOverSet(context, running);
  if (masking) await makeMasks(context);
  // What was made has no numbers yet; the button that began it is of the page before.
  const made = (running !== null || masking) && context.store.state.run.status === 'done';
  if (measuring || made) await measureSet(context);
}

/** Small pictures by file, made once. */
function makeThumbnails(context: Promise<BenchContext>) {
  const urls = new Map<string, Promise<string | null>>();
  return async (caseId: string): Promise<string | null> => {
    const ready = await context;
    const entry = ready.survey.cases.find(({ id }) => id === caseId);
    const id = entry && (entry.input ?? entry.gt ?? Object.values(entry.outputs)[0]);
    if (id === undefined) return null;
    const known = urls.get(id);
    if (known !== undefined) return known;
    const made = smallPicture(ready, id).then((blob) => blob && URL.createObjectURL(blob));
    urls.set(id, made);
    return made;
  };
}

export interface BenchParts {
  readonly context: Promise<AppContext>;
  /** Resolves when the engine may be asked. */
  readonly opened: Promise<void>;
  /** Puts the files of a case on the Look page. */
  readonly addToLook: (files: readonly File[], benchCase: string) => Promise<void>;
  readonly look: LookCases;
}

/** The model of the page, and what its owner needs besides. */
export interface Bench extends BenchModel {
  /** Resolves when everything that was asked for is done. */
  idle(): Promise<void>;
  /** What judging needs of the set: pictures, and the challenges' scores. */
  readonly lender: BenchLender;
  /** What the Look page reads and writes of the remarks on the set's cases. */
  readonly remarks: BenchRemarks;
  /** What the Look page tells of the set's outputs, and asks for. */
  readonly shifts: BenchShifts;
  /** From then on, workspace files and reports hold what the guest has to say. */
  seat(guest: BenchGuest): void;
  /** Ends the workers. */
  close(): Promise<void>;
}

/** The bench beside the Look page: its own set and storage, the same engine and decoders. */
export function createBench({ context: app, opened, addToLook, look }: BenchParts): Bench {
  const store = createBenchStore();
  let current: BenchContext | null = null;
  const context = app.then(async (ready) => {
    current = await open(ready, store);
    return current;
  });
  const running = new Set<Promise<void>>();
  let lane: Promise<unknown> = opened;

  /** What goes wrong is said; a bug too. */
  async function attempt(work: (ready: BenchContext) => Promise<void>): Promise<void> {
    const ready = await context;
    try {
      await work(ready);
    } catch (caught) {
      if (!(caught instanceof BadInput)) console.error(caught);
      const message = caught instanceof Error ? caught.message : String(caught);
      const bug = `Something went wrong inside Loupe (${message}). Reload the page to go on.`;
      ready.app.store.notify('error', caught instanceof BadInput ? message : bug);
    }
  }

  async function guarded(work: (ready: BenchContext) => Promise<void>): Promise<void> {
    const promise = attempt(work);
    running.add(promise);
    await promise;
    running.delete(promise);
  }

  /** One after another: a drop has to see the files of the drop before. */
  function inTurn(work: (ready: BenchContext) => Promise<void>): Promise<void> {
    const turn = lane.then(() => guarded(work));
    lane = turn;
    return turn;
  }

  async function answered<T>(work: (ready: BenchContext) => Promise<T>, otherwise: T): Promise<T> {
    let answer = otherwise;
    await guarded(async (ready) => {
      answer = await work(ready);
    });
    return answer;
  }

  const FAILED: SubmissionReport = { ok: false, findings: [] };
  const thumbnail = makeThumbnails(context);
  const commands: BenchCommands = {
    add: (sources) => inTurn((ready) => add(ready, sources)),
    addFromLook: () => inTurn((ready) => addFromLook(ready, look)),
    allowHandles: () =>
      guarded(async (ready) => {
        const allowed = await askPermission(ready);
        store.set({ needsPermission: !allowed });
        if (allowed) await goOn(ready);
      }),
    correct: (ids, correction) => inTurn((ready) => correct(ready, ids, correction)),
    moveMethod: (method, place) => inTurn((ready) => moveMethod(ready, method, place)),
    setMetricSet: (metricSet) =>
      inTurn(async (ready) => {
        await keepSettings(ready, { metricSet });
        pairAnew(ready);
      }),
    measure: () => guarded(measureSet),
    pause: () => control('pause', 'paused'),
    resume: () => control('resume', 'running'),
    cancel: () => control('cancel', 'idle'),
    runMethod: (id) => guarded((ready) => runOverSet(ready, id)),
    makeMasks: () => guarded(makeMasks),
    hideMethod: (method, hidden) => {
      inTurn((ready) => hideMethod(ready, method, hidden));
    },
    removeMethod: (method) => inTurn((ready) => removeMethod(ready, method)),
    importTable: (file) => inTurn((ready) => addImport(ready, file)),
    removeImport: (id) =>
      inTurn(async (ready) => {
        ready.imports.delete(id);
        await ready.storage.putImport(id, null);
        pairAnew(ready);
      }),
    setTags: (caseId, words) =>
      guarded((ready) =>
        changeRemarks(ready, caseId, (now) => withTagWords(now, words, Date.now())),
      ),
    setFormula: (formula) =>
      inTurn(async (ready) => {
        await keepSettings(ready, { formula });
        store.set({ formula });
      }),
    setWorstCases: (count) =>
      inTurn(async (ready) => {
        const worstCases = Math.max(0, Math.min(MOST_WORST_CASES, Math.round(count)));
        await keepSettings(ready, { worstCases });
        store.set({ worstCases });
      }),
    ranking: (by, asPrinted) => {
      if (current === null) throw new Error('the bench was asked before it was opened');
      return rankingOf(current, by, asPrinted);
    },
    exportFile: (what) => answered<File | null>((ready) => exportFile(ready, what), null),
    openWorkspace: (file) => inTurn((ready) => readWorkspace(ready, file)),
    openInLook: (caseId, method) =>
      guarded(async (ready) => {
        const entry = ready.survey.cases.find(({ id }) => id === caseId);
        if (entry !== undefined) await addToLook(await filesForLook(ready, entry, method), caseId);
      }),
    thumbnail,
    checkSubmission: (archive) => answered((ready) => checkSubmission(ready, archive), FAILED),
    checkOutputs: (method) => answered((ready) => checkOutputs(ready, method), FAILED),
    checkReproduction: (archive, method) =>
      answered((ready) => checkReproduction(ready, archive, method), FAILED),
    clear: () => inTurn(clear),
  };

  function control(
    what: 'pause' | 'resume' | 'cancel',
    status: 'paused' | 'running' | 'idle',
  ): void {
    const run = current?.run;
    if (run === null || run === undefined) return;
    run[what]();
    store.set({ run: { ...store.state.run, status } });
  }

  guarded(async (ready) => {
    ready.app.platform.onShow(() => void guarded(rereadBenchRemarks));
    await opened;
    await goOn(ready);
  });
  return {
    state: store.state,
    commands,
    remarks: makeBenchRemarks(store, guarded),
    shifts: makeBenchShifts(store, guarded),
    seat(guest) {
      context.then((ready) => {
        ready.guest = guest;
      });
    },
    async idle() {
      await Promise.all([lane, ...running]);
    },
    lender: {
      state: store.state,
      async file(id) {
        const file = await openFile(await context, id);
        if (!file.ok) throw new BadInput(file.error.message);
        return file.value;
      },
      objective(challenge) {
        const rows = current === null ? [] : rankingOf(current, challenge).rows;
        return new Map(
          rows.flatMap(({ method, score }) => (method === null ? [] : [[method, score]])),
        );
      },
    },
    async close() {
      const { archives, pool, run } = await context;
      run?.cancel();
      archives.stop();
      pool.stop();
    },
  };
}
