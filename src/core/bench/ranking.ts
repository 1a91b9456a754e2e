import { CHALLENGES } from '../challenges/challenges.ts';
import { type FaceSet, failedImages, IDENTITY_THRESHOLDS } from '../challenges/face2025.ts';
import {
  RAIM2026_COLUMNS,
  RAIM2026_DEFAULT_LPIPS,
  raim2026Normalise,
  raim2026Totals,
} from '../challenges/raim2026.ts';
import { type Rank, rankTeams } from '../challenges/rank.ts';
import type { Challenge, ChallengeId, Judgement, TeamValues } from '../challenges/types.ts';
import { applyFormula, type Formula, type Means } from './formula.ts';

/** A method as challenges see it. */
export interface Contestant {
  readonly method: string;
  readonly title: string;
  /** Means over the cases, by column id of the table. */
  readonly means: Means;
  /** Imported numbers of the whole method, by the challenge's column names. */
  readonly set: TeamValues;
  readonly macs720p: number | null;
  /** Identity cosines by test set, where they were imported. */
  readonly identity: Readonly<Record<string, readonly number[]>>;
}

export interface RankedRow {
  /** Null for published results. */
  readonly method: string | null;
  readonly title: string;
  readonly published: boolean;
  readonly score: number | null;
  readonly final: number | null;
  readonly eligible: boolean | null;
  /** Among the contestants; null for published results and without a score. */
  readonly rank: Rank;
  readonly parts: readonly { readonly title: string; readonly value: number | null }[];
  /** Finished sentences. */
  readonly remarks: readonly string[];
}

export interface Ranking {
  readonly rows: readonly RankedRow[];
  /** Columns that no contestant has. */
  readonly missing: readonly string[];
}

const isFaceSet = (name: string): name is FaceSet => Object.hasOwn(IDENTITY_THRESHOLDS, name);

/** Failed images by the identity gate; null where no cosines are known or a set has no threshold. */
function failedByIdentity({ identity }: Contestant): number | null {
  const sets = Object.entries(identity);
  if (sets.length === 0) return null;
  let failed = 0;
  for (const [name, cosines] of sets) {
    if (!isFaceSet(name)) return null;
    failed += failedImages(name, cosines);
  }
  return failed;
}

/** A network that was dropped as a metric may measure what a browser does not know by itself ("dists"). */
function byNetwork(column: string, means: Means): number | null {
  const start = `onnx:${column.toLowerCase()}@`;
  const found = Object.entries(means).find(
    ([id, mean]) => mean !== null && id.toLowerCase().startsWith(start),
  );
  return found?.[1] ?? null;
}

function valuesOf(challenge: Challenge, own: Contestant): TeamValues {
  const columns = [...challenge.required, ...challenge.alternatives.flat(), ...challenge.optional];
  const computed: Record<string, number | null> = {
    GMACs: own.macs720p === null ? null : own.macs720p / 1e9,
    FailedImages: failedByIdentity(own),
  };
  return Object.fromEntries(
    [...new Set(columns)].map((column) => {
      const id = challenge.measured[column];
      const measured = id === undefined ? null : (own.means[id] ?? null);
      const imported = own.means[`import:${column}`] ?? own.set[column] ?? null;
      const known = imported ?? measured ?? byNetwork(column, own.means);
      return [column, known ?? computed[column] ?? null];
    }),
  );
}

/** Without LPIPS the scoring program puts a default in: a lower bound, never the headline. */
function lowerBound(values: TeamValues): string[] {
  const { PSNR_bg = null, SSIM_global = null, DeltaE_person = null, LPIPS_person = null } = values;
  if (LPIPS_person !== null) return [];
  if (PSNR_bg === null || SSIM_global === null || DeltaE_person === null) return [];
  const { score } = raim2026Totals({ PSNR_bg, SSIM_global, DeltaE_person, LPIPS_person });
  return [
    `Without LPIPS the scoring program puts in ${RAIM2026_DEFAULT_LPIPS}: ${score.toFixed(2)} is a lower bound and not comparable.`,
  ];
}

function partsOf(challenge: Challenge, values: TeamValues) {
  const means = Object.entries(values).map(([title, value]) => ({ title, value }));
  if (challenge.id !== 'raim2026') return means;
  const normalised = RAIM2026_COLUMNS.map((column) => {
    const value = values[column] ?? null;
    return {
      title: `Norm(${column})`,
      value: value === null ? null : raim2026Normalise(column, value),
    };
  });
  const { PSNR_bg = null, SSIM_global = null, DeltaE_person = null, LPIPS_person = null } = values;
  if (PSNR_bg === null || SSIM_global === null || DeltaE_person === null) {
    return [...means, ...normalised];
  }
  const totals = raim2026Totals({ PSNR_bg, SSIM_global, DeltaE_person, LPIPS_person });
  const weights = totals.weights.map(({ title, share }) => ({
    title: `Weight(${title})`,
    value: LPIPS_person === null ? null : share,
  }));
  const known = means.filter(({ title }) => title !== 'GlobalScore');
  return [{ title: 'GlobalScore', value: totals.globalScore }, ...known, ...normalised, ...weights];
}

const NO_JUDGEMENT: Judgement = { score: null, final: null, eligible: null, tieBreak: null };

function rowOf(
  own: Contestant,
  judgement: Judgement,
  rank: Rank,
): Omit<RankedRow, 'parts' | 'remarks'> {
  const { score, final, eligible } = judgement;
  return { method: own.method, title: own.title, published: false, score, final, eligible, rank };
}

/** Contestants by place, then by score; published results stand where their score puts them. */
function byStanding(a: RankedRow, b: RankedRow): number {
  const value = ({ score, final }: RankedRow) => final ?? score ?? Number.NEGATIVE_INFINITY;
  return value(b) - value(a);
}

/** What a challenge makes of the methods, with its published results between them. */
export function rankByChallenge(
  id: ChallengeId,
  contestants: readonly Contestant[],
  asPrinted = false,
): Ranking {
  const challenge = CHALLENGES[id];
  const values = contestants.map((own) => valuesOf(challenge, own));
  const judgements = challenge.judge(values, { asPrinted });
  const ranks = rankTeams(judgements);
  const rows = contestants.map((own, index): RankedRow => {
    const team = values[index] ?? {};
    return {
      ...rowOf(own, judgements[index] ?? NO_JUDGEMENT, ranks[index] ?? null),
      parts: partsOf(challenge, team),
      remarks: id === 'raim2026' ? lowerBound(team) : [],
    };
  });
  const published = challenge.published.map(
    ({ title, score, final }): RankedRow => ({
      method: null,
      title,
      published: true,
      score,
      final,
      eligible: true,
      rank: null,
      parts: [],
      remarks: [],
    }),
  );
  const hasAll = (columns: readonly string[]) =>
    columns.every((column) => values.some((team) => (team[column] ?? null) !== null));
  const [first = []] = challenge.alternatives;
  const wanted = challenge.alternatives.some(hasAll)
    ? challenge.required
    : [...challenge.required, ...first];
  const missing = wanted.filter((column) => !hasAll([column]));
  return { rows: [...rows, ...published].sort(byStanding), missing };
}

/** What the user's own formula makes of the methods. */
export function rankByFormula(formula: Formula, contestants: readonly Contestant[]): Ranking {
  const results = contestants.map(({ means }) => applyFormula(formula, means));
  const judgements = results.map(
    ({ score }): Judgement => ({ score, final: null, eligible: true, tieBreak: null }),
  );
  const ranks = rankTeams(judgements);
  const rows = contestants.map((own, index): RankedRow => {
    const result = results[index];
    return {
      ...rowOf(own, judgements[index] ?? NO_JUDGEMENT, ranks[index] ?? null),
      parts: (result?.terms ?? []).flatMap(({ title, s, share }) => [
        { title, value: s },
        { title: `Weight(${title})`, value: share },
      ]),
      remarks: (result?.standIns ?? []).map(
        (column) =>
          `${column} is unknown: a stand-in takes its place, so the score compares to nothing.`,
      ),
    };
  });
  const missing = formula.parts
    .map(({ column }) => column)
    .filter((column) => contestants.every(({ means }) => (means[column] ?? null) === null));
  return { rows: rows.sort(byStanding), missing };
}
