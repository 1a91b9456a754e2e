import type { ModelContract } from '../protocol/models.ts';
import type { StoredCase } from '../storage/records.ts';
import type { AppContext } from './context.ts';
import type { MethodId } from './model.ts';
import { queueRestore } from './restore.ts';

const isShown = ({ mask }: ModelContract): boolean => mask !== null && mask.ones !== true;

/** Whether a network is shown the person mask. */
function seesMask({ store, methods }: AppContext, id: MethodId): boolean {
  const own = methods.get(id);
  if (own !== undefined) return own.kind === 'model' && isShown(own.contract);
  const { engine } = store.state;
  const models = engine.status === 'ready' ? engine.models : [];
  const model = models.find((candidate) => candidate.id === id);
  return model !== undefined && isShown(model.contract);
}

/** Methods whose output of a case was made with another person mask than the case has now. */
function madeWithOtherMask(context: AppContext, { outputs, mask }: StoredCase): MethodId[] {
  return outputs.flatMap(({ method, origin }) => {
    if (origin.kind === 'dropped' || !seesMask(context, method)) return [];
    return (origin.settings.mask ?? null) === (mask?.sha256 ?? null) ? [] : [method];
  });
}

/** Runs anew what hangs on the person mask, after that came, went or came back. */
export async function rerunForMask(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined || record.input === null) return;
  for (const method of madeWithOtherMask(context, record)) {
    await queueRestore(context, id, { method, replaces: false, resumable: true });
  }
}
