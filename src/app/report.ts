import { BadInput } from '../core/badInput.ts';
import type { AppStore } from './state.ts';

/**
 * Says what went wrong: of bad input what is wrong with it, and that something is a bug where it is one,
 * since a page that silently does nothing cannot be helped.
 */
export function report(store: Pick<AppStore, 'notify'>, caught: unknown): void {
  if (caught instanceof BadInput) {
    store.notify('error', caught.message);
    return;
  }
  console.error(caught);
  const reason = caught instanceof Error ? caught.message : String(caught);
  store.notify('error', `Something went wrong inside Loupe (${reason}). Reload the page to go on.`);
}
