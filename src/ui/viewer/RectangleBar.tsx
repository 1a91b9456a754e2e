import { type JSX, Show } from 'solid-js';
import { formatRectangle } from '../format.ts';
import { AreaFacts } from '../inspect/AreaFacts.tsx';
import type { Viewer } from './viewer-state.ts';
import './map-bar.css';

/** Beneath the pictures while a rectangle is drawn: where it lies, and how to go on. */
export function RectangleBar(props: { readonly viewer: Viewer }): JSX.Element {
  return (
    <Show when={props.viewer.drawing()}>
      <section class="map-bar" aria-label="Rectangle" data-testid="rectangle-bar">
        <output class="rectangle-value">
          <Show when={props.viewer.rectangle()} fallback="Drag over the picture">
            {(rectangle) => <>{formatRectangle(rectangle())}</>}
          </Show>
        </output>
        <AreaFacts viewer={props.viewer} />
        <span id="rectangle-keys" class="rectangle-keys">
          Arrows move it, Shift and arrows resize it, Del clears it, Esc leaves
        </span>
        <span class="toolbar-space" />
        <Show when={props.viewer.rectangle()}>
          <button type="button" class="tool-text" onClick={() => props.viewer.clear()}>
            Clear
          </button>
        </Show>
        <button type="button" class="tool-text" onClick={() => props.viewer.setDrawing(false)}>
          Done
        </button>
      </section>
    </Show>
  );
}
