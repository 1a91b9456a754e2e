import { createMemo, For, type JSX } from 'solid-js';
import { type AreaStatistics, areaStatistics } from '../../core/inspect/areaStatistics.ts';
import type { Rectangle } from '../../core/metrics/regionRule.ts';
import { minus } from '../format.ts';
import type { PaneKey, Seen } from '../viewer/panes.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import { intersectionOf, type Size } from '../viewer/viewport.ts';
import { lineIn } from './profile.ts';
import { onScreen } from './ScopesBar.tsx';
import { sampleOf } from './sample.ts';
import './inspect.css';

/** Means are drawn from at most this many pixels, so that they keep up with a rectangle being dragged. */
const MOST_PIXELS = 40_000;

/** What the rectangle is like in each picture on screen, for which no ground truth is needed. */
export function AreaFacts(props: { readonly viewer: Viewer }): JSX.Element {
  const facts = createMemo(() =>
    onScreen(props.viewer).flatMap((pane) => {
      const statistics = statisticsOf(props.viewer, pane);
      return statistics ? [{ pane, ...statistics }] : [];
    }),
  );
  return (
    <For each={facts()}>
      {(one) => (
        <span
          class="inspector-facts"
          data-area={one.pane}
          title="Means of R G B and of L* a* b*; σ is the standard deviation of luma"
        >
          <strong>{props.viewer.title(one.pane)}</strong>
          <span class="inspector-rgb">{one.rgb.map((mean) => mean.toFixed(1)).join(' ')}</span>
          <span>
            L* {fixed(one.lab.L)} a* {fixed(one.lab.a)} b* {fixed(one.lab.b)} · σ{' '}
            {one.deviation.toFixed(2)}
          </span>
        </span>
      )}
    </For>
  );
}

function statisticsOf(viewer: Viewer, pane: PaneKey): AreaStatistics | null {
  const [rectangle, frame, seen] = [viewer.rectangle(), viewer.frame(), viewer.seen(pane)];
  if (!rectangle || !frame || !seen) return null;
  const part = partIn(rectangle, frame, seen.bitmap, seen.preview);
  const own = part && ownPart(part, seen);
  const sample = own && sampleOf(seen.source, own, MOST_PIXELS);
  return sample && areaStatistics(sample);
}

/** A part of what is drawn in the picture's own pixels, as far as a shifted picture reaches. */
function ownPart({ x, y, width, height }: Rectangle, { source, offset }: Seen): Rectangle | null {
  const moved = { x: Math.round(x + offset.x), y: Math.round(y + offset.y), width, height };
  return intersectionOf(moved, { x: 0, y: 0, width: source.width, height: source.height });
}

/** The whole pixels of a picture under a rectangle of the frame; null where it does not reach it. */
export function partIn(
  { x, y, width, height }: Rectangle,
  frame: Size,
  picture: Size,
  stretched: boolean,
): Rectangle | null {
  const corners = { from: { x, y }, to: { x: x + width, y: y + height } };
  const { from, to } = lineIn(corners, frame, picture, stretched);
  const [left, top] = [Math.max(0, Math.round(from.x)), Math.max(0, Math.round(from.y))];
  const right = Math.min(picture.width, Math.max(left + 1, Math.round(to.x)));
  const bottom = Math.min(picture.height, Math.max(top + 1, Math.round(to.y)));
  if (right <= left || bottom <= top || to.x <= 0 || to.y <= 0) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const fixed = (value: number): string => minus(value.toFixed(1));
