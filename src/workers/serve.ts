import { expose } from 'comlink';
import { hexOf } from '../core/bytes.ts';

/** Takes a lock that the browser drops when this worker ends, however it ends. Null without locks. */
async function holdLock(): Promise<string | null> {
  const { locks } = navigator;
  if (locks === undefined) return null;
  const name = `loupe-worker-${hexOf(crypto.getRandomValues(new Uint8Array(12)))}`;
  return new Promise((resolve) => {
    const held = () => {
      resolve(name);
      return new Promise<never>(() => undefined);
    };
    locks.request(name, held).catch(() => resolve(null));
  });
}

/**
 * Answers the page by this API. `life` is the name of a lock that is held for as long as the worker lives:
 * a worker that the browser ends says nothing, and the page would wait for ever.
 */
export function serve(api: object): void {
  const held = holdLock();
  expose({ ...api, life: () => held });
}
