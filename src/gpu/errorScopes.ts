/** What some work gave, and what the device had to say of it. */
interface Scoped<T> {
  readonly made: T;
  /** The first error, the first line of it, in the browser's words; null where there was none. Never rejects. */
  readonly error: Promise<string | null>;
}

/** Of the innermost scope first. The device's loss is answered elsewhere. */
async function popAll(device: GPUDevice, count: number): Promise<string | null> {
  const scopes = Array.from({ length: count }, () => device.popErrorScope().catch(() => null));
  const errors = await Promise.all(scopes);
  // Further lines trace the browser's own calls.
  return errors.find((error) => error !== null)?.message.split('\n', 1)[0] ?? null;
}

/**
 * Runs work and takes the errors of these kinds that the device reports of it: no call throws them, and
 * what could not be allocated holds zeros.
 * @param work creates, records and submits in one go: a device has one stack of scopes, so what ran in
 * between would be counted in
 */
export function scoped<T>(
  device: GPUDevice,
  kinds: readonly GPUErrorFilter[],
  work: () => T,
): Scoped<T> {
  for (const kind of kinds) device.pushErrorScope(kind);
  let made: T;
  try {
    made = work();
  } catch (caught) {
    void popAll(device, kinds.length);
    throw caught;
  }
  return { made, error: popAll(device, kinds.length) };
}
