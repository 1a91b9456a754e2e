import type { Column } from '../../core/bench/types.ts';
import { columnOf, type ScoreTable } from '../../core/bench/types.ts';
import {
  type Analysis,
  analyse,
  type CountedVotes,
  countVotes,
} from '../../core/judge/analysis.ts';
import { certaintyOf, placesOf, type Scores } from '../../core/judge/certainty.ts';
import {
  type Combination,
  combine,
  finalCertainty,
  scaledScores,
} from '../../core/judge/combine.ts';
import { metricAgreement } from '../../core/judge/metricAgreement.ts';
import { disagreements } from '../../core/judge/perCase.ts';
import type { TopMeasure } from '../../core/judge/scores.ts';
import type { Study, StudyKey } from '../../core/judge/study.ts';
import { mergeVoteFiles, type VoteFile } from '../../core/judge/votes.ts';
import type { HeldStudy, JudgeContext } from './context.ts';
import type { AnalysisView, MetricDisagreements } from './model.ts';

/** Disagreements with one metric that the page lists. */
const MOST_DISAGREEMENTS = 30;
/** The column that disagreement is looked for in first, where it is measured. */
const MAIN_COLUMN = 'deltae:person';

/** A study whose key is here. */
export type NamedStudy = HeldStudy & { readonly key: StudyKey };

interface Read {
  readonly counted: CountedVotes;
  /** Without how sure the places are. */
  readonly analysis: Analysis;
  /** What was drawn so far (`drawRanks`). */
  readonly draws: Map<TopMeasure, readonly Scores[]>;
}

/** Done once for the same votes, whatever they are combined with. */
const known = new WeakMap<readonly VoteFile[], Read>();

/** The votes on a study as they count. */
export function readVotes(study: Study, files: readonly VoteFile[]): Read {
  const before = known.get(files);
  if (before !== undefined) return before;
  const counted = countVotes(study, mergeVoteFiles(files).kept);
  const result = { counted, analysis: analyse(study, [], counted, null), draws: new Map() };
  known.set(files, result);
  return result;
}

/** What resampled votes are scored by for a combination: only top lists count for one thing or another. */
export const measureFor = ({ protocol }: Study, { top }: Combination): TopMeasure =>
  protocol.shows === 'all' ? top : 'points';

/** The analysis with how sure the places are, as far as that is known. */
function withCertainty({ analysis, draws }: Read): Analysis {
  const drawn = draws.get('points');
  if (drawn === undefined) return analysis;
  const sure = certaintyOf(drawn, analysis.methods.length);
  const methods = analysis.methods.map((own, place) => ({
    ...own,
    certainty: sure[place] ?? null,
  }));
  return { ...analysis, methods };
}

/** A column's value of a case and method by the study's marks, higher always better where it is turned. */
function reader(table: ScoreTable, key: StudyKey, column: Column, turned: boolean) {
  const places = new Map(table.cases.map((id, index) => [id, index]));
  const sign = turned && column.direction === 'lower-is-better' ? -1 : 1;
  return (caseId: string, mark: string): number | null => {
    const place = places.get(key.cases[caseId] ?? '');
    const method = key.methods[mark];
    if (place === undefined || method === undefined) return null;
    const value = columnOf(table, method, column.id)[place];
    return value === undefined || !Number.isFinite(value) ? null : sign * value;
  };
}

function correlations(
  { study, key }: NamedStudy,
  { counted, analysis }: Read,
  table: ScoreTable,
): AnalysisView['correlations'] {
  const people = analysis.methods.map(({ score }) => score);
  return table.columns.flatMap((column) => {
    const metric = reader(table, key, column, false);
    const { direction, id, title } = column;
    const own = metricAgreement(study, counted.answers, people, metric, direction);
    return own.pictures === null && own.methods === null ? [] : [{ column: id, title, ...own }];
  });
}

function contradictions(
  { bench }: JudgeContext,
  { study, key }: NamedStudy,
  { counted }: Read,
): MetricDisagreements[] {
  const { table, cases } = bench.state;
  const titles = new Map(cases.map(({ id, title }) => [id, title]));
  const columns = table.columns.toSorted(
    (a, b) => Number(b.id === MAIN_COLUMN) - Number(a.id === MAIN_COLUMN),
  );
  return columns.flatMap((column): MetricDisagreements[] => {
    const found = disagreements(study, counted.answers, reader(table, key, column, true));
    const pairs = found.slice(0, MOST_DISAGREEMENTS).map(({ caseId, better, worse, ...rest }) => {
      const id = key.cases[caseId] ?? '';
      const methods = { better: key.methods[better] ?? better, worse: key.methods[worse] ?? worse };
      return { caseId: id, caseTitle: titles.get(id) ?? id, ...methods, ...rest };
    });
    return pairs.length === 0 ? [] : [{ column: column.id, title: column.title, pairs }];
  });
}

/** What the combination takes of people: their frequency in the top lists, or the protocol's score. */
const peopleFor = ({ methods }: Analysis, { top }: Combination): Scores =>
  methods.map((own) => (top === 'frequency' && own.top ? own.top.frequency : own.score));

/** What the votes on a study come to, by name, beside the bench's numbers. */
export function analysisView(
  context: JudgeContext,
  hash: string,
  held: NamedStudy,
  files: readonly VoteFile[],
  combination: Combination,
): AnalysisView {
  const { bench } = context;
  const { study, key } = held;
  const votes = readVotes(study, files);
  const analysis = withCertainty(votes);
  const methods = study.methods.map((mark) => key.methods[mark] ?? mark);
  const titleOf = (id: string) => bench.state.methods.find((own) => own.id === id)?.title ?? id;
  const scores = bench.objective(combination.challenge);
  const objective = methods.map((method) => scores.get(method) ?? null);
  const people = analysis.methods.map(({ score }) => score);
  const taken = peopleFor(analysis, combination);
  const scaled = scaledScores(combination, taken);
  const final = combine(combination, objective, taken);
  const draws = final.some((own) => own !== null)
    ? votes.draws.get(measureFor(study, combination))
    : [];
  const sure = draws && finalCertainty(combination, objective, draws);
  const ranks = {
    objective: placesOf(objective),
    people: placesOf(people),
    final: placesOf(final),
  };
  return {
    studyHash: hash,
    analysis,
    methodIds: methods,
    titles: methods.map(titleOf),
    combination,
    rows: methods.map((method, index) => ({
      title: titleOf(method),
      objective: objective[index] ?? null,
      people: people[index] ?? null,
      scaled: scaled[index] ?? null,
      final: final[index] ?? null,
      objectiveRank: ranks.objective[index] ?? null,
      peopleRank: ranks.people[index] ?? null,
      finalRank: ranks.final[index] ?? null,
      finalCertainty: sure?.[index] ?? null,
    })),
    correlations: correlations(held, votes, bench.state.table),
    disagreements: contradictions(context, held, votes),
  };
}
