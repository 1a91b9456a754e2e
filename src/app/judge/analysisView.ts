import { columnOf, type ScoreTable } from '../../core/bench/types.ts';
import type { Analysis } from '../../core/judge/analysis.ts';
import { certaintyOf, placesOf, type Scores } from '../../core/judge/certainty.ts';
import {
  type Combination,
  combine,
  finalCertainty,
  scaledScores,
} from '../../core/judge/combine.ts';
import type { MetricColumn, MetricComparison } from '../../core/judge/metricComparison.ts';
import type { TopMeasure } from '../../core/judge/scores.ts';
import type { Study, StudyKey } from '../../core/judge/study.ts';
import type { VoteFile } from '../../core/judge/votes.ts';
import type { VotesRead } from '../../protocol/votes.ts';
import type { HeldStudy, JudgeContext } from './context.ts';
import type { AnalysisView, MetricDisagreements } from './model.ts';

/** The column that disagreement is looked for in first, where it is measured. */
const MAIN_COLUMN = 'deltae:person';

/** A study whose key is here. */
export type NamedStudy = HeldStudy & { readonly key: StudyKey };

/** What has been worked out of the votes on a study. */
interface Known {
  read: VotesRead | null;
  /** The bench's numbers that the votes were compared with. */
  table: ScoreTable | null;
  readonly draws: Map<TopMeasure, readonly Scores[]>;
}

const known = new WeakMap<readonly VoteFile[], Known>();

/** What is known of these votes; whoever works out more writes it there. */
export function knownOf(files: readonly VoteFile[]): Known {
  const before = known.get(files);
  if (before !== undefined) return before;
  const nothing: Known = { read: null, table: null, draws: new Map() };
  known.set(files, nothing);
  return nothing;
}

/** What resampled votes are scored by for a combination: only top lists count for one thing or another. */
export const measureFor = ({ protocol }: Study, { top }: Combination): TopMeasure =>
  protocol.shows === 'all' ? top : 'points';

/** The bench's numbers of a study's pictures, by the study's marks. */
export function metricColumns({ study, key }: NamedStudy, table: ScoreTable): MetricColumn[] {
  const places = new Map(table.cases.map((id, index) => [id, index]));
  const rows = study.cases.map(({ id }) => places.get(key.cases[id] ?? '') ?? -1);
  return table.columns.map(({ id, title, direction }) => ({
    ...{ id, title, direction },
    values: Object.fromEntries(
      study.methods.map((mark) => {
        const values = columnOf(table, key.methods[mark] ?? '', id);
        const own = rows.map((row) => values[row] ?? Number.NaN);
        return [mark, own.map((value) => (Number.isFinite(value) ? value : null))] as const;
      }),
    ),
  }));
}

/** The analysis with how sure the places are, as far as that is known. */
function withCertainty(analysis: Analysis, drawn: readonly Scores[] | undefined): Analysis {
  if (drawn === undefined) return analysis;
  const sure = certaintyOf(drawn, analysis.methods.length);
  const methods = analysis.methods.map((own, place) => ({
    ...own,
    certainty: sure[place] ?? null,
  }));
  return { ...analysis, methods };
}

const correlations = (comparisons: readonly MetricComparison[]): AnalysisView['correlations'] =>
  comparisons.flatMap(({ column, title, agreement }) =>
    agreement.pictures === null && agreement.methods === null
      ? []
      : [{ column, title, ...agreement }],
  );

function contradictions(
  { bench }: JudgeContext,
  { key }: NamedStudy,
  comparisons: readonly MetricComparison[],
): MetricDisagreements[] {
  const titles = new Map(bench.state.cases.map(({ id, title }) => [id, title]));
  const ordered = comparisons.toSorted(
    (a, b) => Number(b.column === MAIN_COLUMN) - Number(a.column === MAIN_COLUMN),
  );
  return ordered.flatMap(({ column, title, disagreements }): MetricDisagreements[] => {
    const pairs = disagreements.map(({ caseId, better, worse, ...rest }) => {
      const id = key.cases[caseId] ?? '';
      const methods = { better: key.methods[better] ?? better, worse: key.methods[worse] ?? worse };
      return { caseId: id, caseTitle: titles.get(id) ?? id, ...methods, ...rest };
    });
    return pairs.length === 0 ? [] : [{ column, title, pairs }];
  });
}

/** What the combination takes of people: their frequency in the top lists, or the protocol's score. */
const peopleFor = ({ methods }: Analysis, { top }: Combination): Scores =>
  methods.map((own) => (top === 'frequency' && own.top ? own.top.frequency : own.score));

/** What is known of what the votes on a study come to, by name, beside the bench's numbers; null: nothing. */
export function analysisView(
  context: JudgeContext,
  hash: string,
  held: NamedStudy,
  files: readonly VoteFile[],
  combination: Combination,
): AnalysisView | null {
  const { bench } = context;
  const { study, key } = held;
  const { read, draws } = knownOf(files);
  if (read === null) return null;
  const analysis = withCertainty(read.analysis, draws.get('points'));
  const methods = study.methods.map((mark) => key.methods[mark] ?? mark);
  const titleOf = (id: string) => bench.state.methods.find((own) => own.id === id)?.title ?? id;
  const scores = bench.objective(combination.challenge);
  const objective = methods.map((method) => scores.get(method) ?? null);
  const people = analysis.methods.map(({ score }) => score);
  const taken = peopleFor(analysis, combination);
  const scaled = scaledScores(combination, taken);
  const final = combine(combination, objective, taken);
  const drawn = final.some((own) => own !== null) ? draws.get(measureFor(study, combination)) : [];
  const sure = drawn && finalCertainty(combination, objective, drawn);
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
    correlations: correlations(read.comparisons),
    disagreements: contradictions(context, held, read.comparisons),
  };
}
