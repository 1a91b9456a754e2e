import { BadInput } from '../../core/badInput.ts';
import { latexTable } from '../../core/export/latex.ts';
import type { PrintedTable } from '../../core/export/printedTable.ts';
import { answersOf } from '../../core/judge/answers.ts';
import { scheduleFor } from '../../core/judge/schedule.ts';
import { SCREENING_RULE } from '../../core/judge/screening.ts';
import { raterLabels, type VoteFile } from '../../core/judge/votes.ts';
import { writeTable } from '../../core/text/csv.ts';
import type { NamedStudy } from './analysisView.ts';
import { placesPlot, scorePlot } from './figures.ts';
import type { AnalysisExport, AnalysisView } from './model.ts';
import { analysisTables, rankingTable } from './tables.ts';

const VOTES_HEADER = [
  ...['rater', 'item', 'kind', 'case', 'shown', 'question', 'value', 'reason', 'seconds', 'away'],
  ...['changes', 'returns', 'skips', 'at', 'screen', 'screen_brightness', 'room', 'distance'],
  'colour_vision',
] as const;

/**
 * Every answer a line, by name: the shown methods from left to right, what was chosen, and how; an item
 * without an answer is a line with an empty question.
 */
function votesCsv({ study, key }: NamedStudy, files: readonly VoteFile[]): string {
  const named = (mark: string) => key.methods[mark] ?? mark;
  const labels = raterLabels(files);
  const rows = files.flatMap((file, index) => {
    const items = new Map(scheduleFor(study, file.rater).map((item) => [item.id, item]));
    const given = answersOf(study, file);
    const { screen, brightness, room, distance, colourVision } = file.conditions;
    return file.votes.flatMap((vote) => {
      const item = items.get(vote.item);
      if (item === undefined) return [];
      const before = [
        ...[labels[index] ?? file.rater, item.id, item.kind],
        ...[key.cases[item.caseId] ?? item.caseId, item.shown.map(named).join(' | ')],
      ];
      const after = [
        ...[vote.seconds.toFixed(2), vote.away.toFixed(2), vote.changes, vote.returns, vote.skips],
        ...[new Date(vote.at).toISOString(), screen, brightness, room, distance, colourVision],
      ].map(String);
      const own = given.filter((answer) => answer.item.id === item.id);
      const answers = own.map(({ answer }) => [
        answer.question,
        typeof answer.value === 'number'
          ? String(answer.value)
          : answer.value.map(named).join(' > '),
        answer.reason ?? '',
      ]);
      return (answers.length > 0 ? answers : [['', '', '']]).map((answer) => [
        ...before,
        ...answer,
        ...after,
      ]);
    });
  });
  return writeTable([[...VOTES_HEADER], ...rows]);
}

/** All vote files as they are, with the study and what its marks stand for. */
function votesJson({ study, key }: NamedStudy, files: readonly VoteFile[]): string {
  return `${JSON.stringify({ loupe: 'all-votes', version: 1, study, key, files }, null, 1)}\n`;
}

/** The analysis with the rule that raters were screened by. */
function analysisJson(view: AnalysisView): string {
  return `${JSON.stringify({ loupe: 'analysis', version: 1, screeningRule: SCREENING_RULE, ...view }, null, 1)}\n`;
}

const tableCsv = ({ header, rows }: PrintedTable) =>
  writeTable([
    [...header],
    ...rows.map(({ title, cells }) => [title, ...cells.map((c) => c.text)]),
  ]);

const PLAIN = { csv: 'text/csv', json: 'application/json', tex: 'application/x-tex' } as const;

/**
 * What the user wants to have as a file.
 * @throws {BadInput} where there is nothing to make it of
 */
export function analysisFile(
  kind: AnalysisExport,
  named: NamedStudy,
  files: readonly VoteFile[],
  analyse: () => AnalysisView | null,
): File {
  const plain = (name: string, type: keyof typeof PLAIN, content: string) =>
    new File([content], `${name}.${type}`, { type: PLAIN[type] });
  const drawing = (name: string, content: string | null) => {
    if (content === null) throw new BadInput('There is no interval to draw yet.');
    return new File([content], `${name}.svg`, { type: 'image/svg+xml' });
  };
  if (kind === 'votes-csv') return plain('votes', 'csv', votesCsv(named, files));
  if (kind === 'votes-json') return plain('votes', 'json', votesJson(named, files));
  const view = analyse();
  if (view === null) throw new BadInput('There are no votes to analyse yet.');
  const { protocol } = named.study;
  switch (kind) {
    case 'json':
      return plain('analysis', 'json', analysisJson(view));
    case 'ranking-csv':
      return plain('ranking', 'csv', tableCsv(rankingTable(view, protocol)));
    case 'latex':
      return plain('analysis', 'tex', analysisTables(view, protocol).map(latexTable).join('\n'));
    case 'plot-scores':
      return drawing('intervals', scorePlot(view, protocol));
    case 'plot-ranks':
      return drawing('ranks', placesPlot(view));
  }
}
