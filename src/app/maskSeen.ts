import type { ModelContract } from '../protocol/models.ts';
import type { StoredCase, StoredMethodOutput } from '../storage/records.ts';
import type { AppContext } from './context.ts';

const isShown = ({ mask }: ModelContract): boolean => mask !== null && mask.ones !== true;

/** Whether a method is shown the person mask; null while it is not known which networks there are. */
function seesMask({ store, methods }: AppContext, id: string): boolean | null {
  const own = methods.get(id);
  if (own !== undefined) return own.kind === 'model' && isShown(own.contract);
  const { engine } = store.state;
  if (engine.status !== 'ready') return null;
  const model = engine.models.find((candidate) => candidate.id === id);
  return model !== undefined && isShown(model.contract);
}

/** Whether an output was made with another person mask than its case has now. */
export function sawOtherMask(
  context: AppContext,
  { mask }: Pick<StoredCase, 'mask'>,
  { method, origin }: Pick<StoredMethodOutput, 'method' | 'origin'>,
): boolean {
  if (origin.kind === 'dropped') return false;
  const seen = origin.settings.mask ?? null;
  if (!(seesMask(context, method) ?? seen !== null)) return false;
  return seen !== (mask?.sha256 ?? null);
}
