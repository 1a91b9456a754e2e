import { StorageFullError } from '../storage/quota.ts';
import type { AppContext } from './context.ts';

type Keeper = Pick<AppContext, 'store' | 'full'>;

/** Whether the screen says at this moment that the storage is full. */
export function isFullSaid({ store, full }: Keeper): boolean {
  return store.state.notices.some(({ id }) => id === full.noticeId);
}

function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** One notice for all that did not fit, however many files a drop had. */
function sayFull(context: Keeper, what: string): void {
  const { store, full } = context;
  if (!isFullSaid(context)) full.names = [];
  else if (full.names.includes(what)) return;
  else store.dismissNotice(full.noticeId ?? '');
  full.names = [...full.names, what];
  const are = full.names.length === 1 ? 'is' : 'are';
  full.noticeId = store.notify(
    'error',
    `The storage of this browser is full: ${listOf(full.names)} ${are} shown but will be gone after a reload. Everything stored before is still there. Download what you need, close cases or clear the storage, then add it again.`,
  );
}

/**
 * Runs a write to the storage. A failure becomes a notice that names `what`; nothing that was stored
 * before is lost by it. True where it was kept.
 */
export async function keep(
  context: Keeper,
  what: string,
  write: () => Promise<void>,
): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof StorageFullError) {
      sayFull(context, what);
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

/**
 * Runs a write of what can be made again at any time (thumbnails, overlays, numbers): where there is
 * no room it is simply made again, and nobody needs to know.
 */
export async function keepIfRoom(
  context: Keeper,
  what: string,
  write: () => Promise<void>,
): Promise<void> {
  await keep(context, what, () =>
    write().catch((error: unknown) => {
      if (!(error instanceof StorageFullError)) throw error;
    }),
  );
}

type Lined = Pick<AppContext, 'store' | 'storage'>;

interface Refreshing {
  readonly done: Promise<void>;
  /** Something was stored meanwhile. */
  again: boolean;
}

/** By storage: the line that is being brought up to date. */
const refreshing = new WeakMap<Lined['storage'], Refreshing>();

async function refreshOnce({ storage, store }: Lined): Promise<void> {
  try {
    const { bytes, quota, persisted } = await storage.usage();
    store.set({ storage: { bytes, quota, persisted } });
  } catch {
    // Unknown use is shown as such.
    store.set({ storage: null });
  }
}

async function refreshWhileStored(context: Lined): Promise<void> {
  do {
    const line = refreshing.get(context.storage);
    if (line !== undefined) line.again = false;
    await refreshOnce(context);
  } while (refreshing.get(context.storage)?.again);
  refreshing.delete(context.storage);
}

/**
 * Brings the line that shows how much is stored up to date. The browser may take its time over the
 * quota: no job waits for this.
 */
export function refreshStorageLine(context: Lined): Promise<void> {
  const under = refreshing.get(context.storage);
  if (under !== undefined) {
    under.again = true;
    return under.done;
  }
  const done = Promise.resolve().then(() => refreshWhileStored(context));
  refreshing.set(context.storage, { done, again: false });
  return done;
}

/** Resolves when the line that shows how much is stored is up to date. */
export async function storageLineShown({ storage }: Pick<AppContext, 'storage'>): Promise<void> {
  await refreshing.get(storage)?.done;
}
