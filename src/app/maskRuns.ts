import type { StoredCase } from '../storage/records.ts';
import type { AppContext } from './context.ts';
import type { MethodId } from './model.ts';
import { queueRestore } from './restore.ts';

/** Whether a network is shown the person mask. */
function seesMask({ store, methods }: AppContext, id: MethodId): boolean {
  const own = methods.get(id);
  if (own !== undefined) return own.kind === 'model' && own.contract.mask !== null;
  const { engine } = store.state;
  const models = engine.status === 'ready' ? engine.models : [];
  return (models.find((model) => model.id === id)?.contract.mask ?? null) !== null;
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
