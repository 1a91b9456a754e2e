import { withTagWords } from '../../core/inspect/tagWords.ts';
import { add, addImport } from './add.ts';
import type { BenchTurns, RunControl } from './context.ts';
import { clear, correct, hideMethod, moveMethod, removeMethod } from './decisions.ts';
import { exportFile } from './exports.ts';
import { askPermission } from './files.ts';
import { addFromLook, type LookCases } from './fromLook.ts';
import { filesForLook } from './look.ts';
import { makeMasks } from './makeMasks.ts';
import { measureSet } from './measure.ts';
import type { BenchCommands, SubmissionReport } from './model.ts';
import { goOn } from './openBench.ts';
import { pairAnew } from './pairing.ts';
import { changeRemarks } from './remarks.ts';
import { checkReproduction } from './reproduction.ts';
import { runOverSet } from './runMethod.ts';
import { keepSettings, MOST_WORST_CASES } from './settings.ts';
import type { BenchStore } from './store.ts';
import { checkOutputs, checkSubmission } from './submission.ts';
import { readWorkspace } from './workspaceFile.ts';

/** What the Look page lends. */
export interface LookParts {
  /** Puts the files of a case on the Look page. */
  readonly addToLook: (files: readonly File[], benchCase: string) => Promise<void>;
  readonly look: LookCases;
}

/** The run that is under way. */
type CurrentRun = () => RunControl | null;

const FAILED: SubmissionReport = { ok: false, findings: [] };

/** What goes in and out of the set. */
function fileCommands(turns: BenchTurns, store: BenchStore, { addToLook, look }: LookParts) {
  return {
    add: (sources) => turns.inTurn((ready) => add(ready, sources)),
    addFromLook: () => turns.inTurn((ready) => addFromLook(ready, look)),
    allowHandles: () =>
      turns.now(async (ready) => {
        const allowed = await askPermission(ready);
        store.set({ needsPermission: !allowed });
        if (allowed) await goOn(ready);
      }),
    importTable: (file) => turns.inTurn((ready) => addImport(ready, file)),
    removeImport: (id) =>
      turns.inTurn(async (ready) => {
        ready.imports.delete(id);
        await ready.storage.putImport(id, null);
        pairAnew(ready);
      }),
    exportFile: (what) => turns.answered<File | null>((ready) => exportFile(ready, what), null),
    openWorkspace: (file) => turns.inTurn((ready) => readWorkspace(ready, file)),
    openInLook: (caseId, method) =>
      turns.now(async (ready) => {
        const entry = ready.survey.cases.find(({ id }) => id === caseId);
        if (entry !== undefined) await addToLook(await filesForLook(ready, entry, method), caseId);
      }),
    clear: () => turns.inTurn(clear),
  } satisfies Partial<BenchCommands>;
}

/** What is decided about the set. */
function decisionCommands(turns: BenchTurns, store: BenchStore) {
  return {
    correct: (ids, correction) => turns.inTurn((ready) => correct(ready, ids, correction)),
    moveMethod: (method, place) => turns.inTurn((ready) => moveMethod(ready, method, place)),
    setMetricSet: (metricSet) =>
      turns.inTurn(async (ready) => {
        await keepSettings(ready, { metricSet });
        pairAnew(ready);
      }),
    hideMethod: (method, hidden) => {
      turns.inTurn((ready) => hideMethod(ready, method, hidden));
    },
    removeMethod: (method) => turns.inTurn((ready) => removeMethod(ready, method)),
    setTags: (caseId, words) =>
      turns.now((ready) =>
        changeRemarks(ready, caseId, (now) => withTagWords(now, words, Date.now())),
      ),
    setFormula: (formula) =>
      turns.inTurn(async (ready) => {
        await keepSettings(ready, { formula });
        store.set({ formula });
      }),
    setWorstCases: (count) =>
      turns.now(async (ready) => {
        const worstCases = Math.max(0, Math.min(MOST_WORST_CASES, Math.round(count)));
        store.set({ worstCases });
        await keepSettings(ready, { worstCases });
      }),
  } satisfies Partial<BenchCommands>;
}

/** What takes its time. */
function runCommands(turns: BenchTurns, store: BenchStore, current: CurrentRun) {
  const control = (
    what: 'pause' | 'resume' | 'cancel',
    status: 'paused' | 'running' | 'idle',
  ): void => {
    const run = current();
    if (run === null) return;
    run[what]();
    store.set({ run: { ...store.state.run, status } });
  };
  return {
    measure: () => turns.now(measureSet),
    pause: () => control('pause', 'paused'),
    resume: () => control('resume', 'running'),
    cancel: () => control('cancel', 'idle'),
    runMethod: (id) => turns.now((ready) => runOverSet(ready, id)),
    makeMasks: () => turns.now(makeMasks),
    checkSubmission: (archive) =>
      turns.answered((ready) => checkSubmission(ready, archive), FAILED),
    checkOutputs: (method) => turns.answered((ready) => checkOutputs(ready, method), FAILED),
    checkReproduction: (archive, method) =>
      turns.answered((ready) => checkReproduction(ready, archive, method), FAILED),
  } satisfies Partial<BenchCommands>;
}

/** The commands as the page calls them, but for those that answer at once. */
export function makeBenchCommands(
  turns: BenchTurns,
  store: BenchStore,
  look: LookParts,
  current: CurrentRun,
): Omit<BenchCommands, 'ranking' | 'thumbnail'> {
  return {
    ...fileCommands(turns, store, look),
    ...decisionCommands(turns, store),
    ...runCommands(turns, store, current),
  };
}
