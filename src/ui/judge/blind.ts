import { type Accessor, createMemo, untrack } from 'solid-js';
import type { BenchModel } from '../../app/bench/model.ts';
import type { AppModel, Notice } from '../../app/model.ts';

/**
 * What may be said while somebody votes: errors that came up since, unless they name a method or a case.
 * @param before ids of the notices that were there when voting began
 */
export function blindNotices(
  notices: readonly Notice[],
  before: ReadonlySet<string>,
  names: readonly string[],
): Notice[] {
  return notices.filter(
    ({ id, severity, text }) =>
      severity === 'error' && !before.has(id) && !names.some((name) => text.includes(name)),
  );
}

/** The page's notices: all of them, or while somebody votes those that cannot unblind. */
export function createBlindNotices({
  model,
  bench,
  voting,
}: {
  readonly model: AppModel;
  readonly bench: BenchModel;
  readonly voting: Accessor<boolean>;
}): Accessor<readonly Notice[]> {
  const isVoting = createMemo(voting);
  const before = createMemo(
    () => new Set(isVoting() ? untrack(() => model.state.notices.map(({ id }) => id)) : []),
  );
  const names = () =>
    [...bench.state.methods, ...bench.state.cases, ...model.state.methods, ...model.state.cases]
      .map(({ title }) => title)
      .filter((title) => title !== '');
  return () =>
    isVoting() ? blindNotices(model.state.notices, before(), names()) : model.state.notices;
}
