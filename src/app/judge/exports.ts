import type { Column } from '../../core/bench/types.ts';
import { latexTable } from '../../core/export/latex.ts';
import { printTable } from '../../core/export/printedTable.ts';
import { answersOf } from '../../core/judge/answers.ts';
import { SCREENING_RULE } from '../../core/judge/screening.ts';
import type { Study, StudyKey } from '../../core/judge/study.ts';
import type { VoteFile } from '../../core/judge/votes.ts';
import { writeTable } from '../../core/text/csv.ts';
import type { AnalysisView } from './model.ts';

/** Every answer a line, by name: the shown methods from left to right, and what was chosen. */
export function votesCsv(study: Study, key: StudyKey, files: readonly VoteFile[]): string {
  const named = (mark: string) => key.methods[mark] ?? mark;
  const rows = files.flatMap((file) =>
    answersOf(study, file).map(({ rater, item, answer, seconds }) => [
      rater,
      item.id,
      item.kind,
      key.cases[item.caseId] ?? item.caseId,
      item.shown.map(named).join(' | '),
      answer.question,
      typeof answer.value === 'number' ? String(answer.value) : answer.value.map(named).join(' > '),
      answer.reason ?? '',
      seconds.toFixed(2),
    ]),
  );
  const header = [
    'rater',
    'item',
    'kind',
    'case',
    'shown',
    'question',
    'value',
    'reason',
    'seconds',
  ];
  return writeTable([header, ...rows]);
}

/** All vote files as they are, with the study and what its marks stand for. */
export function votesJson(study: Study, key: StudyKey, files: readonly VoteFile[]): string {
  return `${JSON.stringify({ loupe: 'all-votes', version: 1, study, key, files }, null, 1)}\n`;
}

/** The analysis with the rule that raters were screened by. */
export function analysisJson(view: AnalysisView): string {
  return `${JSON.stringify({ loupe: 'analysis', version: 1, screeningRule: SCREENING_RULE, ...view }, null, 1)}\n`;
}

const column = (title: string, digits: number): Column => ({
  id: title,
  title,
  unit: '',
  direction: 'higher-is-better',
  digits,
  version: '',
  imported: false,
});

/** Objective, people's and final score of every method as a table for a paper. */
export function analysisLatex(view: AnalysisView): string {
  const { rows, analysis, combination } = view;
  const { kendallW, alpha, raters, votes, warnings } = analysis;
  const kept = raters.filter(({ keep }) => keep).length;
  const known = (name: string, value: number | null) =>
    value === null ? [] : [`${name} ${value.toFixed(2)}.`];
  return latexTable(
    printTable(
      `${votes} votes of ${kept} raters; final = ${combination.objective} objective + ${combination.subjective} people (${combination.scale})`,
      [column('Objective', 2), column('People', 3), column('Final', 2)],
      rows.map(({ title, objective, people, final }) => ({
        title,
        values: [objective, people, final],
        published: false,
      })),
      [...known("Kendall's W", kendallW), ...known("Krippendorff's alpha", alpha), ...warnings],
    ),
  );
}
