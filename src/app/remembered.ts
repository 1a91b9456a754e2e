import type { AppContext } from './context.ts';
import { keepIfRoom } from './keep.ts';

type Rememberer = Pick<AppContext, 'storage' | 'numbers' | 'store' | 'full'>;

/** A result of this visit or of an earlier one; null where there is none that `read` accepts. */
export async function recall<T>(
  context: Rememberer,
  key: string,
  read: (stored: unknown) => T | null,
): Promise<T | null> {
  const held = context.numbers.get(key);
  if (held !== undefined) return read(held);
  const stored = await context.storage.getResult(key).catch(() => null);
  return read(stored);
}

/** Keeps a result; where the storage is full it lives as long as the page. */
export async function remember(
  context: Rememberer,
  key: string,
  what: string,
  value: object,
): Promise<void> {
  context.numbers.set(key, value);
  await keepIfRoom(context, what, () => context.storage.putResult(key, value));
}
