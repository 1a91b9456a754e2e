import { createEffect, createMemo, For, type JSX, Show } from 'solid-js';
import type { PictureView } from '../../app/model.ts';
import type { Rgba8 } from '../../core/image/types.ts';
import { clippingOf } from '../../core/inspect/clipping.ts';
import { histogramOf } from '../../core/inspect/histogram.ts';
import { waveformOf } from '../../core/inspect/waveform.ts';
import type { PaneKey } from '../viewer/panes.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import { sampleOf } from './sample.ts';
import { histogramPicture, waveformPicture } from './scopes.ts';
import './scopes.css';

/** In pixels of the drawing. */
const HISTOGRAM_HEIGHT = 80;
const WAVEFORM_COLUMNS = 256;

/** What a picture's levels look like, drawn once a picture. */
interface Scopes {
  readonly histogram: Rgba8;
  readonly waveform: Rgba8;
  readonly shadows: string;
  readonly highlights: string;
}

type ScopesViewer = Pick<
  Viewer,
  'scopesOpen' | 'look' | 'panes' | 'everyPane' | 'single' | 'compared' | 'split' | 'title'
> &
  Partial<Pick<Viewer, 'seen'>> & {
    readonly picture: (pane: PaneKey) => Pick<PictureView, 'bitmap'> | null;
  };

const known = new WeakMap<ImageBitmap, Scopes>();

/** Histogram and luminance waveform of the pictures on screen, beneath them. */
export function ScopesBar(props: { readonly viewer: ScopesViewer }): JSX.Element {
  return (
    <Show when={props.viewer.scopesOpen()}>
      <section class="scopes-bar" aria-label="Histogram and waveform" data-testid="scopes-bar">
        <For each={onScreen(props.viewer)}>
          {(pane) => <PictureScopes viewer={props.viewer} pane={pane} />}
        </For>
      </section>
    </Show>
  );
}

/** The pictures that the way of looking shows. */
export function onScreen(
  viewer: Pick<Viewer, 'look' | 'panes' | 'everyPane' | 'single' | 'compared' | 'split'>,
): readonly PaneKey[] {
  const look = viewer.look();
  if (look === 'side-by-side' || viewer.everyPane().length < 2) return viewer.panes();
  if (look === 'single') return [viewer.single()];
  return look === 'difference' ? viewer.compared() : viewer.split();
}

function PictureScopes(props: {
  readonly viewer: ScopesViewer;
  readonly pane: PaneKey;
}): JSX.Element {
  const scopes = createMemo(() => {
    const own = props.viewer.seen?.(props.pane)?.source;
    const bitmap = own ?? props.viewer.picture(props.pane)?.bitmap;
    return bitmap ? scopesOf(bitmap) : null;
  });
  const title = () =>
    `${props.viewer.title(props.pane)}${props.viewer.seen?.(props.pane)?.preview ? ', preview' : ''}`;
  return (
    <Show when={scopes()}>
      {(drawn) => (
        <figure class="scopes" data-scopes={props.pane}>
          <figcaption>
            <strong>{title()}</strong> <span>shadows {drawn().shadows}</span>{' '}
            <span>highlights {drawn().highlights}</span>
          </figcaption>
          <Drawing
            picture={drawn().histogram}
            label={`Histogram of ${title()}: ${drawn().shadows} in clipped shadows, ${drawn().highlights} in clipped highlights`}
            title="Red, green and blue, 0 to 255; heights on a square-root scale"
          />
          <Drawing
            picture={drawn().waveform}
            label={`Luminance waveform of ${title()}`}
            title="Luma (BT.601) over the picture's width; white at the top"
          />
        </figure>
      )}
    </Show>
  );
}

function scopesOf(bitmap: ImageBitmap): Scopes | null {
  const before = known.get(bitmap);
  if (before) return before;
  const sample = sampleOf(bitmap);
  if (!sample) return null;
  const { shadowShare, highlightShare } = clippingOf(sample);
  const percent = (share: number | null) => `${((share ?? 0) * 100).toFixed(1)} %`;
  const scopes = {
    histogram: histogramPicture(histogramOf(sample), HISTOGRAM_HEIGHT),
    waveform: waveformPicture(waveformOf(sample, WAVEFORM_COLUMNS)),
    shadows: percent(shadowShare),
    highlights: percent(highlightShare),
  };
  known.set(bitmap, scopes);
  return scopes;
}

function Drawing(props: {
  readonly picture: Rgba8;
  readonly label: string;
  readonly title: string;
}): JSX.Element {
  let canvas: HTMLCanvasElement | undefined;
  createEffect(() => {
    const { width, height, data } = props.picture;
    if (!canvas) return;
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  });
  return <canvas ref={canvas} role="img" aria-label={props.label} title={props.title} />;
}
