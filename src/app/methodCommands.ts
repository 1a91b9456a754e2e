import { runMethods, showMethod } from './commands.ts';
import type { AppContext, AppTurns } from './context.ts';
import { changedContract, guessesAfter } from './contractChange.ts';
import { callCancellable } from './engineCall.ts';
import { keep } from './keep.ts';
import { rerunForMask } from './maskRuns.ts';
import { showMethods } from './methods.ts';
import type { ContractChange, MethodCommands, MethodId } from './model.ts';
import { learnFacts } from './modelFacts.ts';
import { tryOut } from './openMethods.ts';
import { queueParity } from './parity.ts';
import { removeOutput } from './removals.ts';
import { filesOfModel, openMethod, removeMethod } from './userMethods.ts';

/** Tries a model under another contract; where it runs, it is kept and run over the case on screen. */
async function changeContract(
  context: AppContext,
  id: MethodId,
  change: ContractChange,
  signal: AbortSignal,
): Promise<void> {
  const { store, storage } = context;
  const model = context.methods.get(id);
  if (model?.kind !== 'model') return;
  const contract = changedContract(model.contract, model.facts, change);
  const files = await filesOfModel(context, model);
  const tried = files.ok
    ? await callCancellable(context, signal, (api, jobId) =>
        api.tryContract(files.value, contract, jobId),
      )
    : files;
  if (!tried.ok) {
    if (tried.error.kind === 'cancelled') return;
    store.notify('error', `${model.title} stays as it was: ${tried.error.message}`);
    return;
  }
  const guesses = guessesAfter(model.guesses, change);
  const changed = { ...model, contract, guesses, warnings: tried.value };
  context.methods.set(id, changed);
  await keep(context, `the settings of ${model.title}`, () =>
    storage.putMethod(changed, new Map()),
  );
  await context.engine.call((api) => openMethod(context, api, changed));
  showMethods(context);
  await tryOut(context, id);
}

function queueChange(context: AppContext, id: MethodId, change: ContractChange): void {
  const title = context.methods.get(id)?.title;
  if (title === undefined) return;
  context.jobs.add({
    kind: 'model',
    caseId: '',
    methodId: id,
    label: `Trying ${title}`,
    cancellable: true,
    run: (_, signal) => changeContract(context, id, change, signal),
  });
}

/** The commands that speak of methods, as the page calls them. */
export function makeMethodCommands(turns: AppTurns): MethodCommands {
  return {
    runMethods: (ids) => turns.now((ready) => runMethods(ready, ids)),
    restoreStale: () =>
      turns.now((ready) => rerunForMask(ready, ready.store.state.currentCaseId ?? '')),
    showMethod: (id) => turns.now((ready) => showMethod(ready, id)),
    removeOutput: (caseId, id) => turns.now((ready) => removeOutput(ready, caseId, id)),
    removeMethod: (id) => turns.now((ready) => removeMethod(ready, id)),
    changeContract: (id, change) => turns.now(async (ready) => queueChange(ready, id, change)),
    learnFacts: (id) => turns.now((ready) => learnFacts(ready, id)),
    checkParity: (id) => turns.now(async (ready) => queueParity(ready, id, true)),
  };
}
