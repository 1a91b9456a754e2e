/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export interface Timing {
  /** The first call: shader compilation and first allocations included. */
  readonly first: number;
  /** The quickest of the calls after it: what the machine can do undisturbed. */
  readonly best: number;
  /** Median of the calls after it. */
  readonly warm: number;
}

export async function timeCalls(runs: number, work: () => unknown): Promise<Timing> {
  const first = await timed(work);
  const warm: number[] = [];
  for (let i = 0; i < runs; i += 1) warm.push(await timed(work));
  warm.sort((a, b) => a - b);
  const median = warm[Math.floor(warm.length / 2)] ?? Number.NaN;
  return { first, best: warm[0] ?? Number.NaN, warm: median };
}
