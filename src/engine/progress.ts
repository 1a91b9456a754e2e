import type { Progress } from '../protocol/engine.ts';

/**
 * Reports steps of one stage with the time left, estimated from the mean of the steps done so far.
 * @param now milliseconds, monotonic
 */
export function makeStepProgress(
  stage: Progress['stage'],
  total: number,
  report: (progress: Progress) => void,
  now: () => number = () => performance.now(),
): (done: number) => void {
  const started = now();
  report({ stage, done: 0, total, secondsLeft: null });
  return (done) => {
    const perStep = (now() - started) / 1000 / done;
    report({ stage, done, total, secondsLeft: done === 0 ? null : perStep * (total - done) });
  };
}
