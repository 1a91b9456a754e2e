import { CLASSICAL_IDS, type MethodRef } from '../protocol/models.ts';
import type { AppContext } from './context.ts';
import type { MethodId } from './model.ts';

type Asker = Pick<AppContext, 'store' | 'methods'>;

/** How the engine knows a method; null where there is no such method (any more). */
export function methodRef({ store, methods }: Asker, id: MethodId): MethodRef | null {
  const classical = CLASSICAL_IDS.find((known) => known === id);
  if (classical !== undefined) return { kind: 'classical', id: classical };
  const own = methods.get(id);
  if (own?.kind === 'waiting-model') return null;
  if (own !== undefined) {
    return own.kind === 'lut' ? { kind: 'lut', lutId: id } : { kind: 'model', modelId: id };
  }
  const { engine } = store.state;
  const models = engine.status === 'ready' ? engine.models : [];
  return models.some((model) => model.id === id) ? { kind: 'model', modelId: id } : null;
}

/** The title of a method on its card; its id where it has none. */
export function methodTitle({ store }: Pick<AppContext, 'store'>, id: MethodId): string {
  return store.state.methods.find((method) => method.id === id)?.title ?? id;
}

/** What new inputs are restored with: the user's choice while it is there, else the default model. */
export function chosenMethod(context: Asker): MethodId | null {
  const { engine, selectedModelId } = context.store.state;
  if (selectedModelId !== null && methodRef(context, selectedModelId) !== null) {
    return selectedModelId;
  }
  const models = engine.status === 'ready' ? engine.models : [];
  return (models.find((model) => model.default) ?? models[0])?.id ?? null;
}

/** What a file restored by a method is called after its case. */
export function fileSuffix(context: Pick<AppContext, 'store'>, id: MethodId): string {
  const { engine } = context.store.state;
  const models = engine.status === 'ready' ? engine.models : [];
  if (models.some((model) => model.id === id && model.default)) return 'restored';
  const slug = methodTitle(context, id)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' ? id : slug;
}
