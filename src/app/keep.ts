import { StorageFullError } from '../storage/quota.ts';
import type { AppContext } from './context.ts';

/**
 * Runs a write to the storage. A failure becomes a notice that names `what`; nothing that was stored
 * before is lost by it. True where it was kept.
 */
export async function keep(
  context: Pick<AppContext, 'store'>,
  what: string,
  write: () => Promise<void>,
): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof StorageFullError) {
      context.store.notify(
        'error',
        `The storage of this browser is full: ${what} is shown but will be gone after a reload. Everything stored before is still there. Download what you need, close cases or clear the storage, then add it again.`,
      );
    } else {
      const reason = error instanceof Error ? error.message : String(error);
      context.store.notify(
        'error',
        `${what} could not be stored and will be gone after a reload (${reason}). Download what you need.`,
      );
    }
    return false;
  }
}

/** Brings the line that shows how much is stored up to date. */
export async function refreshStorageLine(
  context: Pick<AppContext, 'store' | 'storage'>,
): Promise<void> {
  try {
    const { bytes, quota, persisted } = await context.storage.usage();
    context.store.set({ storage: { bytes, quota, persisted } });
  } catch {
    // Unknown use is shown as such.
    context.store.set({ storage: null });
  }
}
