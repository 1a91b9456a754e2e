import { For, type JSX, Show } from 'solid-js';

interface Entry {
  readonly id: string;
  readonly title: string;
}

/** Some of a list, with all and none in one click. */
export function CheckList(props: {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly chosen: readonly string[];
  readonly note?: string | undefined;
  readonly onChange: (chosen: readonly string[]) => void;
}): JSX.Element {
  /** In the order of the list, whatever the order of clicks. */
  const toggle = (id: string, on: boolean) =>
    props.onChange(
      props.entries
        .map((entry) => entry.id)
        .filter((own) => (own === id ? on : props.chosen.includes(own))),
    );
  return (
    <fieldset class="check-list">
      <legend class="form-label">
        {props.title}: {props.chosen.length} of {props.entries.length}
      </legend>
      <div class="check-list-tools">
        <button
          type="button"
          class="link quiet"
          onClick={() => props.onChange(props.entries.map(({ id }) => id))}
        >
          All<span class="visually-hidden"> {props.title}</span>
        </button>
        <button type="button" class="link quiet" onClick={() => props.onChange([])}>
          None<span class="visually-hidden"> of the {props.title}</span>
        </button>
      </div>
      <div class="check-list-box">
        <For each={props.entries}>
          {({ id, title }) => (
            <label class="check-row">
              <input
                type="checkbox"
                checked={props.chosen.includes(id)}
                onChange={(event) => toggle(id, event.currentTarget.checked)}
              />
              <span class="check-name">{title}</span>
            </label>
          )}
        </For>
      </div>
      <Show when={props.note}>
        <p class="section-note">{props.note}</p>
      </Show>
    </fieldset>
  );
}
