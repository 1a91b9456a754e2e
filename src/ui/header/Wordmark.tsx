import type { JSX } from 'solid-js';
import { addressOf } from '../doors.ts';

/**
 * The name beside its mark, a lens over a picture that is dark on one side and light on the other;
 * leads to the start page.
 */
export function Wordmark(props: { readonly onStart: () => void }): JSX.Element {
  return (
    <h1>
      <a
        class="wordmark"
        href={addressOf('look')}
        title="Start page"
        onClick={() => props.onStart()}
      >
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
          <path class="mark-light" d="M10.5 4.5a6 6 0 0 1 0 12z" />
          <circle class="mark-ring" cx="10.5" cy="10.5" r="7.5" />
          <path class="mark-ring" d="m16 16 5 5" />
        </svg>
        <span class="wordmark-name">Loupe</span>
      </a>
    </h1>
  );
}
