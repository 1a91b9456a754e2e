import * as v from 'valibot';
import type { Protocol } from './protocols.ts';

/*
 * A study as it travels to the raters. It names methods by marks ("m1") that say nothing, and pictures by
 * hashes: what the marks stand for stays with whoever made the study (`StudyKey`).
 */

const text = v.pipe(v.string(), v.maxLength(4000));
const short = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const questionSchema = v.variant('kind', [
  v.object({
    kind: v.literal('top'),
    id: short,
    title: text,
    count: v.pipe(whole, v.minValue(1), v.maxValue(10)),
  }),
  v.object({
    kind: v.literal('rating'),
    id: short,
    title: text,
    sentence: text,
    labels: v.pipe(v.array(short), v.minLength(2), v.maxLength(11)),
  }),
  v.object({
    kind: v.literal('pair'),
    id: short,
    title: text,
    steps: v.picklist([2, 3, 5]),
    reasons: v.pipe(v.array(short), v.maxLength(20)),
  }),
]);

const protocolSchema = v.object({
  id: short,
  version: whole,
  title: short,
  source: text,
  shows: v.picklist(['all', 'pair', 'one']),
  withInput: v.boolean(),
  withReference: v.boolean(),
  questions: v.pipe(v.array(questionSchema), v.minLength(1), v.maxLength(20)),
  instructions: text,
});

const mark = v.pipe(v.string(), v.regex(/^m\d{1,3}$/));

const caseSchema = v.object({
  /** "c1" …: the case's own name might tell something. */
  id: v.pipe(v.string(), v.regex(/^c\d{1,5}$/)),
  input: v.nullable(hash),
  reference: v.nullable(hash),
  /** Hash of each method's picture, by mark. */
  outputs: v.record(mark, hash),
});

const studySchema = v.object({
  loupe: v.literal('study'),
  version: v.literal(1),
  id: short,
  title: short,
  protocol: protocolSchema,
  seed: short,
  methods: v.pipe(v.array(mark), v.minLength(2), v.maxLength(100)),
  cases: v.pipe(v.array(caseSchema), v.minLength(1), v.maxLength(5000)),
  /** Comparisons or pictures for one rater; 0: all. */
  perRater: whole,
  /** Items at the start that count for nothing. */
  training: v.pipe(whole, v.maxValue(20)),
  /** Hidden repeats for one rater. */
  repeats: v.pipe(whole, v.maxValue(50)),
  /** Comparisons whose answer is known: the ground truth against the input, in every form. */
  golden: v.pipe(whole, v.maxValue(50)),
  /** Seconds for one item; 0: no limit. */
  secondsLimit: whole,
  consent: text,
});

type Read = v.InferOutput<typeof studySchema>;
export type StudyCase = Readonly<v.InferOutput<typeof caseSchema>>;
export type Study = Readonly<
  Omit<Read, 'protocol' | 'cases'> & {
    readonly protocol: Protocol;
    readonly cases: readonly StudyCase[];
  }
>;

/** What the marks of a study stand for; never part of what raters get. */
export interface StudyKey {
  /** SHA-256 of the study's canonical JSON. */
  readonly studyHash: string;
  /** Method id by mark. */
  readonly methods: Readonly<Record<string, string>>;
  /** Case title by case id. */
  readonly cases: Readonly<Record<string, string>>;
}

/** Checks a study that came from outside. */
export function readStudy(json: unknown): { study: Study } | { problem: string } {
  const read = v.safeParse(studySchema, json);
  if (!read.success) {
    const [issue] = read.issues;
    return { problem: `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}` };
  }
  const { methods, cases } = read.output;
  const strange = cases.find(({ outputs }) =>
    Object.keys(outputs).some((own) => !methods.includes(own)),
  );
  if (strange)
    return { problem: `case ${strange.id} has an output of a method that is not listed` };
  return { study: read.output };
}

/** The wanted precision as a number of votes. */
export interface VotesNeeded {
  /** For each pair, or each method where single pictures are rated. */
  readonly each: number;
  readonly total: number;
  readonly raters: number;
}

const Z95 = 1.96;

/**
 * Votes for a 95 % interval of the given half width, before anything is known of the methods:
 * - pairs: of a log strength under Bradley–Terry with equal strengths, whose information from n votes a
 *   pair over N methods is (n/4)(N I − J), so the variance is 4 (N − 1) / (n N²);
 * - ratings: of a mean with a standard deviation of one step;
 * - top k: of the share of votes that name a method, k/N in the middle.
 * @param perRater votes that one rater gives
 */
export function votesNeeded(
  protocol: Protocol,
  methods: number,
  halfWidth: number,
  perRater: number,
): VotesNeeded {
  const squared = (Z95 / halfWidth) ** 2;
  const round = (value: number) => Math.max(1, Math.ceil(value - 1e-9));
  let each: number;
  let units: number;
  if (protocol.shows === 'pair') {
    each = round((4 * (methods - 1) * squared) / methods ** 2);
    units = (methods * (methods - 1)) / 2;
  } else if (protocol.shows === 'one') {
    each = round(squared);
    units = methods;
  } else {
    const [question] = protocol.questions;
    const share = Math.min(1, (question?.kind === 'top' ? question.count : 1) / methods);
    each = round(share * (1 - share) * squared);
    units = 1;
  }
  const total = each * units;
  return { each, total, raters: round(total / Math.max(1, perRater)) };
}
