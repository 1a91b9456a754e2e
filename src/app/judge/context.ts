import type { Study, StudyKey } from '../../core/judge/study.ts';
import type { Ballot, VoteFile } from '../../core/judge/votes.ts';
import type { ArchiveApi } from '../../protocol/archive.ts';
import type { VotesApi } from '../../protocol/votes.ts';
import type { JudgeStorage } from '../../storage/judgeStorage.ts';
import type { BenchState } from '../bench/model.ts';
import type { AppContext } from '../context.ts';
import type { WorkerClient } from '../workerClient.ts';
import type { JudgeStore } from './store.ts';

/** A study that is here, by its hash. */
export interface HeldStudy {
  readonly study: Study;
  /** Null where the study came from somebody else. */
  readonly key: StudyKey | null;
  /** Where pictures are fetched from that are not stored; null for a study that came as a file. */
  readonly address: string | null;
}

/** What the bench lends to judging: pictures of its set, and its numbers. */
export interface BenchLender {
  readonly state: BenchState;
  /** A file of the set by its id. */
  file(id: string): Promise<Blob>;
  /** The objective score by method, of the challenge that people's scores are combined with. */
  objective(challenge: 'raim2026' | 'raim2024'): ReadonlyMap<string, number | null>;
}

export interface JudgeContext {
  readonly app: AppContext;
  readonly bench: BenchLender;
  readonly store: JudgeStore;
  readonly storage: JudgeStorage;
  readonly archives: WorkerClient<ArchiveApi>;
  readonly votes: WorkerClient<VotesApi>;
  readonly studies: Map<string, HeldStudy>;
  /** Ballots cast here, by study hash and rater. */
  readonly ballots: Map<string, Ballot>;
  /** Vote files that were brought, by study hash. */
  readonly brought: Map<string, VoteFile[]>;
}

export const ballotKey = (hash: string, rater: string): string =>
  `ballot/${JSON.stringify([hash, rater])}`;
