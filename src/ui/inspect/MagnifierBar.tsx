import { type JSX, Show } from 'solid-js';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import type { Viewer } from '../viewer/viewer-state.ts';
import { MAGNIFICATIONS } from './inspector-state.ts';
import './inspect.css';

const TIMES: readonly SegmentedOption<string>[] = MAGNIFICATIONS.map((times) => ({
  value: String(times),
  label: `${times}×`,
  title: `${times} screen pixels for each of the picture’s`,
}));

/** Beneath the pictures while the magnifier is out: how much it enlarges, and how it is moved. */
export function MagnifierBar(props: { readonly viewer: Viewer }): JSX.Element {
  return (
    <Show when={props.viewer.magnifying()}>
      <section class="map-bar" aria-label="Magnifier" data-testid="magnifier-bar">
        <Segmented
          label="Magnification"
          name="magnification"
          options={TIMES}
          value={String(props.viewer.magnification())}
          onChange={(value) => {
            const times = MAGNIFICATIONS.find((known) => String(known) === value);
            if (times) props.viewer.setMagnification(times);
          }}
        />
        <span id="magnifier-keys" class="bar-note">
          Follows the pointer; arrows move it by a pixel, with Shift by 16; Esc puts it away
        </span>
        <button type="button" class="tool-text" onClick={() => props.viewer.toggleMagnifier()}>
          Done
        </button>
      </section>
    </Show>
  );
}
