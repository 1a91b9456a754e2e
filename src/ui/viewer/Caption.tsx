import { For, type JSX, Show } from 'solid-js';
import type { PictureView } from '../../app/model.ts';
import { formatSize } from '../format.ts';
import type { Shown } from './panes.ts';

interface CaptionProps {
  readonly pane: Shown;
  readonly title: (pane: Shown) => string;
  readonly picture: PictureView | null;
  /** Where the pane can show other pictures: which ones, and what to do when one is chosen. */
  readonly choices?: readonly Shown[];
  readonly onChoose?: (pane: Shown) => void;
  readonly chooseLabel?: string;
  /** Where several methods stand side by side: whether this one is shown, and what shows it. */
  readonly shown?: boolean | undefined;
  readonly onShow?: (() => void) | undefined;
}

/** A pane's role, file name and size, with badges for what its pixels went through. */
export function Caption(props: CaptionProps): JSX.Element {
  return (
    <div class="caption">
      <Show when={props.choices} fallback={<Role {...props} />}>
        {(choices) => (
          <select
            class="caption-role caption-choice"
            aria-label={props.chooseLabel}
            value={props.pane}
            onChange={(event) => {
              const chosen = choices().find((pane) => pane === event.currentTarget.value);
              if (chosen) props.onChoose?.(chosen);
            }}
          >
            <For each={choices()}>
              {(pane) => (
                <option value={pane} selected={pane === props.pane}>
                  {props.title(pane)}
                </option>
              )}
            </For>
          </select>
        )}
      </Show>
      <Show when={props.picture}>
        {(picture) => (
          <>
            <span class="caption-name" title={picture().name}>
              {picture().name}
            </span>
            <span class="caption-size">{formatSize(picture())}</span>
            <Badges picture={picture()} />
          </>
        )}
      </Show>
    </div>
  );
}

function Role(props: CaptionProps): JSX.Element {
  const title = () => props.title(props.pane);
  return (
    <Show
      when={props.onShow}
      fallback={
        <strong class="caption-role" title={title()}>
          {title()}
        </strong>
      }
    >
      {(show) => (
        <button
          type="button"
          class="caption-role caption-pick"
          title={
            props.shown ? `${title()}: the numbers are its own` : `Show the numbers of ${title()}`
          }
          aria-pressed={props.shown}
          onClick={() => show()()}
        >
          {title()}
        </button>
      )}
    </Show>
  );
}

function Badges(props: { readonly picture: PictureView }): JSX.Element {
  return (
    <>
      <Show when={props.picture.origin?.kind === 'simulated'}>
        <span
          class="badge"
          title="A weak flash was simulated for this picture; the ground truth is the picture as it was."
        >
          simulated
        </span>
      </Show>
      <Show when={props.picture.profileName}>
        {(name) => (
          <span
            class="badge"
            title={`The file carries the colour profile "${name()}". It is shown through that profile and measured on its raw values.`}
          >
            {name()}
          </span>
        )}
      </Show>
      <Show when={props.picture.bitDepth > 8}>
        <span class="badge" title="Measured as the upper byte of every value.">
          {props.picture.bitDepth} bit
        </span>
      </Show>
      <Show when={props.picture.transparent}>
        <span
          class="badge"
          title="Parts of this file are transparent. What lies under them is shown, measured and restored like all the rest, and downloads are opaque. Save the picture on a plain background and add it again to decide what counts there."
        >
          transparency ignored
        </span>
      </Show>
      <Show when={!props.picture.exact}>
        <span
          class="badge"
          title="This format was decoded by the browser: other programs may read slightly different pixel values."
        >
          browser-decoded
        </span>
      </Show>
    </>
  );
}
