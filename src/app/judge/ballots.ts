import { BadInput } from '../../core/badInput.ts';
import { scheduleFor } from '../../core/judge/schedule.ts';
import { type Ballot, checksummed, isComplete, type VoteFile } from '../../core/judge/votes.ts';
import { sha256Of } from '../hash.ts';
import { ballotKey, type JudgeContext } from './context.ts';

/** Stores a ballot as it is. @throws {BadInput} with a sentence where it could not be kept */
export async function keepBallot(
  context: JudgeContext,
  hash: string,
  ballot: Ballot,
): Promise<void> {
  const key = ballotKey(hash, ballot.rater);
  context.ballots.set(key, ballot);
  try {
    await context.storage.put(key, ballot);
  } catch (caught) {
    throw new BadInput(
      'Your last answer could not be stored in this browser. Free some room, or stop and save your votes before you close the page.',
      caught,
    );
  }
}

/** A ballot as the file that comes back to the maker. */
export async function voteFileOf(
  context: JudgeContext,
  hash: string,
  { id: ballot, rater, conditions, startedAt, votes }: Ballot,
): Promise<VoteFile> {
  const held = context.studies.get(hash);
  if (held === undefined) throw new BadInput('The study is not here any more.');
  const items = scheduleFor(held.study, rater);
  const given = items.flatMap(({ id }) => votes[id] ?? []);
  const through = items.filter((item) => {
    const vote = votes[item.id];
    return vote && (vote.skips > 0 || isComplete(held.study, item, vote.answers));
  });
  const file = {
    loupe: 'votes' as const,
    version: 1 as const,
    study: hash,
    rater,
    ballot,
    conditions,
    startedAt,
    finished: through.length === items.length,
    votes: given,
  };
  return { ...file, checksum: await sha256Of(new Blob([checksummed(file)])) };
}

/** All votes on a study: those cast here and those that were brought; of one rater the fuller ones. */
export async function allVotes(context: JudgeContext, hash: string): Promise<VoteFile[]> {
  const here = [...context.ballots]
    .filter(([key]) => key === ballotKey(hash, context.ballots.get(key)?.rater ?? ''))
    .map(([, ballot]) => voteFileOf(context, hash, ballot));
  return [...(await Promise.all(here)), ...(context.brought.get(hash) ?? [])];
}
