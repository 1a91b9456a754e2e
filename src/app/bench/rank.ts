import { type Contestant, rankByChallenge, rankByFormula } from '../../core/bench/ranking.ts';
import { summarise } from '../../core/bench/summary.ts';
import { columnOf, type ScoreTable } from '../../core/bench/types.ts';
import { CHALLENGES } from '../../core/challenges/challenges.ts';
import type { ChallengeId } from '../../core/challenges/types.ts';
import type { BenchContext } from './context.ts';
import type { ImportedTable } from './imports.ts';
import type { BenchMethodView, RankingView } from './model.ts';

/** A column with identity cosines that no browser computes by itself, and the attribute that tells the test set. */
const IDENTITY_COLUMN = /^(import|onnx):.*(adaface|identity|cosine)/i;
const SET_ATTRIBUTE = /^(set|dataset|source)$/i;

/** Means of a method over the cases that have a value. */
export function meansOf(table: ScoreTable, method: string): Record<string, number | null> {
  return Object.fromEntries(
    table.columns.map(({ id, direction }) => [
      id,
      summarise(columnOf(table, method, id), direction)?.mean ?? null,
    ]),
  );
}

/** Numbers of whole methods, by column: rows of imported tables that name no case. */
function setValues(tables: Iterable<ImportedTable>, method: string): Record<string, number | null> {
  const values: Record<string, number | null> = {};
  for (const { kind, columns, rows } of tables) {
    if (kind !== 'values') continue;
    for (const row of rows) {
      if (row.case !== null || row.method?.toLowerCase() !== method.toLowerCase()) continue;
      row.cells.forEach((cell, index) => {
        values[columns[index] ?? ''] = typeof cell === 'number' ? cell : null;
      });
    }
  }
  return values;
}

function identityOf({ store }: BenchContext, method: string): Record<string, number[]> {
  const { table, attributes } = store.state;
  const column = table.columns.find(({ id }) => IDENTITY_COLUMN.test(id));
  const sets = [...attributes].find(([name]) => SET_ATTRIBUTE.test(name))?.[1];
  if (column === undefined || sets === undefined) return {};
  const bySet: Record<string, number[]> = {};
  columnOf(table, method, column.id).forEach((value, index) => {
    const set = sets[index];
    if (set === null || set === undefined || !Number.isFinite(value)) return;
    bySet[set] = [...(bySet[set] ?? []), value];
  });
  return bySet;
}

function contestant(context: BenchContext, view: BenchMethodView): Contestant {
  const { id, title, macs720p } = view;
  return {
    method: id,
    title,
    means: meansOf(context.store.state.table, id),
    set: setValues(context.imports.values(), id),
    macs720p,
    identity: identityOf(context, id),
  };
}

/**
 * What a challenge or the user's formula makes of the methods that are shown.
 * @param asPrinted takes the challenge's formula as its report prints it, where that is another one
 */
export function rankingOf(
  context: BenchContext,
  by: ChallengeId | 'formula',
  asPrinted = false,
): RankingView {
  const { methods, formula } = context.store.state;
  const contestants = methods
    .filter(({ hidden }) => !hidden)
    .map((method) => contestant(context, method));
  if (by === 'formula') {
    const { title, floor, span, emphasis } = formula;
    const weights = emphasis === 0 ? 'weights' : `weights · exp(${emphasis} (1 − s))`;
    const definition = `${floor} + ${span} Σ w s / Σ w over normalised means s, with ${weights}.`;
    return { by, title, definition, ...rankByFormula(formula, contestants) };
  }
  const { title, definition, printedDefinition } = CHALLENGES[by];
  const ranking = rankByChallenge(by, contestants, asPrinted);
  if (!asPrinted || printedDefinition === null) return { by, title, definition, ...ranking };
  return { by, title: `${title}, as printed`, definition: printedDefinition, ...ranking };
}
