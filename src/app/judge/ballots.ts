import { BadInput } from '../../core/badInput.ts';
import { scheduleFor } from '../../core/judge/schedule.ts';
import { checksummed, type VoteFile } from '../../core/judge/votes.ts';
import { sha256Of } from '../hash.ts';
import { type Ballot, ballotKey, type JudgeContext } from './context.ts';

/** Stores a ballot as it is; the promise rejects where it could not be kept. */
export async function keepBallot(
  context: JudgeContext,
  hash: string,
  ballot: Ballot,
): Promise<void> {
  const key = ballotKey(hash, ballot.rater);
  context.ballots.set(key, ballot);
  await context.storage.put(key, ballot);
}

/** A ballot as the file that comes back to the maker. */
export async function voteFileOf(
  context: JudgeContext,
  hash: string,
  { rater, conditions, startedAt, votes }: Ballot,
): Promise<VoteFile> {
  const held = context.studies.get(hash);
  if (held === undefined) throw new BadInput('The study is not here any more.');
  const items = scheduleFor(held.study, rater);
  const given = items.flatMap(({ id }) => votes[id] ?? []);
  const file = {
    loupe: 'votes' as const,
    version: 1 as const,
    study: hash,
    rater,
    conditions,
    startedAt,
    finished: given.length === items.length,
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
