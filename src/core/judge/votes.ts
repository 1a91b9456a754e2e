import * as v from 'valibot';
import type { StudyItem } from './schedule.ts';
import type { Study } from './study.ts';

const short = v.pipe(v.string(), v.maxLength(200));
const number = v.pipe(v.number(), v.finite());

/**
 * An answer: a rating is the number of its label from 1; a pair is -2 … 2 (below 0: the left one); a top
 * is the marks, best first.
 */
const answerSchema = v.object({
  question: short,
  value: v.union([number, v.pipe(v.array(short), v.maxLength(10))]),
  /** What decided, where it is asked. */
  reason: v.nullable(short),
});

const voteSchema = v.object({
  item: short,
  /** Empty where the item was skipped. */
  answers: v.pipe(v.array(answerSchema), v.maxLength(20)),
  seconds: v.pipe(number, v.minValue(0)),
  /** Milliseconds since 1970 of the last answer. */
  at: number,
  /** How often it was changed after the first answer. */
  changes: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

const conditionsSchema = v.object({
  screen: short,
  brightness: short,
  distance: short,
  colourVision: short,
});

const voteFileSchema = v.object({
  loupe: v.literal('votes'),
  version: v.literal(1),
  study: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  rater: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  conditions: conditionsSchema,
  startedAt: number,
  finished: v.boolean(),
  votes: v.pipe(v.array(voteSchema), v.maxLength(20_000)),
  /** SHA-256 of everything above as canonical JSON: a file that was edited by hand is noticed. */
  checksum: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

export type Answer = Readonly<v.InferOutput<typeof answerSchema>>;
export type Vote = Readonly<Omit<v.InferOutput<typeof voteSchema>, 'answers'>> & {
  readonly answers: readonly Answer[];
};
export type Conditions = Readonly<v.InferOutput<typeof conditionsSchema>>;
export type VoteFile = Readonly<Omit<v.InferOutput<typeof voteFileSchema>, 'votes'>> & {
  readonly votes: readonly Vote[];
};

/** Everything of a vote file that its checksum is made from, in one order. */
export function checksummed(file: Omit<VoteFile, 'checksum'>): string {
  const { loupe, version, study, rater, conditions, startedAt, finished, votes } = file;
  const { screen, brightness, distance, colourVision } = conditions;
  return JSON.stringify([
    loupe,
    version,
    study,
    rater,
    [screen, brightness, distance, colourVision],
    startedAt,
    finished,
    votes.map(({ item, answers, seconds, at, changes }) => [
      item,
      answers.map(({ question, value, reason }) => [question, value, reason]),
      seconds,
      at,
      changes,
    ]),
  ]);
}

/** Checks the shape of a vote file; its checksum and study are for the caller, who can hash. */
export function readVoteFile(json: unknown): { file: VoteFile } | { problem: string } {
  const read = v.safeParse(voteFileSchema, json);
  if (read.success) return { file: read.output };
  const [issue] = read.issues;
  return { problem: `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}` };
}

/** Whether an answer is one that its question and item allow. */
export function isAllowed(study: Study, item: StudyItem, answer: Answer): boolean {
  const question = study.protocol.questions.find(({ id }) => id === answer.question);
  const { value, reason } = answer;
  if (question === undefined) return false;
  if (question.kind === 'top') {
    return (
      Array.isArray(value) &&
      value.length > 0 &&
      value.length <= question.count &&
      new Set(value).size === value.length &&
      value.every((mark) => item.shown.includes(mark))
    );
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) return false;
  if (question.kind === 'rating') return value >= 1 && value <= question.labels.length;
  const known = reason === null || question.reasons.includes(reason);
  if (question.steps === 2) return known && Math.abs(value) === 1;
  return known && Math.abs(value) <= (question.steps === 3 ? 1 : 2);
}

/** A rater's votes; of several files of one rater the one with more votes, then the later one. */
export function mergeVoteFiles(files: readonly VoteFile[]): {
  readonly kept: readonly VoteFile[];
  /** Finished sentences about files that were put aside. */
  readonly remarks: readonly string[];
} {
  const byRater = new Map<string, VoteFile>();
  const remarks: string[] = [];
  const lastOf = (file: VoteFile) => Math.max(0, ...file.votes.map(({ at }) => at));
  for (const file of files) {
    const known = byRater.get(file.rater);
    if (known === undefined) {
      byRater.set(file.rater, file);
      continue;
    }
    const better =
      file.votes.length > known.votes.length ||
      (file.votes.length === known.votes.length && lastOf(file) > lastOf(known));
    if (better) byRater.set(file.rater, file);
    remarks.push(
      file.checksum === known.checksum
        ? `The votes of ${file.rater} were there already and count once.`
        : `There are two files of ${file.rater}: the one with more votes counts.`,
    );
  }
  return { kept: [...byRater.values()], remarks };
}
