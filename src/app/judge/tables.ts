import type { PrintedRow, PrintedTable } from '../../core/export/printedTable.ts';
import type { Correlations } from '../../core/judge/correlation.ts';
import type { Protocol } from '../../core/judge/protocols.ts';
import type { AnalysisView } from './model.ts';

/* What an analysis says, as tables for papers, for the report and for CSV. */

/** With so many decimals; what rounds to nothing has no sign. "–": there is none. */
export const numberText = (value: number | null | undefined, digits: number): string =>
  value === null || value === undefined ? '–' : value.toFixed(digits).replace(/^-(0\.?0*)$/, '$1');

const percent = (share: number | undefined) =>
  share === undefined ? '–' : `${Math.round(100 * share)} %`;

/** "2 – 4", or one place where it is sure. */
export function placeWords(interval: readonly [number, number] | null): string {
  if (interval === null) return '–';
  const [low, high] = interval.map(Math.round);
  return low === high ? `${low}` : `${low} – ${high}`;
}

const table = (
  caption: string,
  header: readonly string[],
  rows: readonly { readonly title: string; readonly cells: readonly string[] }[],
  notes: readonly string[] = [],
): PrintedTable => ({
  caption,
  header,
  rows: rows.map(
    ({ title, cells }): PrintedRow => ({
      title,
      published: false,
      cells: cells.map((text) => ({ text, mark: null })),
    }),
  ),
  notes,
});

const SCORES: Readonly<Record<Protocol['shows'], string>> = {
  pair: 'Strength',
  one: 'Mean',
  all: 'Points',
};

/** Places in the order of the people's ranks; who has none comes last. */
const ranked = ({ rows }: AnalysisView): number[] =>
  rows
    .map((_, index) => index)
    .sort(
      (a, b) =>
        (rows[a]?.peopleRank ?? Number.POSITIVE_INFINITY) -
        (rows[b]?.peopleRank ?? Number.POSITIVE_INFINITY),
    );

/** The ranking by people, and what it comes to together with the numbers. */
export function rankingTable(view: AnalysisView, { shows }: Protocol): PrintedTable {
  const { rows, analysis, combination } = view;
  const { kendallW, alpha, raters, votes, warnings } = analysis;
  const kept = raters.filter(({ keep }) => keep).length;
  const known = (name: string, value: number | null) =>
    value === null ? [] : [`${name} ${value.toFixed(2)}.`];
  return table(
    `${votes} answers of ${kept} raters; final = ${combination.objective} objective + ${combination.subjective} people (${combination.scale})`,
    [
      ...['Method', SCORES[shows], '95 % low', '95 % high'],
      ...(shows === 'all' ? ['1st', '2nd', '3rd', 'Named'] : []),
      ...['Rank', 'Rank 95 %', 'First', 'Top three', 'Objective', 'Objective rank'],
      ...[`People (${combination.scale})`, 'Final', 'Final rank', 'Final rank 95 %', 'Final first'],
    ],
    ranked(view).flatMap((index) => {
      const [row, own] = [rows[index], analysis.methods[index]];
      if (row === undefined || own === undefined) return [];
      const strength = analysis.fit?.strengths[index];
      const [low, high] = own.interval ?? [strength?.low, strength?.high];
      const { certainty, top } = own;
      const cells = [
        ...[numberText(row.people, 3), numberText(low, 3), numberText(high, 3)],
        ...(shows === 'all'
          ? [...(top?.counts ?? []).map(String), percent(top?.frequency ?? 0)]
          : []),
        ...[numberText(row.peopleRank, 0), placeWords(certainty?.interval ?? null)],
        ...[percent(certainty?.places[0]), percent(certainty?.inTopThree)],
        ...[numberText(row.objective, 2), numberText(row.objectiveRank, 0)],
        ...[numberText(row.scaled, 2), numberText(row.final, 2), numberText(row.finalRank, 0)],
        placeWords(row.finalCertainty?.interval ?? null),
        percent(row.final === null ? undefined : row.finalCertainty?.places[0]),
      ];
      return [{ title: row.title, cells }];
    }),
    [
      ...known("Kendall's W", kendallW),
      ...known("Krippendorff's alpha", alpha),
      ...(shows === 'all' ? ['The interval is that of the Bradley-Terry strength.'] : []),
      'Ranks: shares of 1,000 resamples of raters and, within them, items; the objective score stands.',
      ...warnings,
    ],
  );
}

/** How likely each method takes each place, by people or in the final score. */
function placesTable(view: AnalysisView, by: 'people' | 'final'): PrintedTable {
  const rows = ranked(view).flatMap((index) => {
    const [row, own] = [view.rows[index], view.analysis.methods[index]];
    if (row === undefined || own === undefined) return [];
    const sure = by === 'people' ? own.certainty : row.finalCertainty;
    return [{ title: row.title, cells: (sure?.places ?? []).map(percent) }];
  });
  return table(
    by === 'people' ? 'Chance of each rank by people' : 'Chance of each rank in the final score',
    ['Method', ...view.rows.map((_, index) => `${index + 1}.`)],
    rows,
  );
}

function dimensionsTable(view: AnalysisView, { questions }: Protocol): PrintedTable {
  const rated = questions.filter(({ kind }) => kind === 'rating');
  return table(
    'Mean opinion by dimension, with 95 % intervals',
    ['Method', ...rated.map(({ title }) => title)],
    ranked(view).map((index) => ({
      title: view.titles[index] ?? '',
      cells: rated.map(({ id }) => {
        const opinion = view.analysis.methods[index]?.opinions[id];
        if (!opinion) return '–';
        const half = opinion.interval ? (opinion.interval[1] - opinion.interval[0]) / 2 : null;
        return half === null
          ? opinion.mean.toFixed(2)
          : `${opinion.mean.toFixed(2)} ± ${half.toFixed(2)}`;
      }),
    })),
  );
}

function reasonsTable(view: AnalysisView): PrintedTable {
  const { reasons } = view.analysis;
  return table(
    'Scores by stated reason: Bradley-Terry strength with 95 % interval (choices won and lost)',
    ['Method', ...reasons.map(({ reason, votes }) => `${reason} (${votes})`)],
    ranked(view).map((index) => ({
      title: view.titles[index] ?? '',
      cells: reasons.map(({ methods }) => {
        const own = methods[index];
        if (own === undefined || own.wins + own.losses === 0) return '–';
        const { value, low, high } = own.strength;
        return `${numberText(value, 2)} [${numberText(low, 2)}, ${numberText(high, 2)}] (${own.wins}:${own.losses})`;
      }),
    })),
  );
}

function correlationsTable(view: AnalysisView): PrintedTable {
  const cells = (own: Correlations | null) =>
    [own?.srcc, own?.plcc, own?.krcc].map((value) => numberText(value, 3));
  return table(
    'Metrics and people',
    [
      ...['Metric', 'SRCC over pictures', 'PLCC', 'KRCC'],
      ...['SRCC over methods', 'PLCC', 'KRCC', 'Pictures'],
    ],
    view.correlations.map(({ title, pictures, methods, count }) => ({
      title,
      cells: [...cells(pictures), ...cells(methods), String(count)],
    })),
  );
}

function disagreementsTable(view: AnalysisView): PrintedTable {
  const titles = new Map(view.methodIds.map((id, index) => [id, view.titles[index] ?? id]));
  const named = (id: string) => titles.get(id) ?? id;
  const [first] = view.disagreements;
  return table(
    `Where people and ${first?.title ?? 'metrics'} disagree most`,
    ['Case', 'People prefer', 'The metric prefers', 'Share of votes', 'Difference'],
    (first?.pairs ?? []).slice(0, 10).map(({ caseTitle, better, worse, share, difference }) => ({
      title: caseTitle,
      cells: [
        named(worse),
        named(better),
        percent(share),
        String(Number(difference.toPrecision(3))),
      ],
    })),
  );
}

/** Everything that an analysis says, as far as there is something. */
export function analysisTables(view: AnalysisView, protocol: Protocol): PrintedTable[] {
  const { rows, analysis, correlations, disagreements } = view;
  return [
    rankingTable(view, protocol),
    placesTable(view, 'people'),
    ...(rows.some(({ final }) => final !== null) ? [placesTable(view, 'final')] : []),
    ...(protocol.shows === 'one' ? [dimensionsTable(view, protocol)] : []),
    ...(analysis.reasons.length > 0 ? [reasonsTable(view)] : []),
    ...(correlations.length > 0 ? [correlationsTable(view)] : []),
    ...(disagreements.length > 0 ? [disagreementsTable(view)] : []),
  ];
}
