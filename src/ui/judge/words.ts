import type { RaterView } from '../../app/judge/model.ts';
import { counted } from '../../core/text/counted.ts';

export { counted };

/** "nobody has voted yet", "3 raters, 2 are done" */
export function ratersWords(raters: readonly RaterView[]): string {
  if (raters.length === 0) return 'nobody has voted yet';
  const done = raters.filter(({ finished }) => finished).length;
  if (done === raters.length) return `${counted(raters.length, 'rater')}, all done`;
  return `${counted(raters.length, 'rater')}, ${done} ${done === 1 ? 'is' : 'are'} done`;
}
