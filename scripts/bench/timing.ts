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

/** Once this long was spent on the warm calls of one thing, three of them are enough. */
const ENOUGH_MILLISECONDS = 2000;

/** Results of up to `runs` calls of `work`, fewer where they take long. */
export async function repeat(
  runs: number,
  work: () => Promise<number>,
): Promise<readonly number[]> {
  const results: number[] = [];
  const started = performance.now();
  const enough = () => results.length >= 3 && performance.now() - started > ENOUGH_MILLISECONDS;
  while (results.length < runs && !enough()) results.push(await work());
  return results;
}

export async function timeCalls(runs: number, work: () => unknown): Promise<Timing> {
  const first = await timed(work);
  const warm = [...(await repeat(runs, () => timed(work)))].sort((a, b) => a - b);
  const median = warm[Math.floor(warm.length / 2)] ?? Number.NaN;
  return { first, best: warm[0] ?? Number.NaN, warm: median };
}
