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
import { components } from './connectivity.ts';
import { meanOpinion, type Opinion } from './opinion.ts';
import { type Screening, screenRater } from './screening.ts';
import type { Study } from './study.ts';
import {
  bootstrapRanks,
  countTopThree,
  type RankCertainty,
  type TopThreeScore,
} from './topThree.ts';
import type { VoteFile } from './votes.ts';

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
  /** How sure the place is, over resampled raters and cases. */
  readonly certainty: RankCertainty;
}

export interface Analysis {
  readonly raters: readonly Screening[];
  /** Votes that count, of raters that were kept. */
  readonly votes: number;
  readonly methods: readonly MethodJudgement[];
  readonly fit: BradleyTerryFit | null;
  /** Kendall's W over the raters' scores of the methods. */
  readonly kendallW: number | null;
  /** Krippendorff's α over items that several raters answered; interval for ratings, else nominal. */
  readonly alpha: number | null;
  /** Wins by stated reason, by mark. */
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Finished sentences: groups that were never compared, separation, few raters. */
  readonly warnings: readonly string[];
}

/** A score a method by any set of answers: what the bootstrap and the raters' own rankings go by. */
function scoresOf(study: Study, answers: readonly GivenAnswer[]): number[] {
  const { shows } = study.protocol;
  if (shows === 'all') {
    return countTopThree(topVotesOf(study, answers), study.methods.length).map(
      ({ points }) => points,
    );
  }
  if (shows === 'one') {
    const ratings = ratingsOf(study, answers);
    return study.methods.map((mark) => {
      const own = [...(ratings.get(mark)?.values() ?? [])].flat();
      return meanOpinion(own.map(({ answer }) => answer.value as number))?.mean ?? 0;
    });
  }
  // Shares of wins: a fit for every resample would take its time and gives the same order.
  const wins = study.methods.map(() => 0);
  const played = study.methods.map(() => 0);
  for (const { first, second, winner } of comparisonsOf(study, answers)) {
    const add = (place: number, won: number) => {
      wins[place] = (wins[place] ?? 0) + won;
      played[place] = (played[place] ?? 0) + 1;
    };
    add(first, winner === 'first' ? 1 : winner === 'tie' ? 0.5 : 0);
    add(second, winner === 'second' ? 1 : winner === 'tie' ? 0.5 : 0);
  }
  return wins.map((won, place) => won / Math.max(1, played[place] ?? 0));
}

function screen(study: Study, byRater: ReadonlyMap<string, readonly GivenAnswer[]>): Screening[] {
  return [...byRater].map(([rater, answers]) => {
    const own = scoresOf(study, countedOf(answers));
    const rest = [...byRater].flatMap(([name, given]) => (name === rater ? [] : countedOf(given)));
    const seconds = answers.map((given) => given.seconds).sort((a, b) => a - b);
    return screenRater({
      rater,
      ...attentionOf(answers),
      medianSeconds:
        seconds.length === 0 ? Number.POSITIVE_INFINITY : quantileOfSorted(seconds, 0.5),
      own: rest.length === 0 ? [] : own,
      others: rest.length === 0 ? [] : scoresOf(study, rest),
    });
  });
}

/** Items by case, pictures and question, whatever their sides, with a value for each rater. */
function alphaOf(
  study: Study,
  byRater: ReadonlyMap<string, readonly GivenAnswer[]>,
): number | null {
  const keys = new Map<string, number>();
  const rows = [...byRater.values()].map((answers) => {
    const row: (number | null)[] = [];
    for (const { item, answer } of countedOf(answers)) {
      if (typeof answer.value !== 'number') continue;
      const sorted = item.shown.toSorted();
      const key = JSON.stringify([item.caseId, sorted, answer.question]);
      const place = keys.get(key) ?? keys.size;
      keys.set(key, place);
      const swapped = sorted[0] !== item.shown[0];
      row[place] =
        item.shown.length === 2 ? Math.sign(swapped ? -answer.value : answer.value) : answer.value;
    }
    return row;
  });
  const full = rows.map((row) => Array.from({ length: keys.size }, (_, i) => row[i] ?? null));
  return krippendorffAlpha(full, study.protocol.shows === 'one' ? 'interval' : 'nominal');
}

function reasonsOf(answers: readonly GivenAnswer[]): Record<string, Record<string, number>> {
  const reasons: Record<string, Record<string, number>> = {};
  for (const { item, answer } of answers) {
    const { value, reason } = answer;
    if (reason === null || typeof value !== 'number' || value === 0) continue;
    const winner = item.shown[value < 0 ? 0 : 1] ?? '';
    const own = reasons[reason] ?? {};
    reasons[reason] = { ...own, [winner]: (own[winner] ?? 0) + 1 };
  }
  return reasons;
}

function warningsOf(
  study: Study,
  fit: BradleyTerryFit | null,
  raters: number,
  answers: readonly GivenAnswer[],
) {
  const warnings: string[] = [];
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

/** Everything that the votes of a study say, of raters that pass the screening. */
export function analyse(study: Study, files: readonly VoteFile[]): Analysis {
  const byRater = new Map(files.map((file) => [file.rater, answersOf(study, file)]));
  const raters = screen(study, byRater);
  const kept = new Map(
    [...byRater].filter(([rater]) => raters.some((own) => own.rater === rater && own.keep)),
  );
  const answers = countedOf([...kept.values()].flat());
  const { shows, questions } = study.protocol;
  const comparisons = shows === 'one' ? [] : comparisonsOf(study, answers);
  const fit = comparisons.length > 0 ? fitBradleyTerry(comparisons, study.methods.length) : null;
  const tops =
    shows === 'all' ? countTopThree(topVotesOf(study, answers), study.methods.length) : null;
  const ratings = ratingsOf(study, answers);
  const flat = answers.map((given) => ({ ...given, case: given.item.caseId }));
  const certainty = bootstrapRanks(flat, study.methods.length, (sample) => scoresOf(study, sample));
  const methods = study.methods.map((mark, place): MethodJudgement => {
    const own = ratings.get(mark) ?? new Map<string, readonly GivenAnswer[]>();
    const numbers = (given: readonly GivenAnswer[]) =>
      given.map(({ answer }) => answer.value as number);
    const overall = meanOpinion(numbers([...own.values()].flat()));
    const strength = fit?.strengths[place] ?? null;
    const top = tops?.[place] ?? null;
    const opinions = Object.fromEntries(
      questions.map(({ id }) => [id, meanOpinion(numbers(own.get(id) ?? []))] as const),
    );
    const named = { mark, top, opinions, certainty: certainty[place] as RankCertainty };
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
  const perRater = [...kept.values()].map((given) => scoresOf(study, countedOf(given)));
  return {
    raters,
    votes: answers.length,
    methods,
    fit,
    kendallW: kendallW(perRater),
    alpha: alphaOf(study, kept),
    reasons: reasonsOf(answers),
    warnings: warningsOf(study, fit, kept.size, answers),
  };
}
