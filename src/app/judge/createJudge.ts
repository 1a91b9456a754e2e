import { BadInput } from '../../core/badInput.ts';
import type { Combination } from '../../core/judge/combine.ts';
import { votesNeeded } from '../../core/judge/study.ts';
import { mergeVoteFiles, readBallot, type VoteFile } from '../../core/judge/votes.ts';
import type { ArchiveApi } from '../../protocol/archive.ts';
import type { VotesApi } from '../../protocol/votes.ts';
import { openJudgeStorage } from '../../storage/judgeStorage.ts';
import type { BenchGuest } from '../bench/guest.ts';
import type { AppContext } from '../context.ts';
import { Turns } from '../turns.ts';
import { WorkerClient } from '../workerClient.ts';
import { analysisView } from './analysisView.ts';
import { voteFileOf } from './ballots.ts';
import { type BenchLender, ballotKey, type HeldStudy, type JudgeContext } from './context.ts';
import { evaluateAll, evaluationCommands } from './evaluation.ts';
import { analysisFile } from './exports.ts';
import { judgeGuest } from './guest.ts';
import type { JudgeCommands, JudgeModel } from './model.ts';
import { readRecords } from './records.ts';
import { createJudgeStore, type JudgeStore } from './store.ts';
import { addFile, addStudy, openAddress, packKey, packStudy, removeBrought } from './studyFiles.ts';
import { makeStudy, picturesOf } from './studyMaking.ts';
import { studyViews } from './views.ts';
import { Voting } from './voting.ts';

/** Votes on a study by its hash, as they are now: what the analysis is made from without waiting. */
type Votes = Map<string, readonly VoteFile[]>;

async function open(app: AppContext, bench: BenchLender, store: JudgeStore): Promise<JudgeContext> {
  return {
    app,
    bench,
    store,
    storage: await openJudgeStorage(),
    archives: new WorkerClient<ArchiveApi>({
      name: 'The archive reader',
      connect: () => app.platform.connectArchive(),
    }),
    votes: new WorkerClient<VotesApi>({
      name: 'What evaluates the votes',
      connect: () => app.platform.connectVotes(),
    }),
    studies: new Map(),
    ballots: new Map(),
    brought: new Map(),
  };
}

/** Reads all votes and shows every study with its raters. */
async function refresh(context: JudgeContext, votes: Votes): Promise<void> {
  await readRecords(context);
  context.store.set({ studies: await studyViews(context, votes), opened: true });
}

async function removeStudy(context: JudgeContext, hash: string): Promise<void> {
  const held = context.studies.get(hash);
  if (held === undefined) return;
  context.studies.delete(hash);
  const ballots = [...context.ballots].flatMap(([key, { rater }]) =>
    key === ballotKey(hash, rater) ? [key] : [],
  );
  await context.storage.remove([`study/${hash}`, `brought/${hash}`, ...ballots]);
  const needed = new Set([...context.studies.values()].flatMap(({ study }) => picturesOf(study)));
  await context.storage.removePictures(picturesOf(held.study).filter((own) => !needed.has(own)));
}

async function votesFile(context: JudgeContext, hash: string, rater: string): Promise<File> {
  // As it is stored: another tab may have gone on.
  const ballot = readBallot(await context.storage.read(ballotKey(hash, rater)));
  if (ballot === null) throw new BadInput(`${rater} has not voted in this browser.`);
  const file = await voteFileOf(context, hash, ballot);
  const name = `votes-${hash.slice(0, 8)}-${rater.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.json`;
  return new File([`${JSON.stringify(file, null, 1)}\n`], name, { type: 'application/json' });
}

function heldOf(context: JudgeContext, hash: string): HeldStudy {
  const held = context.studies.get(hash);
  if (held === undefined) throw new BadInput('The study is not here any more.');
  return held;
}

function keyOf({ key }: HeldStudy) {
  if (key === null) throw new BadInput('Only who made the study knows its methods: drop its key.');
  return key;
}

/** Runs commands; what is wrong with the user's files is said, and so is a bug. */
function makeRunner(turns: Turns<JudgeContext>, store: JudgeStore, votes: Votes) {
  async function attempt<T>(work: (own: JudgeContext) => Promise<T>, otherwise: T): Promise<T> {
    const answer = await turns.answered(work, otherwise);
    store.set({ working: null });
    return answer;
  }
  /** And shows afterwards what has become of the studies. */
  const changing = <T>(work: (own: JudgeContext) => Promise<T>): Promise<T | null> =>
    attempt(async (own) => {
      const result = await work(own);
      await refresh(own, votes);
      return result;
    }, null);
  const run = async (work: (own: JudgeContext) => Promise<unknown>): Promise<void> => {
    await changing(work);
  };
  return { attempt, changing, run };
}

type Runner = ReturnType<typeof makeRunner>;

/** Commands of the rater who votes in this tab. */
function ballotCommands({ attempt, run }: Runner) {
  let voting: Voting | null = null;
  const stop = () => {
    voting?.stop();
    voting = null;
  };
  const ballot = (work: (own: Voting) => Promise<void>) =>
    attempt(async () => (voting === null ? undefined : work(voting)), undefined);
  const commands: Pick<
    JudgeCommands,
    'startVoting' | 'answer' | 'skip' | 'back' | 'stopVoting' | 'votesFile'
  > = {
    startVoting: (hash, rater, conditions) =>
      attempt(async (own) => {
        stop();
        voting = await Voting.start(own, hash, rater.trim(), conditions);
      }, undefined),
    answer: (answers, next) => ballot((own) => own.answer(answers, next)),
    skip: () => ballot((own) => own.skip()),
    back: () => ballot((own) => own.back()),
    stopVoting: () => run(async () => stop()),
    votesFile: (hash, rater) => attempt((own) => votesFile(own, hash, rater), null),
  };
  return { commands, stop };
}

interface JudgeParts {
  readonly context: Promise<AppContext>;
  readonly bench: BenchLender;
  /** Says what went wrong. */
  readonly onError: (error: unknown) => void;
}

/** The model of the page, and what its owner needs besides. */
export interface Judge extends JudgeModel {
  /** Studies travel with the bench's workspace and stand in its report. */
  readonly guest: BenchGuest;
  /** Ends the workers and lets locks go. */
  close(): Promise<void>;
}

/** Judging beside the bench, whose set studies are made from. */
export function createJudge({ context: app, bench, onError }: JudgeParts): Judge {
  const store = createJudgeStore();
  const votes: Votes = new Map();
  let ready: JudgeContext | null = null;
  const context = app.then(async (own) => {
    const opened = await open(own, bench, store);
    ready = opened;
    await refresh(opened, votes);
    // Another tab may have voted or taken in votes meanwhile.
    own.platform.onShow(() => void refresh(opened, votes));
    return opened;
  });

  const { attempt, changing, run } = makeRunner(new Turns(context, onError), store, votes);
  const voting = ballotCommands({ attempt, changing, run });

  const viewNow = (hash: string, combination: Combination) => {
    const held = ready?.studies.get(hash);
    const files = votes.get(hash) ?? [];
    if (ready === null || held?.key == null || files.length === 0) return null;
    return analysisView(ready, hash, { ...held, key: held.key }, files, combination);
  };

  const commands: JudgeCommands = {
    votesNeeded: ({ protocol, methods, cases, perRater }, halfWidth) => {
      const all =
        cases.length *
        Math.max(1, protocol.shows === 'pair' ? (methods.length * (methods.length - 1)) / 2 : 1);
      return votesNeeded(protocol, methods.length, halfWidth, perRater === 0 ? all : perRater);
    },
    createStudy: (plan) =>
      changing(async (own) => {
        const { study, key, hash } = await makeStudy(own, plan);
        await addStudy(own, study, { key, address: null });
        return hash;
      }),
    studyFile: (hash) => attempt(async (own) => packStudy(own, heldOf(own, hash)), null),
    keyFile: (hash) => attempt(async (own) => packKey(keyOf(heldOf(own, hash))), null),
    async addFiles(files) {
      for (const file of files) await attempt((own) => addFile(own, file), undefined);
      // Shown once: every list of votes is evaluated anew.
      await run(async () => undefined);
    },
    openAddress: (url) => changing((own) => openAddress(own, url)),
    removeVotes: (hash, { name, ballot: id }) => run((own) => removeBrought(own, hash, id, name)),
    removeStudy: (hash) => run((own) => removeStudy(own, hash)),
    ...voting.commands,
    ...evaluationCommands(context, store, votes),
    analyse: viewNow,
    exportAnalysis: (hash, kind, combination) =>
      attempt(async (own) => {
        const held = heldOf(own, hash);
        const named = { ...held, key: keyOf(held) };
        const all = votes.get(hash) ?? [];
        const files = mergeVoteFiles(all).kept;
        if (!kind.startsWith('votes')) await evaluateAll(own, named, all, combination);
        return analysisFile(kind, named, files, () => viewNow(hash, combination));
      }, null),
  };
  return {
    state: store.state,
    commands,
    guest: judgeGuest(context, votes, async () => refresh(await context, votes)),
    async close() {
      voting.stop();
      const own = await context;
      own.archives.stop();
      own.votes.stop();
    },
  };
}
