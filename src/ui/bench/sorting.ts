/** By which column a table is sorted, and which way. */
export interface Sorting {
  /** A column's id, or a name of the table's own; null leaves the order alone. */
  readonly key: string | null;
  readonly descending: boolean;
}

/** A second click on the same head turns the order round. */
export function nextSorting(now: Sorting, key: string, firstDescending: boolean): Sorting {
  if (now.key !== key) return { key, descending: firstDescending };
  return { key, descending: !now.descending };
}

export function ariaSort(sorting: Sorting, key: string): 'ascending' | 'descending' | 'none' {
  if (sorting.key !== key) return 'none';
  return sorting.descending ? 'descending' : 'ascending';
}

/** Sorts by a number; what has none comes last, whichever way. Equal rows keep their order. */
export function sortByNumber<Row>(
  rows: readonly Row[],
  numberOf: (row: Row) => number | null,
  descending: boolean,
): Row[] {
  const sign = descending ? -1 : 1;
  const isKnown = (value: number | null): value is number =>
    value !== null && Number.isFinite(value);
  return rows.toSorted((a, b) => {
    const left = numberOf(a);
    const right = numberOf(b);
    if (!isKnown(left) || !isKnown(right)) return Number(isKnown(right)) - Number(isKnown(left));
    return sign * (left - right);
  });
}
