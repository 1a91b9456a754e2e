import type { Analysis } from '../../core/judge/analysis.ts';
import type { Combination } from '../../core/judge/combine.ts';
import type { Correlations } from '../../core/judge/correlation.ts';
import type { Protocol } from '../../core/judge/protocols.ts';
import type { StudyItem } from '../../core/judge/schedule.ts';
import type { VotesNeeded } from '../../core/judge/study.ts';
import type { Answer, Conditions } from '../../core/judge/votes.ts';

/** The contract between `src/app/judge` and `src/ui/judge`: blind studies made from the bench's set. */

/** What the maker of a study chooses. */
export interface StudyPlan {
  readonly title: string;
  readonly protocol: Protocol;
  /** Bench ids. */
  readonly cases: readonly string[];
  readonly methods: readonly string[];
  readonly seed: string;
  /** Items for one rater; 0: all. */
  readonly perRater: number;
  readonly training: number;
  readonly repeats: number;
  readonly golden: number;
  readonly secondsLimit: number;
  readonly consent: string;
}

/** A study that is here: made here, or opened from a file or an address. */
export interface StudyView {
  /** SHA-256 of the study. */
  readonly hash: string;
  readonly title: string;
  readonly protocol: Protocol;
  readonly cases: number;
  /** How many methods; their names are known to the maker alone. */
  readonly methods: number;
  readonly consent: string;
  readonly secondsLimit: number;
  /** True where the key lies here: only then are there names and an analysis by name. */
  readonly mine: boolean;
  /** Raters whose votes are here, with how far they are. */
  readonly raters: readonly RaterView[];
  /** Finished sentences: pictures that are missing, votes that were put aside. */
  readonly remarks: readonly string[];
}

export interface RaterView {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly finished: boolean;
  /** True where the rater votes in this browser, else the votes came as a file. */
  readonly here: boolean;
}

/** A picture of an item on screen, under a letter; nothing else is known of it while voting. */
export interface VotingPicture {
  /** "A", "B" … from left to right. */
  readonly letter: string;
  readonly bitmap: ImageBitmap | null;
}

/** Voting under way. Names of methods, cases and files, and metrics, appear nowhere in it. */
export interface VotingView {
  readonly studyHash: string;
  readonly rater: string;
  readonly protocol: Protocol;
  /** Null when all items are done. */
  readonly item: Pick<StudyItem, 'id' | 'kind'> | null;
  readonly pictures: readonly VotingPicture[];
  readonly input: VotingPicture | null;
  readonly reference: VotingPicture | null;
  /** Answers given to this item so far, marks replaced by letters. */
  readonly answers: readonly Answer[];
  readonly index: number;
  readonly total: number;
  readonly skipped: number;
  /** Seconds left for this item; null without a limit. */
  readonly secondsLeft: number | null;
  readonly secondsLimit: number;
  /** Another tab votes as the same rater: this one only watches. */
  readonly locked: boolean;
}

/** What the votes come to, by method name; only for a study whose key is here. */
export interface AnalysisView {
  readonly studyHash: string;
  readonly analysis: Analysis;
  /** Titles in the order of `analysis.methods`. */
  readonly titles: readonly string[];
  readonly combination: Combination;
  readonly rows: readonly {
    readonly title: string;
    readonly objective: number | null;
    readonly people: number | null;
    readonly final: number | null;
    readonly objectiveRank: number | null;
    readonly peopleRank: number | null;
    readonly finalRank: number | null;
  }[];
  /** How the bench's columns go with the votes, over methods and cases. */
  readonly correlations: readonly {
    readonly column: string;
    readonly title: string;
    readonly values: Correlations;
    readonly count: number;
  }[];
  /** Where people and a metric disagree most, first; each opens its case. */
  readonly disagreements: readonly {
    readonly caseId: string;
    readonly caseTitle: string;
    readonly better: string;
    readonly worse: string;
    /** Share of the votes for the one the metric finds worse. */
    readonly share: number;
    readonly column: string;
    readonly difference: number;
  }[];
}

export interface JudgeState {
  readonly opened: boolean;
  readonly studies: readonly StudyView[];
  readonly voting: VotingView | null;
  /** While pictures of a study are packed or opened. */
  readonly working: {
    readonly label: string;
    readonly done: number;
    readonly total: number;
  } | null;
}

export interface JudgeCommands {
  votesNeeded(plan: StudyPlan, halfWidth: number): VotesNeeded;
  /** Makes a study of the bench's set; null where it cannot be made (a notice says why). */
  createStudy(plan: StudyPlan): Promise<string | null>;
  /** The study with its pictures as one file for the raters; without names. */
  studyFile(hash: string): Promise<File | null>;
  /** What the study's marks stand for, for another browser of the maker. */
  keyFile(hash: string): Promise<File | null>;
  /** Study files, key files and vote files, dropped in any order. */
  addFiles(files: readonly File[]): Promise<void>;
  /** A study that lies on a static host; its hash, or null where it cannot be opened (a notice says why). */
  openAddress(url: string): Promise<string | null>;
  removeStudy(hash: string): Promise<void>;
  /** Starts, or goes on, as this rater. */
  startVoting(hash: string, rater: string, conditions: Conditions): Promise<void>;
  /** Keeps the answers to the item on screen; `next` goes on where they are complete. */
  answer(answers: readonly Answer[], next: boolean): Promise<void>;
  skip(): Promise<void>;
  back(): Promise<void>;
  stopVoting(): Promise<void>;
  /** The rater's votes as a small file. */
  votesFile(hash: string, rater: string): Promise<File | null>;
  analyse(hash: string, combination: Combination): AnalysisView | null;
  exportAnalysis(
    hash: string,
    kind: 'votes-csv' | 'votes-json' | 'json' | 'latex',
    combination: Combination,
  ): Promise<File | null>;
}

export interface JudgeModel {
  readonly state: JudgeState;
  readonly commands: JudgeCommands;
}
