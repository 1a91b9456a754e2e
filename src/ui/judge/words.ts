import type { RaterView } from '../../app/judge/model.ts';

/** "1 rater", "3 raters" */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** "nobody has voted yet", "3 raters, 2 are done" */
export function ratersWords(raters: readonly RaterView[]): string {
  if (raters.length === 0) return 'nobody has voted yet';
  const done = raters.filter(({ finished }) => finished).length;
  if (done === raters.length) return `${counted(raters.length, 'rater')}, all done`;
  return `${counted(raters.length, 'rater')}, ${done} ${done === 1 ? 'is' : 'are'} done`;
}
