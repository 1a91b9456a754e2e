import { createEffect, type JSX, on, Show } from 'solid-js';
import { arrowStep, isCommand } from '../common/arrows.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import type { Point } from '../viewer/viewport.ts';
import type { Line } from './profile.ts';
import type { LineEnd } from './profile-state.ts';
import './profile.css';

interface OverlayProps {
  readonly viewer: Viewer;
  /** One pane's line takes the keys; the others only show it. */
  readonly primary: boolean;
}

/** The line over a pane while a profile is looked at: its ends are moved by arrows. */
export function ProfileOverlay(props: OverlayProps): JSX.Element {
  return (
    <Show when={props.viewer.profiling()}>
      <Show when={props.viewer.profileInPane()}>
        {(line) => <Stroke line={line()} at={props.viewer.profileAt()} />}
      </Show>
      <Show when={props.primary}>
        <div role="application" aria-label="Line profile">
          <End viewer={props.viewer} end="from" name="Start of the line" />
          <End viewer={props.viewer} end="to" name="End of the line" />
        </div>
      </Show>
    </Show>
  );
}

/** White between black: seen on any picture. */
function Stroke(props: { readonly line: Line; readonly at: number | null }): JSX.Element {
  const ends = () => {
    const { from, to } = props.line;
    return { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  };
  const point = (t: number): Point => {
    const { from, to } = props.line;
    return { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) };
  };
  return (
    <svg class="profile-line" aria-hidden="true" data-testid="profile-line">
      <line {...ends()} stroke="#000" stroke-width="3" />
      <line {...ends()} stroke="#fff" stroke-width="1" />
      <circle cx={props.line.from.x} cy={props.line.from.y} r="4" />
      <Show when={props.at !== null && point(props.at)}>
        {(at) => <circle class="profile-at" cx={at().x} cy={at().y} r="5" />}
      </Show>
    </svg>
  );
}

const LONG_STEP = 16;

function End(props: {
  readonly viewer: Viewer;
  readonly end: LineEnd;
  readonly name: string;
}): JSX.Element {
  let button: HTMLButtonElement | undefined;
  // Keys find the end of a new line at once.
  createEffect(
    on(props.viewer.profiling, () => {
      if (props.end === 'to') button?.focus({ preventScroll: true });
    }),
  );
  const at = () => props.viewer.profileInPane()?.[props.end] ?? null;
  const label = () => {
    const place = props.viewer.profileLine()?.[props.end];
    if (!place) return `${props.name}, not drawn yet`;
    return `${props.name}, x ${place.x.toFixed(1)}, y ${place.y.toFixed(1)}`;
  };
  const press = (event: KeyboardEvent) => {
    if (isCommand(event)) return;
    const step = event.key === 'Enter' ? { x: 0, y: 0 } : arrowStep(event);
    if (!step) return;
    event.preventDefault();
    const by = event.shiftKey ? LONG_STEP : 1;
    props.viewer.moveEnd(props.end, { x: step.x * by, y: step.y * by });
  };
  return (
    <button
      ref={button}
      type="button"
      class="profile-end"
      classList={{ none: at() === null }}
      style={{ '--x': `${at()?.x ?? 0}px`, '--y': `${at()?.y ?? 0}px` }}
      aria-label={label()}
      aria-describedby="profile-keys"
      onKeyDown={press}
    />
  );
}
