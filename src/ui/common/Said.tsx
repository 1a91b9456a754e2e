import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';

/** As long as screen readers take to notice a region before they read what changes in it. */
const NOTICED_MS = 100;

/**
 * Words for screen readers alone, read out whenever they change. It stands there with or without
 * words: a region that comes together with them is not read, so its first words come a moment later.
 */
export function Said(props: { readonly children: JSX.Element }): JSX.Element {
  const [noticed, setNoticed] = createSignal(false);
  onMount(() => {
    const timer = setTimeout(() => setNoticed(true), NOTICED_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <p class="visually-hidden" role="status">
      <Show when={noticed()}>{props.children}</Show>
    </p>
  );
}
