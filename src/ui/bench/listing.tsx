import { type Accessor, createSignal, type JSX, Show } from 'solid-js';

/** So many are listed at first; a set of thousands must not fill the page with rows. */
const FIRST = 20;
const STEP = 100;

/** The head of a long list, and a way to see more of it. */
export function createListing<T>(items: Accessor<readonly T[]>) {
  const [count, setCount] = createSignal(FIRST);
  return {
    shown: () => items().slice(0, count()),
    more: () => Math.min(STEP, Math.max(0, items().length - count())),
    showMore: () => setCount(count() + STEP),
  };
}

/** Shows more of a list, where there is more. */
export function MoreButton(props: {
  readonly more: number;
  readonly onMore: () => void;
}): JSX.Element {
  return (
    <Show when={props.more > 0}>
      <button type="button" class="link quiet" onClick={() => props.onMore()}>
        Show {props.more} more
      </button>
    </Show>
  );
}
