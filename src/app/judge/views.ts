import { scheduleFor } from '../../core/judge/schedule.ts';
import { isComplete, mergeVoteFiles, raterLabels, type VoteFile } from '../../core/judge/votes.ts';
import { allVotes } from './ballots.ts';
import { ballotKey, type HeldStudy, type JudgeContext } from './context.ts';
import type { RaterView, StudyView } from './model.ts';
import { missingPictures } from './studyFiles.ts';

function raterViews(
  context: JudgeContext,
  hash: string,
  { study }: HeldStudy,
  files: readonly VoteFile[],
): RaterView[] {
  const { kept } = mergeVoteFiles(files);
  const labels = raterLabels(kept);
  return kept.map(({ rater, ballot, votes, finished, conditions }, index) => {
    const items = scheduleFor(study, rater);
    const byId = new Map(items.map((item) => [item.id, item]));
    const done = votes.filter(({ item: id, answers }) => {
      const item = byId.get(id);
      return item !== undefined && isComplete(study, item, answers);
    });
    return {
      name: rater,
      label: labels[index] ?? rater,
      ballot,
      done: done.length,
      total: items.length,
      finished,
      here: context.ballots.get(ballotKey(hash, rater))?.id === ballot,
      conditions,
    };
  });
}

/** What hangs on votes is worked out once for a list of them: the list that is held where they are the same. */
export function heldVotes(
  votes: ReadonlyMap<string, readonly VoteFile[]>,
  hash: string,
  files: readonly VoteFile[],
): readonly VoteFile[] {
  const before = votes.get(hash) ?? [];
  const same =
    before.length === files.length &&
    before.every(({ checksum }, index) => checksum === files[index]?.checksum);
  return same ? before : files;
}

/** Every study with its raters, from all votes that are here. */
export async function studyViews(
  context: JudgeContext,
  votes: Map<string, readonly VoteFile[]>,
): Promise<StudyView[]> {
  const views: StudyView[] = [];
  const there = await context.storage.pictures();
  for (const [hash, held] of context.studies) {
    const files = await allVotes(context, hash);
    votes.set(hash, heldVotes(votes, hash, files));
    const { title, protocol, cases, methods, consent, secondsLimit } = held.study;
    views.push({
      hash,
      title,
      protocol,
      cases: cases.length,
      methods: methods.length,
      consent,
      secondsLimit,
      mine: held.key !== null,
      raters: raterViews(context, hash, held, files),
      remarks: missingPictures(held, there),
      lasts: context.storage.lasts,
    });
  }
  return views;
}
