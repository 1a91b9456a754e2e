import { quantileOfSorted } from '../stats/quantile.ts';
import { kendallW, krippendorffAlpha } from './agreement.ts';
import {
  answersOf,
  attentionOf,
  comparisonsOf,
  countedOf,
  type GivenAnswer,
  ratingsOf,
  topVotesOf,
} from './answers.ts';
import { type BradleyTerryFit, fitBradleyTerry } from './bradleyTerry.ts';
import { certaintyOf, type RankCertainty, resampledScores, type Scores } from './certainty.ts';
import { components } from './connectivity.ts';
import { meanOpinion, type Opinion } from './opinion.ts';
import { type ReasonScores, scoresByReason } from './reasons.ts';
import { byItem, scorerOf, type TopMeasure } from './scores.ts';
import { type Screening, screenRater } from './screening.ts';
import type { Study } from './study.ts';
import { countTopThree, type TopThreeScore } from './topThree.ts';
import { raterLabels, type VoteFile } from './votes.ts';

/** What the votes say of one method. */
export interface MethodJudgement {
  readonly mark: string;
  /** The protocol's own score: log strength, points, or mean opinion over all questions. */
  readonly score: number | null;
  /** 95 % interval of the score; null where there is none. */
  readonly interval: readonly [number, number] | null;
  readonly top: TopThreeScore | null;
  /** Mean opinion by question. */
  readonly opinions: Readonly<Record<string, Opinion | null>>;
  /** How sure the place is, over resampled raters and cases; null: not drawn yet. */
  readonly certainty: RankCertainty | null;
}

export interface Analysis {
  readonly raters: readonly Screening[];
  /** Answers that count, of raters that were kept. */
  readonly votes: number;
  readonly methods: readonly MethodJudgement[];
  readonly fit: BradleyTerryFit | null;
  /** Kendall's W over the raters' scores of the methods. */
  readonly kendallW: number | null;
  /** Krippendorff's α over what several raters judged; interval for ratings, else nominal. */
  readonly alpha: number | null;
  readonly reasons: readonly ReasonScores[];
  /** Finished sentences: groups that were never compared, separation, few raters. */
  readonly warnings: readonly string[];
}

/** The votes on a study, by rater and screened. */
export interface CountedVotes {
  readonly raters: readonly Screening[];
  /** Every answer of the raters that were kept. */
  readonly kept: ReadonlyMap<string, readonly GivenAnswer[]>;
  /** Those of them that count: no training, repeats or golden comparisons. */
  readonly answers: readonly GivenAnswer[];
}

/** The protocol's score of each method from some answers. */
function scoring(study: Study): (answers: readonly GivenAnswer[]) => number[] {
  const scorer = scorerOf(study, 'points');
  return (answers) => scorer.score(answers.map(scorer.read));
}

function screen(study: Study, byRater: ReadonlyMap<string, readonly GivenAnswer[]>): Screening[] {
  const score = scoring(study);
  return [...byRater].map(([rater, answers]) => {
    const rest = [...byRater].flatMap(([name, given]) => (name === rater ? [] : countedOf(given)));
    const seconds = answers.map((given) => given.seconds).sort((a, b) => a - b);
    return screenRater({
      rater,
      ...attentionOf(answers),
      medianSeconds:
        seconds.length === 0 ? Number.POSITIVE_INFINITY : quantileOfSorted(seconds, 0.5),
      own: rest.length === 0 ? [] : score(countedOf(answers)),
      others: rest.length === 0 ? [] : score(rest),
    });
  });
}

/** Reads and screens the votes. @param files of one rater one each (`mergeVoteFiles`) */
export function countVotes(study: Study, files: readonly VoteFile[]): CountedVotes {
  const labels = raterLabels(files);
  const byRater = new Map(
    files.map((file, index) => {
      const label = labels[index] ?? file.rater;
      return [label, answersOf(study, file, label)] as const;
    }),
  );
  const raters = screen(study, byRater);
  const fair = new Set(raters.filter(({ keep }) => keep).map(({ rater }) => rater));
  const kept = new Map([...byRater].filter(([rater]) => fair.has(rater)));
  return { raters, kept, answers: countedOf([...kept.values()].flat()) };
}

/**
 * People's scores of resampled votes: what the certainty of every rank is read from. Takes seconds for
 * thousands of votes.
 * @param told called with how many are drawn, after each
 */
export function drawScores(
  study: Study,
  { answers }: Pick<CountedVotes, 'answers'>,
  measure: TopMeasure,
  told?: (done: number) => void,
): readonly Scores[] {
  const { read, score } = scorerOf(study, measure);
  return answers.length === 0 ? [] : resampledScores(byItem(answers.map(read)), score, { told });
}

/** An answer as values of units: a rating, a pair whatever its sides, a top list as who was named. */
function unitsOf({ item, answer }: GivenAnswer): [unit: string, value: number][] {
  const { value, question } = answer;
  const sorted = item.shown.toSorted();
  if (typeof value !== 'number') {
    return sorted.map((mark) => [
      JSON.stringify([item.caseId, mark, question]),
      value.includes(mark) ? 1 : 0,
    ]);
  }
  const swapped = sorted[0] !== item.shown[0];
  const own = item.shown.length === 2 ? Math.sign(swapped ? -value : value) : value;
  return [[JSON.stringify([item.caseId, sorted, question]), own]];
}

/** Krippendorff's α over the units that several raters gave a value. */
function alphaOf(
  study: Study,
  byRater: ReadonlyMap<string, readonly GivenAnswer[]>,
): number | null {
  const keys = new Map<string, number>();
  const rows = [...byRater.values()].map((answers) => {
    const row: (number | null)[] = [];
    for (const [key, value] of countedOf(answers).flatMap(unitsOf)) {
      const place = keys.get(key) ?? keys.size;
      keys.set(key, place);
      row[place] = value;
    }
    return row;
  });
  const full = rows.map((row) => Array.from({ length: keys.size }, (_, i) => row[i] ?? null));
  return krippendorffAlpha(full, study.protocol.shows === 'one' ? 'interval' : 'nominal');
}

function warningsOf(
  study: Study,
  fit: BradleyTerryFit | null,
  { kept, answers }: CountedVotes,
): string[] {
  const warnings: string[] = [];
  const raters = kept.size;
  if (raters === 0) return ['No rater is left after the screening.'];
  if (raters < 5) {
    warnings.push(
      `${raters} ${raters === 1 ? 'rater' : 'raters'}: few to rank by; look at how sure the places are.`,
    );
  }
  if (study.protocol.shows === 'one') return warnings;
  const pairs = comparisonsOf(study, answers).map(({ first, second }) => [first, second] as const);
  const groups = components(pairs, study.methods.length);
  if (groups.length > 1) {
    warnings.push(
      `The methods fall into ${groups.length} groups that were never compared with one another: their order means nothing between groups.`,
    );
  } else if (fit?.regularised) {
    warnings.push(
      'Some methods always won or always lost: their strengths are held finite by a weak prior (standard deviation 3) and compare with care.',
    );
  }
  return warnings;
}

function judgements(
  study: Study,
  answers: readonly GivenAnswer[],
  fit: BradleyTerryFit | null,
  certainty: readonly RankCertainty[] | null,
): MethodJudgement[] {
  const { shows, questions } = study.protocol;
  const tops =
    shows === 'all' && answers.length > 0
      ? countTopThree(topVotesOf(study, answers), study.methods.length)
      : null;
  const ratings = ratingsOf(study, answers);
  return study.methods.map((mark, place): MethodJudgement => {
    const own = ratings.get(mark) ?? new Map<string, readonly GivenAnswer[]>();
    const numbers = (given: readonly GivenAnswer[]) =>
      given.map(({ answer }) => answer.value as number);
    const overall = meanOpinion(numbers([...own.values()].flat()));
    const strength = fit?.strengths[place] ?? null;
    const top = tops?.[place] ?? null;
    const opinions = Object.fromEntries(
      questions.map(({ id }) => [id, meanOpinion(numbers(own.get(id) ?? []))] as const),
    );
    const named = { mark, top, opinions, certainty: certainty?.[place] ?? null };
    if (shows === 'one') {
      return { ...named, score: overall?.mean ?? null, interval: overall?.interval ?? null };
    }
    if (shows === 'all') return { ...named, score: top?.points ?? null, interval: null };
    return {
      ...named,
      score: strength?.value ?? null,
      interval: strength && [strength.low, strength.high],
    };
  });
}

/**
 * Everything that the votes of a study say, of raters that pass the screening.
 * @param draws of `drawScores` by points; null: how sure the places are is not said
 */
export function analyse(
  study: Study,
  files: readonly VoteFile[],
  counted = countVotes(study, files),
  draws: readonly Scores[] | null = drawScores(study, counted, 'points'),
): Analysis {
  const { raters, kept, answers } = counted;
  const comparisons = study.protocol.shows === 'one' ? [] : comparisonsOf(study, answers);
  const fit = comparisons.length > 0 ? fitBradleyTerry(comparisons, study.methods.length) : null;
  const score = scoring(study);
  return {
    raters,
    votes: answers.length,
    methods: judgements(study, answers, fit, draws && certaintyOf(draws, study.methods.length)),
    fit,
    kendallW: kendallW([...kept.values()].map((given) => score(countedOf(given)))),
    alpha: alphaOf(study, kept),
    reasons: scoresByReason(study, answers),
    warnings: warningsOf(study, fit, counted),
  };
}
