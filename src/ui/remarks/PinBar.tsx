import { type JSX, Match, Show, Switch } from 'solid-js';
import type { SayTool } from './say-state.ts';

/** Beneath the pictures while a pin is placed or chosen: what it says, and how to go on. */
export function PinBar(props: { readonly say: SayTool; readonly onLink: () => void }): JSX.Element {
  const { pins } = props.say;
  const chosen = () => pins.marks().find(({ id }) => id === pins.selected());
  return (
    <Switch>
      <Match when={pins.placing()}>
        <section class="map-bar pin-bar" aria-label="Pin" data-testid="pin-bar">
          <span class="rectangle-value">Click where the pin is to be</span>
          <span id="pin-keys" class="rectangle-keys pin-keys">
            or move it with the arrows and press Enter; Esc leaves
          </span>
          <button type="button" class="tool-text" onClick={() => pins.setPlacing(false)}>
            Cancel
          </button>
        </section>
      </Match>
      <Match when={chosen()}>
        {(mark) => (
          <section class="map-bar pin-bar" aria-label="Pin" data-testid="pin-bar">
            <span class="pin-number">{mark().number}</span>
            <span class="rectangle-value pin-bar-text" title={mark().pin.text}>
              <Show when={mark().pin.text} fallback="no text">
                {mark().pin.text}
              </Show>
            </span>
            <span id="pin-keys" class="rectangle-keys pin-keys">
              Arrows move it, Enter changes its text, Del takes it back, Esc leaves
            </span>
            <button
              type="button"
              class="tool-text"
              onClick={() => props.say.open({ kind: 'pin', id: mark().id })}
            >
              Text
            </button>
            <button
              type="button"
              class="tool-text"
              onClick={() => props.say.say({ kind: 'remove', id: mark().id })}
            >
              Take back
            </button>
            <button type="button" class="tool-text" onClick={() => props.onLink()}>
              Copy link
            </button>
            <button type="button" class="tool-text" onClick={() => pins.select(null)}>
              Done
            </button>
          </section>
        )}
      </Match>
    </Switch>
  );
}
