/** A method that is a checkpoint of a training run. */
export interface Checkpoint {
  readonly method: string;
  /** What its name says of the epoch or step. */
  readonly step: number;
}

export interface TrendSeries {
  /** What the names have in common, with "#" in the number's place. */
  readonly title: string;
  /** At least two, by step. */
  readonly checkpoints: readonly Checkpoint[];
}

/**
 * Finds series of checkpoints among the methods' names: names that differ in their last number only
 * ("flash_iter_5000", "flash_iter_10000"). A number that appears twice in a series leaves it out.
 */
export function findTrends(methods: readonly string[]): TrendSeries[] {
  const series = new Map<string, Checkpoint[]>();
  for (const method of methods) {
    const found = /^(.*?)(\d+)(\D*)$/.exec(method);
    if (!found) continue;
    const [, before = '', digits = '', after = ''] = found;
    const title = `${before}#${after}`;
    series.set(title, [...(series.get(title) ?? []), { method, step: Number(digits) }]);
  }
  return [...series]
    .map(([title, checkpoints]) => ({
      title,
      checkpoints: checkpoints.toSorted((a, b) => a.step - b.step),
    }))
    .filter(
      ({ checkpoints }) =>
        checkpoints.length > 1 &&
        new Set(checkpoints.map(({ step }) => step)).size === checkpoints.length,
    );
}
