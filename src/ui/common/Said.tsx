import type { JSX } from 'solid-js';

/**
 * Words for screen readers alone, read out whenever they change. It stands there with or without
 * words: a region that comes together with them is not read.
 */
export function Said(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <p class="visually-hidden" role="status">
      {props.children}
    </p>
  );
}
