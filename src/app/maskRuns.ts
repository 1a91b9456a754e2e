import type { AppContext } from './context.ts';
import { sawOtherMask } from './maskSeen.ts';
import { queueRestore } from './restore.ts';

/** Runs anew what hangs on the person mask, after that came, went or came back. */
export async function rerunForMask(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined || record.input === null) return;
  const stale = record.outputs.filter((output) => sawOtherMask(context, record, output));
  for (const { method } of stale) {
    await queueRestore(context, id, { method, replaces: false, resumable: true });
  }
}
