import { createEffect, For, type JSX, onCleanup, Show } from 'solid-js';
import type { Viewer } from '../viewer/viewer-state.ts';
import type { Point } from '../viewer/viewport.ts';
import { paintPart, paintTint } from './paint.ts';
import type { MaskSession } from './session.ts';
import './mask.css';

interface MaskLayerProps {
  readonly viewer: Viewer;
  /** How much of the picture the mask hides, 0..1. */
  readonly opacity: number;
  /** One pane takes the keys; the others only show what is painted. */
  readonly primary: boolean;
}

/** Opaque enough to be painted by, whatever the overlay is set to. */
const LEAST_OPACITY = 0.25;

/** The mask that is being painted over a pane, and the brush. */
export function MaskLayer(props: MaskLayerProps): JSX.Element {
  const { mask } = props.viewer;
  return (
    <>
      <Show when={mask.maskShown() && mask.onScreen()} keyed>
        {(session) => <Tint {...props} session={session} />}
      </Show>
      <Show when={mask.session()}>
        <Cursor viewer={props.viewer} />
        <Show when={props.primary}>
          <Surface viewer={props.viewer} />
        </Show>
      </Show>
    </>
  );
}

/** A pane's canvas: drawn as a whole when the view changes, and where a stroke goes. */
function Tint(props: MaskLayerProps & { readonly session: MaskSession }): JSX.Element {
  const { stroke, onMaskDrawn } = props.viewer.mask;
  let canvas: HTMLCanvasElement | undefined;
  createEffect(() => {
    const [place, pane] = [stroke.place(), props.viewer.paneSize()];
    const context = canvas?.getContext('2d');
    if (!canvas || !context || !place) return;
    if (canvas.width !== pane.width) canvas.width = pane.width;
    if (canvas.height !== pane.height) canvas.height = pane.height;
    paintTint(context, props.session, place);
  });
  onCleanup(
    onMaskDrawn((part) => {
      const place = stroke.place();
      const context = canvas?.getContext('2d');
      if (context && place) paintPart(context, props.session.mask, place, part);
    }),
  );
  return (
    <canvas
      ref={canvas}
      class="mask-tint"
      data-testid="mask-tint"
      style={{ opacity: Math.max(LEAST_OPACITY, props.opacity) }}
    />
  );
}

/** The brush's edge, or the lasso so far: at the same place in every pane. */
function Cursor(props: { readonly viewer: Viewer }): JSX.Element {
  const { brush, stroke } = props.viewer.mask;
  const onPane = ({ x, y }: Point): Point => {
    const place = stroke.place() ?? { x: 0, y: 0 };
    const ratio = window.devicePixelRatio;
    return {
      x: (place.x + x * stroke.scale()) / ratio,
      y: (place.y + y * stroke.scale()) / ratio,
    };
  };
  const radius = () => (brush.size() / 2) * (stroke.scale() / window.devicePixelRatio);
  const line = () => {
    const now = stroke.cursor();
    const all = now ? [...stroke.corners(), now] : stroke.corners();
    return all
      .map(onPane)
      .map(({ x, y }) => `${x},${y}`)
      .join(' ');
  };
  const isLasso = () => brush.tool() === 'lasso';
  return (
    <svg class="mask-cursor" aria-hidden="true">
      <Show when={isLasso() && stroke.corners().length > 0}>
        <For each={['mask-line-under', 'mask-line']}>
          {(name) => <polyline class={name} points={line()} />}
        </For>
      </Show>
      <Show when={stroke.cursor()}>
        {(at) => (
          <For each={['mask-line-under', 'mask-line']}>
            {(name) => (
              <circle
                class={name}
                cx={onPane(at()).x}
                cy={onPane(at()).y}
                r={isLasso() ? 3 : Math.max(1, radius())}
              />
            )}
          </For>
        )}
      </Show>
    </svg>
  );
}

/** Has the keys while a mask is painted; pointers paint on the picture beneath it. */
function Surface(props: { readonly viewer: Viewer }): JSX.Element {
  const { stroke } = props.viewer.mask;
  let element: HTMLDivElement | undefined;
  createEffect(() => {
    if (!stroke.focusWanted()) return;
    element?.focus({ preventScroll: true });
    stroke.focusTaken();
  });
  return (
    <div
      ref={(made) => {
        element = made;
        made.tabIndex = 0;
      }}
      class="mask-surface"
      role="application"
      aria-label="Painted surface"
      aria-describedby="mask-keys"
      data-testid="mask-surface"
    />
  );
}
