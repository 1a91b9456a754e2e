import type { ModelFacts } from '../protocol/models.ts';
import type { AppContext } from './context.ts';
import { refreshStorageLine } from './keep.ts';
import { showMethods } from './methods.ts';
import type { MethodId } from './model.ts';
import { recall, remember } from './remembered.ts';
import { factsKey } from './resultKeys.ts';

const readFacts = (stored: unknown): ModelFacts | null =>
  typeof stored === 'object' && stored !== null && 'operators' in stored
    ? (stored as ModelFacts)
    : null;

/** Reads what was found in the files of built-in models. */
export async function readFactsOfAll(context: AppContext): Promise<void> {
  const { engine } = context.store.state;
  for (const { sha256 } of engine.status === 'ready' ? engine.models : []) {
    const facts = await recall(context, factsKey(sha256), readFacts);
    if (facts !== null) context.facts.set(sha256, facts);
  }
}

/**
 * Looks into a built-in model's file, once, for its card: the file of the list, which may not be the one
 * that runs here. It is fetched where the browser does not hold it, so only an opened card asks for this.
 */
export async function learnFacts(context: AppContext, id: MethodId): Promise<void> {
  const { engine } = context.store.state;
  const model = engine.status === 'ready' ? engine.models.find((one) => one.id === id) : undefined;
  if (model === undefined || model.facts !== null || context.facts.has(model.sha256)) return;
  // The card may be left and opened again before this has come to its end.
  if (context.learning.has(id)) return;
  context.learning.add(id);
  const facts = await context.engine
    .call((api) => api.modelFacts(id))
    .finally(() => context.learning.delete(id));
  // The card goes without; what is counted elsewhere comes from the list of models.
  if (!facts.ok) return;
  context.facts.set(model.sha256, facts.value);
  await remember(context, factsKey(model.sha256), 'the card of a model', facts.value);
  showMethods(context);
  void refreshStorageLine(context);
}
