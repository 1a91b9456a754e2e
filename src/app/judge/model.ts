import type { Analysis } from '../../core/judge/analysis.ts';
import type { RankCertainty } from '../../core/judge/certainty.ts';
import type { Combination } from '../../core/judge/combine.ts';
import type { MetricAgreement } from '../../core/judge/metricAgreement.ts';
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
  /** Finished sentences: pictures that are missing. */
  readonly remarks: readonly string[];
  /** False where this browser keeps nothing beyond the page. */
  readonly lasts: boolean;
}

export interface RaterView {
  readonly name: string;
  /** The name, with a number where others share it. */
  readonly label: string;
  /** Id of the ballot. */
  readonly ballot: string;
  readonly conditions: Conditions;
  /** Items that are answered. */
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
  /** Items that were left without their whole answer. */
  readonly skipped: number;
  /** Seconds left for this item; null without a limit. */
  readonly secondsLeft: number | null;
  readonly secondsLimit: number;
  /** Another tab votes as the same rater: this one only watches. */
  readonly locked: boolean;
  /** False where this browser keeps nothing beyond the page: votes must be saved before it is left. */
  readonly lasts: boolean;
}

/** What the votes come to, by method name; only for a study whose key is here. */
export interface AnalysisView {
  readonly studyHash: string;
  readonly analysis: Analysis;
  /** In the order of `analysis.methods`. */
  readonly methodIds: readonly string[];
  readonly titles: readonly string[];
  readonly combination: Combination;
  readonly rows: readonly {
    readonly title: string;
    readonly objective: number | null;
    readonly people: number | null;
    /** The people's score as the combination takes it, brought to its scale. */
    readonly scaled: number | null;
    readonly final: number | null;
    readonly objectiveRank: number | null;
    readonly peopleRank: number | null;
    readonly finalRank: number | null;
    /**
     * How sure the final rank is: the objective score stands, raters and cases are resampled. Null: not
     * drawn yet.
     */
    readonly finalCertainty: RankCertainty | null;
  }[];
  /** How the bench's columns go with the votes. */
  readonly correlations: readonly (MetricAgreement & {
    readonly column: string;
    readonly title: string;
  })[];
  /** Where people and a metric disagree most, by metric; the one that says most of portraits first. */
  readonly disagreements: readonly MetricDisagreements[];
}

export interface MetricDisagreements {
  readonly column: string;
  readonly title: string;
  /** The most one-sided and clearest first; each opens its case. */
  readonly pairs: readonly {
    readonly caseId: string;
    readonly caseTitle: string;
    /** Ids of methods. */
    readonly better: string;
    readonly worse: string;
    /** Share of the votes for the one the metric finds worse. */
    readonly share: number;
    readonly difference: number;
  }[];
}

export type AnalysisExport =
  | 'votes-csv'
  | 'votes-json'
  | 'ranking-csv'
  | 'json'
  | 'latex'
  | 'plot-scores'
  | 'plot-ranks';

/** Votes on a study that are evaluated: read first, then drawn anew to see how sure the ranks are. */
export interface EvaluationView {
  readonly studyHash: string;
  readonly status: 'reading' | 'drawing' | 'done' | 'stopped' | 'failed';
  /** Of the drawing. */
  readonly done: number;
  readonly total: number;
  /** Why it failed, a finished sentence. */
  readonly message: string | null;
}

export interface JudgeState {
  readonly opened: boolean;
  readonly studies: readonly StudyView[];
  readonly voting: VotingView | null;
  /** The newest; null before the first. */
  readonly evaluation: EvaluationView | null;
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
  /** Takes votes that came by file out again. */
  removeVotes(hash: string, rater: Pick<RaterView, 'name' | 'ballot'>): Promise<void>;
  removeStudy(hash: string): Promise<void>;
  /** Starts, or goes on, as this rater. */
  startVoting(hash: string, rater: string, conditions: Conditions): Promise<void>;
  /** Keeps the answers to the item on screen, few or all; `next` goes on where they are complete. */
  answer(answers: readonly Answer[], next: boolean): Promise<void>;
  skip(): Promise<void>;
  back(): Promise<void>;
  stopVoting(): Promise<void>;
  /** The rater's votes as a small file. */
  votesFile(hash: string, rater: string): Promise<File | null>;
  /** What is known so far of what the votes come to; null before `evaluate` has read them. */
  analyse(hash: string, combination: Combination): AnalysisView | null;
  /**
   * Works out what the votes come to, beside the numbers of the bench as they are now, as far as this
   * combination needs it and it is not known yet; `state.evaluation` tells how far it is.
   */
  evaluate(hash: string, combination: Combination): Promise<void>;
  stopEvaluating(): Promise<void>;
  exportAnalysis(
    hash: string,
    kind: AnalysisExport,
    combination: Combination,
  ): Promise<File | null>;
}

export interface JudgeModel {
  readonly state: JudgeState;
  readonly commands: JudgeCommands;
}
