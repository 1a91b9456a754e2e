/** The NTIRE challenges whose scores Loupe computes. */
export const CHALLENGE_IDS = ['raim2026', 'raim2024', 'face2025', 'vqe2025'] as const;
export type ChallengeId = (typeof CHALLENGE_IDS)[number];

/** One team's numbers by column; null is "unknown" and makes unknown whatever needs it. */
export type TeamValues = Readonly<Record<string, number | null>>;

/** What a challenge makes of one team's numbers; null is "unknown". */
export interface Judgement {
  readonly score: number | null;
  /** The score with the subjective part; only where the challenge has one and it is known. */
  readonly final: number | null;
  /** Whether the team may be ranked: gates and budgets. True where the challenge has none. */
  readonly eligible: boolean | null;
  /** Decides between equal scores, higher is better; null where the challenge has no such rule. */
  readonly tieBreak: number | null;
}

/** What the values of a column may be. */
export interface ColumnRule {
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** A result of the challenge's report, shown beside the user's own methods. */
export interface PublishedResult {
  readonly title: string;
  readonly score: number | null;
  readonly final: number | null;
}

export interface JudgeOptions {
  /** Formulas as the report prints them, where they differ from what its numbers follow. */
  readonly asPrinted: boolean;
}

/** One challenge, shared by the page, the command line and the tests. */
export interface Challenge {
  readonly id: ChallengeId;
  /** Raised whenever the score for the same numbers changes. */
  readonly version: number;
  readonly title: string;
  /** Where the formulas come from. */
  readonly source: string;
  /** The score in one or two sentences, for tables and exports. */
  readonly definition: string;
  /** Columns that every table has. */
  readonly required: readonly string[];
  /** Sets of columns of which a table has at least one whole; empty where `required` is enough. */
  readonly alternatives: readonly (readonly string[])[];
  readonly optional: readonly string[];
  readonly rules: Readonly<Record<string, ColumnRule>>;
  /** Columns that Loupe measures itself: ids of `ScoreTable` columns; every other is imported. */
  readonly measured: Readonly<Record<string, string>>;
  /** As the report prints them, the best first. */
  readonly published: readonly PublishedResult[];
  /** The definition where `asPrinted` changes it; null where it changes nothing. */
  readonly printedDefinition: string | null;
  /** Judges all teams at once: some parts are normalised over the teams. Keeps their order. */
  judge(teams: readonly TeamValues[], options: JudgeOptions): readonly Judgement[];
}
