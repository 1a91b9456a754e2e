import { For, type JSX, Show } from 'solid-js';
import type { BenchModel } from '../../app/bench/model.ts';
import { leftOut } from './pairing.ts';

/** What takes no part, and the way back for what was left out by hand. */
export function LeftOut(props: { readonly bench: BenchModel }): JSX.Element {
  const { state, commands } = props.bench;
  const out = () => leftOut(state.excluded, state.files);
  const back = (ids: readonly string[]) => void commands.correct(ids, { excluded: false });
  return (
    <>
      <Show when={out().pictures.length > 0}>
        <details class="fold" data-testid="left-out">
          <summary>{out().pictures.length} left out</summary>
          <ul class="fix-list">
            <For each={out().pictures}>
              {({ id, path }) => (
                <li class="fix-row">
                  <span class="file-path">{path}</span>
                  <button
                    type="button"
                    class="button small"
                    aria-label={`Take back ${path}`}
                    onClick={() => back([id])}
                  >
                    Take back
                  </button>
                </li>
              )}
            </For>
          </ul>
          <Show when={out().pictures.length > 1}>
            <button
              type="button"
              class="link quiet"
              onClick={() => back(out().pictures.map(({ id }) => id))}
            >
              Take all back
            </button>
          </Show>
        </details>
      </Show>
      <Show when={out().others > 0}>
        <p class="section-note">
          {out().others === 1 ? '1 file is no picture' : `${out().others} files are no pictures`}{' '}
          and takes no part.
        </p>
      </Show>
    </>
  );
}
