import type { AppState } from '../../app/model.ts';
import type { Layer } from './layer.ts';
import { goesByPixels, type Mix, type Scene } from './paint.ts';
import { isOutput, type Seen, type Shown, seenIn } from './panes.ts';
import type { Viewer } from './viewer-state.ts';
import type { Rect } from './viewport.ts';

/**
 * What a pane really shows: the output gives way to its error map where one is asked for, and every
 * output to the input while peeking.
 */
export function shownPane(viewer: Viewer, pane: Shown, alone: boolean): Shown {
  const peeking = viewer.peeking() && viewer.picture('input') !== null;
  if (peeking && (alone || isOutput(pane))) return 'input';
  return pane === 'output' && viewer.errorMap() !== null ? 'map' : pane;
}

type Pictured = Pick<Viewer, 'case' | 'picture' | 'errorMap'>;

/** The error map, or the output behind a veil until there is one. */
function mapLayer(viewer: Pictured): Layer | null {
  const map = viewer.errorMap();
  if (map?.status === 'done') return { bitmap: map.bitmap, dimmed: false, map: true };
  const output = seenIn(viewer.case(), 'output')?.bitmap;
  return output ? { bitmap: output, dimmed: true, map: false } : null;
}

/** Where a shifted picture lies in the one it is compared with. */
const reachOf = ({ source: { width, height }, offset }: Seen): Rect => ({
  x: -offset.x,
  y: -offset.y,
  width,
  height,
});

/**
 * The picture, or for an output its preview while there is one; the input behind a veil for an output
 * that does not exist yet.
 */
export function layerOf(viewer: Pictured, pane: Shown): Layer | null {
  if (pane === 'map') return mapLayer(viewer);
  const seen = seenIn(viewer.case(), pane);
  if (seen) {
    const layer = { bitmap: seen.bitmap, dimmed: false, map: false };
    if (seen.preview) return { ...layer, stretched: true };
    return seen.source === seen.bitmap ? layer : { ...layer, reach: reachOf(seen) };
  }
  const input = viewer.picture('input')?.bitmap;
  return pane === 'output' && input && viewer.case()?.output === null
    ? { bitmap: input, dimmed: true, map: false }
    : null;
}

/**
 * Whether a pane's pixels carry a colour profile; an output that is still to come has the input's,
 * for that or its own preview stands in its place.
 */
export function hasProfile(viewer: Pick<Viewer, 'picture'>, pane: Shown): boolean {
  if (pane === 'map') return false;
  const picture = viewer.picture(pane) ?? (pane === 'output' ? viewer.picture('input') : null);
  return picture !== null && picture.profileName !== null;
}

/** How several pictures are looked at; of no matter to a single one. */
function mixOf(viewer: Viewer, into: 'columns' | 'rows'): Mix {
  if (viewer.look() === 'onion') return { kind: 'onion', opacity: viewer.onion() };
  if (viewer.look() !== 'difference') return { kind: 'split', lines: viewer.lines(), into };
  return { kind: 'difference', settings: { gain: viewer.gain(), signed: viewer.signed() } };
}

/** What a canvas with these panes' pictures has to draw. */
export function sceneOf(viewer: Viewer, state: AppState, panes: readonly Shown[]): Scene | null {
  const frame = viewer.frame();
  if (!frame) return null;
  // Shown through its profile, such a picture has colours that an sRGB canvas would clip.
  const profiled = panes.some((pane) => hasProfile(viewer, pane));
  const mix = mixOf(viewer, state.view.splitInto);
  // Differences are those of sRGB values, which is what the metrics compare.
  const wide = viewer.wideScreen() && mix.kind !== 'difference' && profiled;
  const { smooth, overlay, overlayStyle, overlayOpacity } = state.view;
  return {
    frame,
    viewport: viewer.viewport(),
    smooth,
    colorSpace: wide ? 'display-p3' : 'srgb',
    layers: panes.map((pane) => layerOf(viewer, pane)),
    mix,
    shownAs: viewer.shownAs(),
    // Others are drawn alike, and need not be drawn again when the hand rests.
    moving: goesByPixels(mix, viewer.shownAs()) && viewer.moving(),
    instruments: { mark: viewer.inspected() },
    // A mask that is painted lies over the picture itself.
    overlay: overlay && viewer.mask.onScreen() === null ? (viewer.case()?.overlay ?? null) : null,
    overlayStyle: { overlayStyle, overlayOpacity },
  };
}
