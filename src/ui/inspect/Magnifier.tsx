import {
  createEffect,
  createMemo,
  createSignal,
  For,
  type JSX,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import { type AppModel, MOST_PANES } from '../../app/model.ts';
import { arrowStep } from '../common/arrows.ts';
import { formatZoom } from '../format.ts';
import { paintScene, type Scene } from '../viewer/paint.ts';
import type { PaneKey } from '../viewer/panes.ts';
import { sceneOf } from '../viewer/scene.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import { frameRect, type Point, type Size } from '../viewer/viewport.ts';
import { besidePoint, LENS_GAP, type LensGrid, lensGrid } from './beside.ts';
import './magnifier.css';

interface MagnifierProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

/** The inspected place of every picture side by side, enlarged, beside the pointer. */
export function Magnifier(props: MagnifierProps): JSX.Element {
  return (
    <Show when={props.viewer.magnifying() && props.viewer.frame() !== null}>
      <Lenses {...props} />
    </Show>
  );
}

/** Pixels that a key moves by while Shift is held. */
const LONG_STEP = 16;

/** How the lenses stand, and where on the stage, in CSS pixels. */
interface Stand {
  readonly grid: LensGrid;
  readonly at: Point;
}

function styleOf(stand: Stand | null): JSX.CSSProperties {
  if (stand === null) return {};
  const { grid, at } = stand;
  return {
    '--x': `${at.x}px`,
    '--y': `${at.y}px`,
    '--side': `${grid.side}px`,
    '--columns': String(grid.columns),
    '--gap': `${LENS_GAP}px`,
  };
}

function Lenses(props: MagnifierProps): JSX.Element {
  let box: HTMLButtonElement | undefined;
  const panes = () => props.viewer.everyPane().filter(props.viewer.seen).slice(0, MOST_PANES);
  const [stand, setStand] = createSignal<Stand | null>(null);
  createEffect(() => {
    const [place, { length }] = [props.viewer.inspected(), panes()];
    // The stage is as wide as its panes let it be.
    props.viewer.paneSize();
    const stage = box?.closest('.stage');
    if (!stage || !place) return;
    const grid = lensGrid(length, stage.clientWidth);
    setStand({ grid, at: whereFor(stage, grid, props.viewer, place) });
  });
  onMount(() => box?.focus({ preventScroll: true }));
  const press = (event: KeyboardEvent) => {
    const step = arrowStep(event);
    if (!step) return;
    event.preventDefault();
    const by = event.shiftKey ? LONG_STEP : 1;
    props.viewer.movePlace({ x: step.x * by, y: step.y * by });
  };
  return (
    <div role="application" aria-label="Magnifier">
      <button
        ref={box}
        type="button"
        class="magnifier"
        classList={{ away: props.viewer.inspected() === null }}
        style={styleOf(stand())}
        aria-describedby="magnifier-keys"
        data-testid="magnifier"
        onKeyDown={press}
      >
        <span class="visually-hidden">{nameOf(props.viewer)}</span>
        <Show when={stand()?.grid.side}>
          {(side) => (
            <For each={panes()}>{(pane) => <Lens {...props} pane={pane} side={side()} />}</For>
          )}
        </Show>
      </button>
    </div>
  );
}

function nameOf(viewer: Viewer): string {
  const [place, frame] = [viewer.inspected(), viewer.frame()];
  if (!place || !frame) return 'Magnifier, beside the picture';
  return `Magnifier at x ${Math.floor(place.x * frame.width)}, y ${Math.floor(place.y * frame.height)}`;
}

/** Where the lenses stand on the stage: beside the place in the pane that the pointer is over. */
function whereFor(stage: Element, box: Size, viewer: Viewer, place: Point): Point {
  const pane = stage.querySelector('.pane-canvas:hover') ?? stage.querySelector('.pane-canvas');
  const frame = viewer.frame();
  if (!pane || !frame) return { x: 0, y: 0 };
  const [outer, inner] = [stage.getBoundingClientRect(), pane.getBoundingClientRect()];
  const stand = frameRect(viewer.viewport(), frame, viewer.paneSize());
  const ratio = window.devicePixelRatio;
  const point = {
    x: inner.left - outer.left + (stand.x + place.x * stand.width) / ratio,
    y: inner.top - outer.top + (stand.y + place.y * stand.height) / ratio,
  };
  return besidePoint(point, box, outer);
}

function Lens(
  props: MagnifierProps & { readonly pane: PaneKey; readonly side: number },
): JSX.Element {
  const scene = createMemo<Scene | null>(() => {
    const place = props.viewer.inspected();
    const scene = place && sceneOf(props.viewer, props.model.state, [props.pane]);
    const scale = props.viewer.magnification();
    return scene && { ...scene, viewport: { fit: false, scale, x: place.x, y: place.y } };
  });
  return (
    <span class="magnifier-lens" data-lens={props.pane}>
      <Show when={scene()?.colorSpace ?? 'srgb'} keyed>
        {(colorSpace) => <LensCanvas scene={scene()} side={props.side} colorSpace={colorSpace} />}
      </Show>
      <span class="magnifier-name">
        {props.viewer.title(props.pane)} <span>{formatZoom(props.viewer.magnification())}</span>
      </span>
    </span>
  );
}

/** A canvas keeps its colour space for life. */
function LensCanvas(props: {
  readonly scene: Scene | null;
  readonly side: number;
  readonly colorSpace: PredefinedColorSpace;
}): JSX.Element {
  let canvas: HTMLCanvasElement | undefined;
  let scheduled = 0;
  const paint = () => {
    scheduled = 0;
    const context = canvas?.getContext('2d', { colorSpace: props.colorSpace });
    if (!canvas || !context) return;
    const ratio = window.devicePixelRatio;
    const side = Math.round(props.side * ratio);
    if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
    if (props.scene) paintScene(context, canvas, props.scene, ratio);
    else context.clearRect(0, 0, side, side);
  };
  createEffect(() => {
    void props.scene;
    void props.side;
    if (scheduled === 0) scheduled = requestAnimationFrame(paint);
  });
  onCleanup(() => cancelAnimationFrame(scheduled));
  return <canvas ref={canvas} />;
}
