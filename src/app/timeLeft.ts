/** Weight of the newest step: steady over tiles of equal size, quick to see a machine slow down. */
const NEWEST = 0.4;

/**
 * Estimates the seconds left from an exponential mean of the seconds a step takes. Feed it every
 * progress event; it answers null until a first step was done.
 * @param now milliseconds, monotonic
 */
export function makeTimeLeft(
  now: () => number,
): (stage: string, done: number, total: number) => number | null {
  let last = { stage: '', done: 0, at: 0 };
  let perStep: number | null = null;
  return (stage, done, total) => {
    if (stage !== last.stage || done < last.done) {
      last = { stage, done, at: now() };
      perStep = null;
    } else if (done > last.done) {
      const at = now();
      const newest = (at - last.at) / 1000 / (done - last.done);
      perStep = perStep === null ? newest : NEWEST * newest + (1 - NEWEST) * perStep;
      last = { stage, done, at };
    }
    return perStep === null ? null : perStep * (total - done);
  };
}
