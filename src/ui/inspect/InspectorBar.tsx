import { For, type JSX, Show } from 'solid-js';
import { pixelDifference } from '../../core/inspect/pixelFacts.ts';
import { minus } from '../format.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import type { Reading } from './inspector-state.ts';
import './inspect.css';

/** The pixel under the pointer, in every picture of the case, beneath them. */
export function InspectorBar(props: {
  readonly viewer: Pick<Viewer, 'inspecting' | 'readings' | 'title'>;
}): JSX.Element {
  const first = () => props.viewer.readings()[0];
  return (
    <Show when={props.viewer.inspecting()}>
      <section class="map-bar inspector-bar" aria-label="Pixel" data-testid="inspector-bar">
        <Show when={first()} fallback={<span>Point at a picture</span>}>
          {(reading) => (
            <>
              <span class="inspector-facts">
                <span class="inspector-place">
                  x {reading().x}, y {reading().y}
                </span>
                <Distance readings={props.viewer.readings()} />
              </span>
              <For each={props.viewer.readings()}>
                {(one) => (
                  <Facts title={props.viewer.title(one.pane)} reading={one} first={reading()} />
                )}
              </For>
            </>
          )}
        </Show>
      </section>
    </Show>
  );
}

function Facts(props: {
  readonly title: string;
  readonly reading: Reading;
  readonly first: Reading;
}): JSX.Element {
  /** Pictures of another size have another pixel there. */
  const elsewhere = () => props.reading.x !== props.first.x || props.reading.y !== props.first.y;
  const lab = () => {
    const { L, a, b } = props.reading.facts.lab;
    return `L* ${fixed(L)} a* ${fixed(a)} b* ${fixed(b)}`;
  };
  return (
    <span class="inspector-facts" data-reading={props.reading.pane}>
      <strong>{props.title}</strong>
      <Show when={props.reading.preview}>
        <span class="badge">preview</span>
      </Show>
      <Show when={elsewhere()}>
        <span>
          x {props.reading.x}, y {props.reading.y}
        </span>
      </Show>
      <span class="inspector-rgb">{props.reading.facts.rgb.join(' ')}</span>
      <span>{lab()}</span>
    </span>
  );
}

/** How far output and ground truth lie apart here. */
function Distance(props: { readonly readings: readonly Reading[] }): JSX.Element {
  const distance = () => {
    const output = props.readings.find(({ pane, preview }) => pane === 'output' && !preview);
    const truth = props.readings.find(({ pane }) => pane === 'gt');
    return output && truth ? pixelDifference(truth.facts, output.facts) : null;
  };
  return (
    <Show when={distance()}>
      {(found) => (
        <span
          class="inspector-facts"
          data-testid="inspector-delta"
          title="Output against ground truth: CIEDE2000, CIE 1976, and OpenCV's 8-bit Lab"
        >
          <strong>ΔE</strong>
          <span>
            00 {fixed(found().deltaE2000)} · 76 {fixed(found().deltaE76)} · 8-bit{' '}
            {fixed(found().deltaE8)}
          </span>
        </span>
      )}
    </Show>
  );
}

/** Two decimals and a real minus sign. */
function fixed(value: number): string {
  return minus(value.toFixed(2));
}
