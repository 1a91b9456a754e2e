import type { Column } from '../../core/bench/types.ts';
import { columnOf, type ScoreTable } from '../../core/bench/types.ts';
import { analyse } from '../../core/judge/analysis.ts';
import { answersOf, type GivenAnswer } from '../../core/judge/answers.ts';
import { type Combination, combine } from '../../core/judge/combine.ts';
import { correlationsOf } from '../../core/judge/correlation.ts';
import { casePreferences, disagreements } from '../../core/judge/perCase.ts';
import type { Study, StudyKey } from '../../core/judge/study.ts';
import { mergeVoteFiles, type VoteFile } from '../../core/judge/votes.ts';
import type { JudgeContext } from './context.ts';
import type { AnalysisView } from './model.ts';

/** Disagreements that the page lists. */
const MOST_DISAGREEMENTS = 50;
/** The column that disagreement is looked for in, where it is measured. */
const MAIN_COLUMN = 'deltae:person';

const ranksOf = (values: readonly (number | null)[]): (number | null)[] =>
  values.map((own) =>
    own === null ? null : 1 + values.filter((other) => other !== null && other > own).length,
  );

/** A column's value of a case and method by the study's marks. */
function reader(table: ScoreTable, key: StudyKey, column: Column) {
  const places = new Map(table.cases.map((id, index) => [id, index]));
  return (caseId: string, mark: string): number | null => {
    const place = places.get(key.cases[caseId] ?? '');
    const method = key.methods[mark];
    if (place === undefined || method === undefined) return null;
    const value = columnOf(table, method, column.id)[place];
    return value === undefined || !Number.isFinite(value) ? null : value;
  };
}

function correlations(
  study: Study,
  key: StudyKey,
  answers: readonly GivenAnswer[],
  table: ScoreTable,
): AnalysisView['correlations'] {
  const preferences = casePreferences(study, answers);
  return table.columns.flatMap((column) => {
    const read = reader(table, key, column);
    const both = preferences.flatMap(({ caseId, mark, score }) => {
      const value = read(caseId, mark);
      return value === null ? [] : [{ value, score }];
    });
    if (both.length < 3) return [];
    const values = correlationsOf(
      both.map(({ value }) => value),
      both.map(({ score }) => score),
      column.direction,
    );
    return [{ column: column.id, title: column.title, values, count: both.length }];
  });
}

function contradictions(
  { bench }: JudgeContext,
  study: Study,
  key: StudyKey,
  answers: readonly GivenAnswer[],
): AnalysisView['disagreements'] {
  const { table, cases } = bench.state;
  const column = table.columns.find(({ id }) => id === MAIN_COLUMN) ?? table.columns[0];
  if (column === undefined) return [];
  const read = reader(table, key, column);
  const sign = column.direction === 'higher-is-better' ? 1 : -1;
  const turned = (caseId: string, mark: string) => {
    const value = read(caseId, mark);
    return value === null ? null : sign * value;
  };
  const titles = new Map(cases.map(({ id, title }) => [id, title]));
  return disagreements(study, answers, turned)
    .slice(0, MOST_DISAGREEMENTS)
    .map(({ caseId, better, worse, share, difference }) => {
      const id = key.cases[caseId] ?? '';
      return {
        caseId: id,
        caseTitle: titles.get(id) ?? id,
        better: key.methods[better] ?? better,
        worse: key.methods[worse] ?? worse,
        share,
        column: column.title,
        difference,
      };
    });
}

/** What the votes on a study come to, by name, beside the bench's numbers. */
export function analysisView(
  context: JudgeContext,
  hash: string,
  study: Study,
  key: StudyKey,
  files: readonly VoteFile[],
  combination: Combination,
): AnalysisView {
  const { bench } = context;
  const { kept } = mergeVoteFiles(files);
  const analysis = analyse(study, kept);
  const fair = new Set(analysis.raters.filter(({ keep }) => keep).map(({ rater }) => rater));
  const answers = kept
    .filter(({ rater }) => fair.has(rater))
    .flatMap((file) => answersOf(study, file));
  const methods = study.methods.map((mark) => key.methods[mark] ?? mark);
  const titleOf = (id: string) => bench.state.methods.find((own) => own.id === id)?.title ?? id;
  const scores = bench.objective(combination.scale === '80-90' ? 'raim2026' : 'raim2024');
  const objective = methods.map((method) => scores.get(method) ?? null);
  const people = analysis.methods.map(({ score }) => score);
  const final = combine(combination, objective, people);
  const places = { objective: ranksOf(objective), people: ranksOf(people), final: ranksOf(final) };
  return {
    studyHash: hash,
    analysis,
    titles: methods.map(titleOf),
    combination,
    rows: methods.map((method, index) => ({
      title: titleOf(method),
      objective: objective[index] ?? null,
      people: people[index] ?? null,
      final: final[index] ?? null,
      objectiveRank: places.objective[index] ?? null,
      peopleRank: places.people[index] ?? null,
      finalRank: places.final[index] ?? null,
    })),
    correlations: correlations(study, key, answers, bench.state.table),
    disagreements: contradictions(context, study, key, answers),
  };
}
