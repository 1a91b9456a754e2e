import { readStudy } from '../../core/judge/study.ts';
import { readBallot } from '../../core/judge/votes.ts';
import type { HeldStudy, JudgeContext } from './context.ts';
import { broughtFiles, isObject } from './studyFiles.ts';

/**
 * Reads everything that is stored, checked; damaged records stay where they are and are not shown. What is
 * known already is replaced: another tab may have written it.
 */
export async function readRecords(context: JudgeContext): Promise<void> {
  const records = await context.storage.records();
  const { studies, ballots, brought } = context;
  for (const known of [studies, ballots, brought]) known.clear();
  for (const [name, value] of records) {
    if (!isObject(value)) continue;
    const [kind, rest = ''] = [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)];
    if (kind === 'study') {
      const read = readStudy(value.study);
      if ('study' in read) {
        studies.set(rest, { ...(value as unknown as HeldStudy), study: read.study });
      }
    } else if (kind === 'ballot') {
      const ballot = readBallot(value);
      if (ballot !== null) ballots.set(name, ballot);
    } else if (kind === 'brought') brought.set(rest, broughtFiles(value));
  }
}
