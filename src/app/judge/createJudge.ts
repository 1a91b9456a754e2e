import { BadInput } from '../../core/badInput.ts';
import type { Combination } from '../../core/judge/combine.ts';
import { scheduleFor } from '../../core/judge/schedule.ts';
import { readStudy, votesNeeded } from '../../core/judge/study.ts';
import { mergeVoteFiles, readVoteFile, type VoteFile } from '../../core/judge/votes.ts';
import type { ArchiveApi } from '../../protocol/archive.ts';
import { openJudgeStorage } from '../../storage/judgeStorage.ts';
import type { AppContext } from '../context.ts';
import { WorkerClient } from '../workerClient.ts';
import { analysisView } from './analysisView.ts';
import { allVotes, voteFileOf } from './ballots.ts';
import {
  type Ballot,
  type BenchLender,
  ballotKey,
  type HeldStudy,
  type JudgeContext,
} from './context.ts';
import { analysisJson, analysisLatex, votesCsv, votesJson } from './exports.ts';
import type { JudgeCommands, JudgeModel, RaterView, StudyView } from './model.ts';
import { createJudgeStore, type JudgeStore } from './store.ts';
import { addFile, addStudy, openAddress, packKey, packStudy } from './studyFiles.ts';
import { makeStudy, picturesOf } from './studyMaking.ts';
import { Voting } from './voting.ts';

/** Votes on a study by its hash, as they are now: what the analysis is made from without waiting. */
type Votes = Map<string, readonly VoteFile[]>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Stored records, checked; damaged ones stay where they are and are not shown. */
function readRecords(context: JudgeContext, records: ReadonlyMap<string, unknown>): void {
  for (const [name, value] of records) {
    if (!isObject(value)) continue;
    const [kind, rest = ''] = [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)];
    if (kind === 'study') {
      const read = readStudy(value.study);
      if ('study' in read)
        context.studies.set(rest, { ...(value as unknown as HeldStudy), study: read.study });
    } else if (kind === 'ballot' && isObject(value.votes)) {
      context.ballots.set(name, value as unknown as Ballot);
    } else if (kind === 'brought' && Array.isArray(value.files)) {
      const files = value.files.map(readVoteFile);
      context.brought.set(
        rest,
        files.flatMap((read) => ('file' in read ? [read.file] : [])),
      );
    }
  }
}

async function open(app: AppContext, bench: BenchLender, store: JudgeStore): Promise<JudgeContext> {
  const storage = await openJudgeStorage();
  const context: JudgeContext = {
    app,
    bench,
    store,
    storage,
    archives: new WorkerClient<ArchiveApi>({
      name: 'The archive reader',
      connect: () => app.platform.connectArchive(),
    }),
    studies: new Map(),
    ballots: new Map(),
    brought: new Map(),
    remarks: new Map(),
  };
  readRecords(context, await storage.records());
  return context;
}

function raterViews(
  context: JudgeContext,
  hash: string,
  held: HeldStudy,
  files: readonly VoteFile[],
): RaterView[] {
  return mergeVoteFiles(files).kept.map(({ rater, votes, finished }) => ({
    name: rater,
    done: votes.length,
    total: scheduleFor(held.study, rater).length,
    finished,
    here: context.ballots.has(ballotKey(hash, rater)),
  }));
}

/** Reads all votes and shows every study with its raters. */
async function refresh(context: JudgeContext, votes: Votes): Promise<void> {
  const studies: StudyView[] = [];
  for (const [hash, held] of context.studies) {
    const files = await allVotes(context, hash);
    votes.set(hash, files);
    const { title, protocol, cases, methods, consent, secondsLimit } = held.study;
    studies.push({
      hash,
      title,
      protocol,
      cases: cases.length,
      methods: methods.length,
      consent,
      secondsLimit,
      mine: held.key !== null,
      raters: raterViews(context, hash, held, files),
      remarks: context.remarks.get(hash) ?? [],
    });
  }
  context.store.set({ opened: true, studies });
}

async function removeStudy(context: JudgeContext, hash: string): Promise<void> {
  const held = context.studies.get(hash);
  if (held === undefined) return;
  context.studies.delete(hash);
  context.brought.delete(hash);
  const ballots = [...context.ballots].flatMap(([key, { rater }]) =>
    key === ballotKey(hash, rater) ? [key] : [],
  );
  for (const key of ballots) context.ballots.delete(key);
  await context.storage.remove([`study/${hash}`, `brought/${hash}`, ...ballots]);
  const needed = new Set([...context.studies.values()].flatMap(({ study }) => picturesOf(study)));
  await context.storage.removePictures(picturesOf(held.study).filter((own) => !needed.has(own)));
}

const textFile = (name: string, type: string, content: string) =>
  new File([content], name, { type });

export interface JudgeParts {
  readonly context: Promise<AppContext>;
  readonly bench: BenchLender;
}

/** The model of the page, and what its owner needs besides. */
export interface Judge extends JudgeModel {
  /** Ends the workers and lets locks go. */
  close(): Promise<void>;
}

/** Judging beside the bench, whose set studies are made from. */
export function createJudge({ context: app, bench }: JudgeParts): Judge {
  const store = createJudgeStore();
  const votes: Votes = new Map();
  let ready: JudgeContext | null = null;
  let voting: Voting | null = null;
  const context = app.then(async (own) => {
    ready = await open(own, bench, store);
    await refresh(ready, votes);
    return ready;
  });

  /** Runs a command; what is wrong with the user's files is said, and so is a bug. */
  async function attempt<T>(work: (own: JudgeContext) => Promise<T>, otherwise: T): Promise<T> {
    const own = await context;
    try {
      return await work(own);
    } catch (caught) {
      if (!(caught instanceof BadInput)) console.error(caught);
      const message = caught instanceof Error ? caught.message : String(caught);
      const bug = `Something went wrong inside Loupe (${message}). Reload the page to go on.`;
      own.app.store.notify('error', caught instanceof BadInput ? message : bug);
      return otherwise;
    } finally {
      store.set({ working: null });
    }
  }

  const changing = (work: (own: JudgeContext) => Promise<void>): Promise<void> =>
    attempt(async (own) => {
      await work(own);
      await refresh(own, votes);
    }, undefined);

  const heldOf = (own: JudgeContext, hash: string): HeldStudy => {
    const held = own.studies.get(hash);
    if (held === undefined) throw new BadInput('The study is not here any more.');
    return held;
  };

  const keyOf = (held: HeldStudy) => {
    if (held.key === null)
      throw new BadInput('Only who made the study knows its methods: drop its key.');
    return held.key;
  };

  function viewNow(hash: string, combination: Combination) {
    const held = ready?.studies.get(hash);
    const files = votes.get(hash) ?? [];
    if (ready === null || held === undefined || held.key === null || files.length === 0)
      return null;
    return analysisView(ready, hash, held.study, held.key, files, combination);
  }

  const commands: JudgeCommands = {
    votesNeeded: ({ protocol, methods, cases, perRater }, halfWidth) => {
      const all =
        cases.length *
        Math.max(1, protocol.shows === 'pair' ? (methods.length * (methods.length - 1)) / 2 : 1);
      return votesNeeded(protocol, methods.length, halfWidth, perRater === 0 ? all : perRater);
    },
    createStudy: (plan) =>
      attempt(async (own) => {
        const { study, key, hash } = await makeStudy(own, plan);
        await addStudy(own, study, { key, address: null });
        await refresh(own, votes);
        return hash;
      }, null),
    studyFile: (hash) => attempt(async (own) => packStudy(own, heldOf(own, hash)), null),
    keyFile: (hash) => attempt(async (own) => packKey(keyOf(heldOf(own, hash))), null),
    async addFiles(files) {
      for (const file of files) await changing((own) => addFile(own, file));
    },
    openAddress: (url) =>
      attempt(async (own) => {
        const hash = await openAddress(own, url);
        await refresh(own, votes);
        return hash;
      }, null),
    removeStudy: (hash) => changing((own) => removeStudy(own, hash)),
    startVoting: (hash, rater, conditions) =>
      attempt(async (own) => {
        voting?.stop();
        voting = await Voting.start(own, hash, rater.trim(), conditions);
      }, undefined),
    answer: (answers, next) => attempt(async () => voting?.answer(answers, next), undefined),
    skip: () => attempt(async () => voting?.skip(), undefined),
    back: () => attempt(async () => voting?.back(), undefined),
    stopVoting: () =>
      changing(async () => {
        voting?.stop();
        voting = null;
      }),
    votesFile: (hash, rater) =>
      attempt(async (own) => {
        const ballot = own.ballots.get(ballotKey(hash, rater));
        if (ballot === undefined) throw new BadInput(`${rater} has not voted in this browser.`);
        const file = await voteFileOf(own, hash, ballot);
        const name = `votes-${hash.slice(0, 8)}-${rater.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.json`;
        return textFile(name, 'application/json', `${JSON.stringify(file, null, 1)}\n`);
      }, null),
    analyse: viewNow,
    exportAnalysis: (hash, kind, combination) =>
      attempt(async (own) => {
        const held = heldOf(own, hash);
        const key = keyOf(held);
        const files = mergeVoteFiles(votes.get(hash) ?? []).kept;
        if (kind === 'votes-csv')
          return textFile('votes.csv', 'text/csv', votesCsv(held.study, key, files));
        if (kind === 'votes-json') {
          return textFile('votes.json', 'application/json', votesJson(held.study, key, files));
        }
        const view = viewNow(hash, combination);
        if (view === null) throw new BadInput('There are no votes to analyse yet.');
        return kind === 'json'
          ? textFile('analysis.json', 'application/json', analysisJson(view))
          : textFile('analysis.tex', 'application/x-tex', analysisLatex(view));
      }, null),
  };
  return {
    state: store.state,
    commands,
    async close() {
      voting?.stop();
      (await context).archives.stop();
    },
  };
}
