import { type JSX, Show } from 'solid-js';
import type { Viewer } from '../viewer/viewer-state.ts';
import '../viewer/rectangle.css';

/** The place that a hint speaks of, over a pane. */
export function SpotBox(props: { readonly viewer: Viewer }): JSX.Element {
  return (
    <Show when={props.viewer.spot()}>
      {(spot) => (
        <div
          class="rectangle spot"
          data-testid="spot"
          style={{
            '--x': `${spot().x}px`,
            '--y': `${spot().y}px`,
            '--width': `${spot().width}px`,
            '--height': `${spot().height}px`,
          }}
        />
      )}
    </Show>
  );
}
