import type { BenchFileView, BenchRunView } from '../../app/bench/model.ts';
import type { ScoreTable } from '../../core/bench/types.ts';
import type { SetCase } from '../../core/dataset/survey.ts';
import { formatExact, formatTimeLeft } from '../format.ts';

/** "120 of 180 · 12.4 a second · about 5 s left" without what is not known. */
export function progressWords(run: BenchRunView): string {
  const parts = [`${formatExact(run.done)} of ${formatExact(run.total)}`];
  if (run.status === 'paused') parts.push('paused');
  if (run.status === 'running' && run.perSecond !== null) parts.push(rateWords(run.perSecond));
  if (run.status === 'running' && run.secondsLeft !== null) {
    parts.push(formatTimeLeft(run.secondsLeft));
  }
  if (run.status === 'done') parts.push('done');
  return parts.join(' · ');
}

/** Outputs with a ground truth for which nothing has been measured: new ones, and those that failed. */
export function unmeasured(cases: readonly SetCase[], table: ScoreTable): number {
  const columns = table.columns.filter(({ imported }) => !imported);
  const lacks = (method: string, index: number) =>
    columns.every(({ id }) => !Number.isFinite(table.values.get(method)?.get(id)?.[index]));
  let count = 0;
  cases.forEach(({ gt, outputs }, index) => {
    if (gt === null) return;
    count += Object.keys(outputs).filter((method) => lacks(method, index)).length;
  });
  return count;
}

/** Cases whose person was found by a network. */
export function automaticMasks(
  cases: readonly SetCase[],
  files: Readonly<Record<string, BenchFileView>>,
): number {
  return cases.filter(({ mask }) => mask !== null && files[mask]?.automatic === true).length;
}

/** Slow work is told by the minute. */
function rateWords(perSecond: number): string {
  if (perSecond < 0.5) return `${(perSecond * 60).toFixed(1)} a minute`;
  return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} a second`;
}
