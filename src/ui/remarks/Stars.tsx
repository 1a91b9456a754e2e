import Star from 'lucide-solid/icons/star';
import { createUniqueId, For, type JSX, Show } from 'solid-js';

interface StarsProps {
  /** 1 to 5; null: not rated. */
  readonly value: number | null;
  readonly onChange: (stars: number | null) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly autofocus?: boolean;
}

const ALL = [1, 2, 3, 4, 5] as const;

/** A rating from 1 (worst) to 5 (best); it can be taken back. */
export function Stars(props: StarsProps): JSX.Element {
  const name = createUniqueId();
  return (
    <div class="stars-row">
      <fieldset class="stars">
        <legend class="visually-hidden">Rating</legend>
        <For each={ALL}>
          {(stars) => (
            <label class="star" classList={{ on: stars <= (props.value ?? 0) }}>
              <input
                type="radio"
                class="visually-hidden"
                name={name}
                value={stars}
                aria-label={stars === 1 ? '1 star' : `${stars} stars`}
                checked={props.value === stars}
                autofocus={props.autofocus === true && stars === (props.value ?? 1)}
                onChange={() => props.onChange(stars)}
                onKeyDown={(event) => props.onKeyDown?.(event)}
              />
              <Star />
            </label>
          )}
        </For>
      </fieldset>
      <Show
        when={props.value !== null}
        fallback={<span class="section-note stars-none">not rated</span>}
      >
        <button type="button" class="link quiet" onClick={() => props.onChange(null)}>
          Clear
        </button>
      </Show>
    </div>
  );
}
