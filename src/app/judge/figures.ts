import {
  type IntervalRow,
  intervalPlot,
  type RankRow,
  radarPlot,
  rankPlot,
} from '../../core/judge/plots.ts';
import type { Protocol } from '../../core/judge/protocols.ts';
import type { AnalysisView } from './model.ts';

const byRank = (view: AnalysisView) =>
  view.rows
    .map((row, index) => ({ row, own: view.analysis.methods[index], index }))
    .sort(
      (a, b) =>
        (a.row.peopleRank ?? Number.POSITIVE_INFINITY) -
        (b.row.peopleRank ?? Number.POSITIVE_INFINITY),
    );

/** Scores of the methods with their 95 % intervals; null where there is none. */
export function scorePlot(view: AnalysisView, { shows }: Protocol): string | null {
  const rows = byRank(view).flatMap(({ row, own, index }): IntervalRow[] => {
    const strength = view.analysis.fit?.strengths[index];
    if (strength) return [{ title: row.title, ...strength }];
    if (!own?.interval || own.score === null) return [];
    return [{ title: row.title, value: own.score, low: own.interval[0], high: own.interval[1] }];
  });
  const name = shows === 'one' ? 'Mean opinion' : 'Strength (Bradley–Terry)';
  return rows.length === 0 ? null : intervalPlot(`${name} with 95 % intervals`, rows);
}

/** The chance of every rank: in the final score where there is one, else by people. */
export function placesPlot(view: AnalysisView): string {
  const final = view.rows.some((row) => row.final !== null);
  const rows = byRank(view).map(
    ({ row, own }): RankRow => ({
      title: row.title,
      places: (final ? row.finalCertainty : own?.certainty)?.places ?? [],
    }),
  );
  return rankPlot(
    `Chance of each rank ${final ? 'in the final score' : 'by people'}, in per cent`,
    rows,
  );
}

/** A radar of the dimensions for every method; null for fewer than three dimensions. */
export function dimensionsPlot(view: AnalysisView, { questions }: Protocol): string | null {
  const rated = questions.filter((question) => question.kind === 'rating');
  if (rated.length < 3) return null;
  const rows = byRank(view).map(({ row, own }) => ({
    title: row.title,
    shares: rated.map(({ id, labels }) => {
      const mean = own?.opinions[id]?.mean ?? null;
      return mean === null ? 0 : (mean - 1) / Math.max(1, labels.length - 1);
    }),
  }));
  return radarPlot(
    'Dimensions: the ring is the best mark',
    rated.map(({ title }) => title),
    rows,
  );
}
