import { createEffect, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { attachGestures, attachPointer } from './gestures.ts';
import { paintScene, type Scene } from './paint.ts';
import type { Viewer } from './viewer-state.ts';

/** What a pane needs to be zoomed, moved and drawn on. */
type PaneViewer = Pick<
  Viewer,
  'setPaneSize' | 'panBy' | 'zoomBy' | 'toggleFit' | 'drag' | 'drawing'
> &
  /** Without it nobody is told where the pointer is. */
  Partial<Pick<Viewer, 'pointAt' | 'profiling'>>;

interface PaneCanvasProps {
  readonly viewer: PaneViewer;
  readonly label: string;
  /** Null while there is nothing to draw. */
  readonly scene: Scene | null;
}

/** The canvas of a pane; a canvas keeps its colour space for life, so another one means a new one. */
export function PaneCanvas(props: PaneCanvasProps): JSX.Element {
  return (
    <Show when={props.scene?.colorSpace ?? 'srgb'} keyed>
      {(colorSpace) => <Canvas {...props} colorSpace={colorSpace} />}
    </Show>
  );
}

/**
 * One canvas as large as its place in device pixels, redrawn at most once a frame and only when the
 * scene or the place changed.
 */
function Canvas(
  props: PaneCanvasProps & { readonly colorSpace: PredefinedColorSpace },
): JSX.Element {
  let canvas: HTMLCanvasElement | undefined;
  let scheduled = 0;

  const paint = () => {
    scheduled = 0;
    const context = canvas?.getContext('2d', { colorSpace: props.colorSpace });
    if (!canvas || !context) return;
    if (props.scene) paintScene(context, canvas, props.scene, window.devicePixelRatio);
    else context.clearRect(0, 0, canvas.width, canvas.height);
  };
  const schedule = () => {
    if (scheduled === 0) scheduled = requestAnimationFrame(paint);
  };
  createEffect(() => {
    // Read here, so that the effect knows what the drawing depends on.
    void props.scene;
    schedule();
  });

  onMount(() => {
    if (!canvas) return;
    const element = canvas;
    const observer = new ResizeObserver((entries) => {
      const size = deviceSize(entries[entries.length - 1]);
      if (!size || (size.width === element.width && size.height === element.height)) return;
      Object.assign(element, size);
      props.viewer.setPaneSize(size);
      // Setting the size emptied the canvas: draw before the browser shows it empty.
      cancelAnimationFrame(scheduled);
      paint();
    });
    observeDevicePixels(observer, element);
    onCleanup(attachViewer(element, props.viewer));
    const { pointAt } = props.viewer;
    if (pointAt) onCleanup(attachPointer(element, pointAt));
    onCleanup(() => {
      observer.disconnect();
      cancelAnimationFrame(scheduled);
    });
  });

  return (
    <canvas
      ref={canvas}
      class="pane-canvas"
      classList={{ drawing: props.viewer.drawing() || props.viewer.profiling?.() === true }}
      role="img"
      aria-label={props.label}
    />
  );
}

function attachViewer(element: HTMLElement, viewer: PaneViewer): () => void {
  return attachGestures(element, {
    pan: viewer.panBy,
    zoom: viewer.zoomBy,
    doubleTap: viewer.toggleFit,
    drag: viewer.drag,
  });
}

/** Also told when the zoom of the page changes the pixels but not the size; Safari has no such box. */
function observeDevicePixels(observer: ResizeObserver, element: HTMLElement): void {
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    observer.observe(element);
  }
}

/**
 * Exact where the browser tells device pixels, else rounded from CSS pixels; an emulated screen
 * tells those of the real one, which are far off.
 */
function deviceSize(entry: ResizeObserverEntry | undefined) {
  if (!entry) return null;
  const ratio = window.devicePixelRatio;
  const width = entry.contentRect.width * ratio;
  const height = entry.contentRect.height * ratio;
  const exact = entry.devicePixelContentBoxSize?.[0];
  if (exact && Math.abs(exact.inlineSize - width) < 2) {
    return { width: exact.inlineSize, height: exact.blockSize };
  }
  return { width: Math.round(width), height: Math.round(height) };
}
