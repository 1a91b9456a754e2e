import type { StoredCase, StoredPicture } from '../storage/records.ts';
import type { AppContext } from './context.ts';
import { newId } from './ids.ts';
import { keepIfRoom } from './keep.ts';

/*
 * What a tab took out can be put back for as long as it is open. The browser holds a lock for each tab that
 * took something out and drops it with the tab, so that another tab can tell. Without the browser's locks
 * every other tab counts as closed.
 */

/** This tab among the others. */
export interface Tab {
  readonly id: string;
  /** Taken when it is first needed. */
  lock: Promise<unknown> | null;
}

const lockOf = (tab: string): string => `loupe-tab-${tab}`;

const ownerOf = (id: string): string => id.split('/')[0] ?? '';

/** An id for something that this tab sets aside. */
export async function setAsideId({ platform, tab }: AppContext): Promise<string> {
  tab.lock ??= platform.lock(lockOf(tab.id));
  await tab.lock;
  return `${tab.id}/${newId()}`;
}

/**
 * Remembers a picture that gave way in a case and that nobody can put back: it is deleted, with all that was
 * made from it, when the tab is gone and no job can ask for it any more, unless something shows it then.
 */
export async function letGo(
  context: AppContext,
  of: StoredCase,
  picture: StoredPicture,
): Promise<void> {
  const id = await setAsideId(context);
  const rest = { gt: null, mask: null, regionMasks: {}, outputs: [], shownMethod: null };
  const alone = { ...of, ...rest, input: picture };
  await keepIfRoom(context, `“${picture.name}”`, () => context.storage.setAside(id, alone));
}

/** Deletes the files of what was taken out in tabs that are closed by now: nobody can put it back. */
export async function releaseOfClosedTabs({ platform, storage, tab }: AppContext): Promise<void> {
  const closed = new Map([[tab.id, false]]);
  const ids = await storage.setAsideIds();
  for (const id of ids) {
    const owner = ownerOf(id);
    if (!closed.has(owner)) {
      const release = await platform.lock(lockOf(owner));
      closed.set(owner, release !== null);
      release?.();
    }
  }
  const gone = ids.filter((id) => closed.get(ownerOf(id)));
  if (gone.length > 0) await storage.release(gone);
}
