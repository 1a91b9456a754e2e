import { createEffect, type JSX, Show } from 'solid-js';
import { arrowStep, isCommand } from '../common/arrows.ts';
import { formatRectangle } from '../format.ts';
import { ProfileOverlay } from '../inspect/ProfileOverlay.tsx';
import { SpotBox } from '../inspect/SpotBox.tsx';
import type { Viewer } from './viewer-state.ts';
import './rectangle.css';

interface RectangleBoxProps {
  readonly viewer: Viewer;
  /** One pane's box takes the keys; the others only show it. */
  readonly primary: boolean;
}

/** The rectangle over a pane while it is being drawn: arrows move it, with Shift they resize it. */
export function RectangleBox(props: RectangleBoxProps): JSX.Element {
  return (
    <>
      <SpotBox viewer={props.viewer} />
      <ProfileOverlay {...props} />
      <Show when={props.viewer.drawing()}>
        <Show when={props.primary} fallback={<Outline viewer={props.viewer} />}>
          <Keys viewer={props.viewer} />
        </Show>
      </Show>
    </>
  );
}

function place(viewer: Viewer): JSX.CSSProperties {
  const box = viewer.box();
  if (!box) return {};
  return {
    '--x': `${box.x}px`,
    '--y': `${box.y}px`,
    '--width': `${box.width}px`,
    '--height': `${box.height}px`,
  };
}

function Outline(props: { readonly viewer: Viewer }): JSX.Element {
  return (
    <Show when={props.viewer.box()}>
      <div class="rectangle" style={place(props.viewer)} />
    </Show>
  );
}

function Keys(props: { readonly viewer: Viewer }): JSX.Element {
  let element: HTMLButtonElement | undefined;
  createEffect(() => {
    if (!props.viewer.focusWanted()) return;
    element?.focus({ preventScroll: true });
    props.viewer.focusTaken();
  });
  const press = (event: KeyboardEvent) => {
    if (isCommand(event)) return;
    const arrow = arrowStep(event);
    if (arrow) props.viewer.step(arrow.x, arrow.y, event.shiftKey);
    else if (event.key === 'Enter' && !props.viewer.rectangle()) props.viewer.step(0, 0, false);
    else if (event.key === 'Delete' || event.key === 'Backspace') props.viewer.clear();
    else return;
    event.preventDefault();
  };
  const name = () => {
    const rectangle = props.viewer.rectangle();
    return rectangle ? `Rectangle, ${formatRectangle(rectangle)}` : 'Rectangle, not drawn yet';
  };
  return (
    <div role="application" aria-label="Rectangle to measure in">
      <button
        ref={element}
        type="button"
        class="rectangle"
        classList={{ none: props.viewer.box() === null }}
        style={place(props.viewer)}
        aria-label={name()}
        aria-describedby="rectangle-keys"
        data-testid="rectangle"
        onKeyDown={press}
      />
    </div>
  );
}
