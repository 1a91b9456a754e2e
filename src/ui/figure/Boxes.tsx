import X from 'lucide-solid/icons/x';
import { createEffect, createSignal, For, type JSX, Show } from 'solid-js';
import type { CaseView } from '../../app/model.ts';
import { boxColour } from '../../core/inspect/figure.ts';
import type { Rectangle } from '../../core/metrics/regionRule.ts';
import { IconButton } from '../common/IconButton.tsx';
import type { Viewer } from '../viewer/viewer-state.ts';
import type { Point, Rect, Size } from '../viewer/viewport.ts';
import { pixelBox } from './figure-choice.ts';
import type { FigureTool } from './figure-state.ts';

interface BoxesProps {
  readonly tool: FigureTool;
  readonly viewer: Viewer;
  readonly case: CaseView;
}

/** More do not stand beside one picture. */
const MOST = 6;
const NEW_BOX: Rect = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 };

/** The parts that the figure enlarges: drawn on the picture, or written as numbers. */
export function Boxes(props: BoxesProps): JSX.Element {
  const boxes = () => props.tool.choice.boxes;
  const frame = (): Size => props.viewer.frame() ?? { width: 1, height: 1 };
  const add = (box: Rect) => {
    if (boxes().length < MOST) props.tool.change({ boxes: [...boxes(), box] });
  };
  const put = (index: number, box: Rect | null) =>
    props.tool.change({
      boxes: boxes().flatMap((own, i) => (i === index ? (box ?? []) : own)),
    });
  return (
    <fieldset class="figure-group" data-testid="figure-boxes">
      <legend class="section-title">Zoom boxes</legend>
      <Picker {...props} boxes={boxes()} onDraw={add} />
      <For each={boxes().map((_, index) => index)}>
        {(index) => (
          <Numbers
            index={index}
            box={pixelBox(boxes()[index] ?? NEW_BOX, frame())}
            frame={frame()}
            onChange={(box) => put(index, box)}
          />
        )}
      </For>
      <Adds tool={props.tool} full={boxes().length >= MOST} onAdd={add} />
    </fieldset>
  );
}

/** Boxes that need not be drawn. */
function Adds(props: {
  readonly tool: FigureTool;
  readonly full: boolean;
  readonly onAdd: (box: Rect) => void;
}): JSX.Element {
  return (
    <div class="figure-adds">
      <button
        type="button"
        class="button small"
        disabled={props.full}
        onClick={() => props.onAdd(NEW_BOX)}
      >
        Add a box
      </button>
      <Show when={props.tool.seen()}>
        {(seen) => (
          <button type="button" class="button small" onClick={() => props.onAdd(seen())}>
            What is in sight
          </button>
        )}
      </Show>
      <Show when={props.tool.rectangle()}>
        {(rectangle) => (
          <button type="button" class="button small" onClick={() => props.onAdd(rectangle())}>
            The rectangle
          </button>
        )}
      </Show>
    </div>
  );
}

const SIDES = ['x', 'y', 'width', 'height'] as const;

function Numbers(props: {
  readonly index: number;
  readonly box: Rectangle;
  readonly frame: Size;
  readonly onChange: (box: Rect | null) => void;
}): JSX.Element {
  const name = () => `Box ${props.index + 1}`;
  const change = (side: (typeof SIDES)[number], value: number) => {
    if (!Number.isFinite(value)) return;
    const box = { ...props.box, [side]: value };
    const { width, height } = props.frame;
    props.onChange({
      x: box.x / width,
      y: box.y / height,
      width: box.width / width,
      height: box.height / height,
    });
  };
  return (
    <div class="figure-box">
      <span class="figure-swatch" style={{ '--colour': boxColour(props.index) }} />
      <For each={SIDES}>
        {(side) => (
          <label class="figure-number">
            <span>{side === 'width' ? 'w' : side === 'height' ? 'h' : side}</span>
            <input
              type="number"
              class="text-field"
              aria-label={`${name()}, ${side}`}
              min={side === 'x' || side === 'y' ? 0 : 1}
              max={side === 'x' || side === 'width' ? props.frame.width : props.frame.height}
              value={props.box[side]}
              onChange={(event) => change(side, event.currentTarget.valueAsNumber)}
            />
          </label>
        )}
      </For>
      <IconButton label={`Remove box ${props.index + 1}`} onClick={() => props.onChange(null)}>
        <X />
      </IconButton>
    </div>
  );
}

type OnPicture = PointerEvent & { readonly currentTarget: HTMLElement };

/** Where on the picture it is, 0..1 on each axis. */
function placeOf(event: OnPicture): Point {
  const box = event.currentTarget.getBoundingClientRect();
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  return {
    x: clamp((event.clientX - box.left) / box.width),
    y: clamp((event.clientY - box.top) / box.height),
  };
}

/** A box that a drag draws. */
function createDrag(onDraw: (box: Rect) => void) {
  const [draft, setDraft] = createSignal<Rect | null>(null);
  let from: Point | null = null;
  const drop = () => {
    from = null;
    setDraft(null);
  };
  return {
    draft,
    begin: (event: OnPicture) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      from = placeOf(event);
    },
    move: (event: OnPicture) => {
      if (!from) return;
      const to = placeOf(event);
      const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
      setDraft({ x, y, width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });
    },
    end: () => {
      const box = draft();
      drop();
      if (box && box.width > 0.01 && box.height > 0.01) onDraw(box);
    },
    drop,
  };
}

/** The picture with its boxes; a drag draws another one. */
function Picker(
  props: BoxesProps & { readonly boxes: readonly Rect[]; readonly onDraw: (box: Rect) => void },
): JSX.Element {
  let canvas: HTMLCanvasElement | undefined;
  const drag = createDrag((box) => props.onDraw(box));
  const bitmap = () =>
    (props.viewer.picture('output') ?? props.viewer.picture('input') ?? props.viewer.picture('gt'))
      ?.bitmap ?? null;
  createEffect(() => {
    const picture = bitmap();
    const context = canvas?.getContext('2d');
    if (!canvas || !context || !picture) return;
    canvas.width = 480;
    canvas.height = Math.round((480 * picture.height) / picture.width);
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  });
  return (
    <div
      class="figure-picker"
      title="Drag to draw a box"
      onPointerDown={drag.begin}
      onPointerMove={drag.move}
      onPointerUp={drag.end}
      onPointerCancel={drag.drop}
    >
      <canvas ref={canvas} role="img" aria-label="The picture that the boxes lie on" />
      <For each={[...props.boxes, ...[drag.draft() ?? []].flat()]}>
        {(box, index) => <span class="figure-outline" style={outline(box, index())} />}
      </For>
    </div>
  );
}

function outline({ x, y, width, height }: Rect, index: number): JSX.CSSProperties {
  const share = (value: number) => `${value * 100}%`;
  return {
    '--x': share(x),
    '--y': share(y),
    '--width': share(width),
    '--height': share(height),
    '--colour': boxColour(index),
  };
}
