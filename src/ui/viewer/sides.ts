import { MOST_PANES, type PaneKey } from '../../app/model.ts';
import type { Shown } from './panes.ts';

/*
 * The pictures that share one pane, and the lines between them; free of DOM and state.
 */

/**
 * The wanted panes as far as there are such, each once; others take the places of those that are
 * missing, an output rather than input or ground truth.
 * @param every the panes of the case, which may be fewer than are wanted
 */
export function sidesOf(wanted: readonly PaneKey[], every: readonly PaneKey[]): readonly PaneKey[] {
  const kept = new Set(wanted.filter((pane) => every.includes(pane)));
  const spare = every.filter((pane) => !kept.has(pane));
  const next = (): PaneKey | undefined => {
    const at = spare.findIndex((pane) => pane === 'output' || pane.startsWith('method:'));
    return spare.splice(Math.max(0, at), 1)[0];
  };
  const seen = new Set<PaneKey>();
  return wanted.flatMap((pane) => {
    const own = kept.has(pane) && !seen.has(pane) ? pane : next();
    if (own) seen.add(own);
    return own ?? [];
  });
}

/**
 * The first of the sides that something has to be said of: its picture is not there yet, or it is an
 * output in whose place a preview is shown. -1 where there is none.
 */
export function waitingSide(
  sides: readonly Shown[],
  isThere: (pane: Shown) => boolean,
  previewed: boolean,
): number {
  return sides.findIndex((pane) => !isThere(pane) || (previewed && pane === 'output'));
}

/** A picture in another's place; where it stood already, the two change places. */
export function withSide<T>(sides: readonly T[], index: number, pane: T): readonly T[] {
  const before = sides[index];
  if (before === undefined) return sides;
  return sides.map((side, i) => {
    if (i === index) return pane;
    return side === pane ? before : side;
  });
}

/** Every picture one place further to the front, the first one to the end; two change places. */
export function rotated<T>(sides: readonly T[]): readonly T[] {
  return [...sides.slice(1), ...sides.slice(0, 1)];
}

/** With a pane more at the end, or without it; never fewer than two or more than {@link MOST_PANES}. */
export function toggledSide(sides: readonly PaneKey[], pane: PaneKey): readonly PaneKey[] {
  if (!sides.includes(pane)) return sides.length < MOST_PANES ? [...sides, pane] : sides;
  return sides.length > 2 ? sides.filter((side) => side !== pane) : sides;
}

/** The lines between `count` pictures, 0..1 ascending: the stored ones where they fit, else even ones. */
export function linesFor(stored: readonly number[], count: number): readonly number[] {
  if (stored.length === count - 1) return stored;
  return Array.from({ length: Math.max(0, count - 1) }, (_, i) => (i + 1) / count);
}

/** A line moved within 0..1; it pushes the others along, so that none is ever stuck behind another. */
export function movedLine(lines: readonly number[], index: number, to: number): readonly number[] {
  const value = Math.min(1, Math.max(0, to));
  return lines.map((line, i) => {
    if (i === index) return value;
    return i < index ? Math.min(line, value) : Math.max(line, value);
  });
}
