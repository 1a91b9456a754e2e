import * as v from 'valibot';
import type { StudyItem } from './schedule.ts';
import type { Study } from './study.ts';

const short = v.pipe(v.string(), v.maxLength(200));
const number = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));

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
  /** Until the answers were complete, without the time away. */
  seconds: v.pipe(number, v.minValue(0)),
  /** Seconds meanwhile with the page out of sight, the machine asleep or nobody at it. */
  away: v.optional(v.pipe(number, v.minValue(0)), 0),
  /** Milliseconds since 1970 of the last answer. */
  at: number,
  /** How often an answer was changed or taken back. */
  changes: v.optional(count, 0),
  /** How often it came up again, and how often it was left without its whole answer. */
  returns: v.optional(count, 0),
  skips: v.optional(count, 0),
});

const conditionsSchema = v.object({
  screen: short,
  brightness: short,
  /** Light in the room. */
  room: v.optional(short, ''),
  distance: short,
  colourVision: short,
});

const voteFileSchema = v.object({
  loupe: v.literal('votes'),
  version: v.literal(1),
  study: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  rater: name,
  /** Drawn when the rater began: tells two of the same name apart. */
  ballot: short,
  conditions: conditionsSchema,
  startedAt: number,
  finished: v.boolean(),
  votes: v.pipe(v.array(voteSchema), v.maxLength(20_000)),
  /** SHA-256 of everything above as canonical JSON: a file that was edited by hand is noticed. */
  checksum: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

/** A rater's votes as they are kept where they are cast. */
const ballotSchema = v.object({
  id: v.optional(short, ''),
  rater: name,
  conditions: conditionsSchema,
  startedAt: number,
  votes: v.record(v.string(), voteSchema),
  /** Id of the item on screen when the page was left. */
  at: v.nullable(short),
});

export type Answer = Readonly<v.InferOutput<typeof answerSchema>>;
export type Vote = Readonly<Omit<v.InferOutput<typeof voteSchema>, 'answers'>> & {
  readonly answers: readonly Answer[];
};
export type Conditions = Readonly<v.InferOutput<typeof conditionsSchema>>;
export type Ballot = Readonly<Omit<v.InferOutput<typeof ballotSchema>, 'votes'>> & {
  readonly votes: Readonly<Record<string, Vote>>;
};
export type VoteFile = Readonly<Omit<v.InferOutput<typeof voteFileSchema>, 'votes'>> & {
  readonly votes: readonly Vote[];
};

/** Everything of a vote file that its checksum is made from, in one order. */
export function checksummed(file: Omit<VoteFile, 'checksum'>): string {
  const { loupe, version, study, rater, ballot, conditions, startedAt, finished, votes } = file;
  const { screen, brightness, room, distance, colourVision } = conditions;
  return JSON.stringify([
    loupe,
    version,
    study,
    rater,
    ballot,
    [screen, brightness, room, distance, colourVision],
    startedAt,
    finished,
    votes.map(({ item, answers, seconds, away, at, changes, returns, skips }) => [
      item,
      answers.map(({ question, value, reason }) => [question, value, reason]),
      seconds,
      away,
      at,
      changes,
      returns,
      skips,
    ]),
  ]);
}

/** Whether votes were saved by a build that did not tell ballots apart: its checksum is over less. */
export const isOfEarlierBuild = (json: object): boolean =>
  'loupe' in json && json.loupe === 'votes' && 'checksum' in json && !('ballot' in json);

/** Checks the shape of a vote file; its checksum and study are for the caller, who can hash. */
export function readVoteFile(json: unknown): { file: VoteFile } | { problem: string } {
  const read = v.safeParse(voteFileSchema, json);
  if (read.success) return { file: read.output };
  const [issue] = read.issues;
  return { problem: `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}` };
}

/** A stored ballot, or null where it is damaged. */
export function readBallot(record: unknown): Ballot | null {
  const read = v.safeParse(ballotSchema, record);
  return read.success ? read.output : null;
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

/** Whether nothing is missing from the answers to an item. */
export function isComplete(study: Study, item: StudyItem, answers: readonly Answer[]): boolean {
  return study.protocol.questions.every((question) => {
    const answer = answers.find((own) => own.question === question.id);
    if (answer === undefined) return false;
    if (typeof answer.value !== 'number') {
      return (
        question.kind === 'top' &&
        answer.value.length === Math.min(question.count, item.shown.length)
      );
    }
    const unreasoned =
      question.kind === 'pair' && question.reasons.length > 0 && answer.reason === null;
    return answer.value === 0 || !unreasoned;
  });
}

/** Whether an answer that was given is another now, or taken back; to go on with it is no change. */
export function isChanged(before: readonly Answer[], now: readonly Answer[]): boolean {
  return before.some(({ question, value, reason }) => {
    const answer = now.find((own) => own.question === question);
    if (answer === undefined || (reason !== null && answer.reason !== reason)) return true;
    const known = answer.value;
    return typeof value === 'number' || typeof known === 'number'
      ? value !== known
      : value.some((mark, place) => known[place] !== mark);
  });
}

/** What raters are called among all: who shares a name with one before gets a number. */
export function raterLabels(files: readonly VoteFile[]): string[] {
  const seen = new Map<string, number>();
  return files.map(({ rater }) => {
    const count = (seen.get(rater) ?? 0) + 1;
    seen.set(rater, count);
    return count === 1 ? rater : `${rater} (${count})`;
  });
}

/**
 * The votes of every rater once. Of several files of one rater the latest counts, which holds what the
 * others do; two raters of one name are told apart by their ballots.
 */
export function mergeVoteFiles(files: readonly VoteFile[]): {
  readonly kept: readonly VoteFile[];
  /** Finished sentences about files that were put aside. */
  readonly remarks: readonly string[];
} {
  const byBallot = new Map<string, VoteFile>();
  const remarks: string[] = [];
  const lastOf = (file: VoteFile) => Math.max(0, ...file.votes.map(({ at }) => at));
  for (const file of files) {
    const key = JSON.stringify([file.rater, file.ballot]);
    const known = byBallot.get(key);
    if (known === undefined) {
      if ([...byBallot.values()].some(({ rater }) => rater === file.rater)) {
        remarks.push(
          `There are two raters called ${file.rater}, who began apart: both count. If they are one person, remove one of them.`,
        );
      }
      byBallot.set(key, file);
      continue;
    }
    const later = lastOf(file) - lastOf(known) || file.votes.length - known.votes.length;
    if (later > 0) byBallot.set(key, file);
    remarks.push(
      file.checksum === known.checksum
        ? `The votes of ${file.rater} were there already and count once.`
        : `There are two files of ${file.rater}: the later one counts, once.`,
    );
  }
  return { kept: [...byBallot.values()], remarks };
}
