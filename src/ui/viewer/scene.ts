import type { AppState } from '../../app/model.ts';
import type { Layer, Scene } from './paint.ts';
import { isOutput, type Shown } from './panes.ts';
import type { Viewer } from './viewer-state.ts';

/**
 * What a pane really shows: the output gives way to its error map where one is asked for, and every
 * output to the input while peeking.
 */
export function shownPane(viewer: Viewer, pane: Shown, alone: boolean): Shown {
  const peeking = viewer.peeking() && viewer.picture('input') !== null;
  if (peeking && (alone || isOutput(pane))) return 'input';
  return pane === 'output' && viewer.errorMap() !== null ? 'map' : pane;
}

/** The error map, or the output behind a veil until there is one. */
function mapLayer(viewer: Viewer): Layer | null {
  const map = viewer.errorMap();
  if (map?.status === 'done') return { bitmap: map.bitmap, dimmed: false };
  const output = viewer.picture('output')?.bitmap;
  return output ? { bitmap: output, dimmed: true } : null;
}

/** The picture, or for an output that does not exist yet the input behind a veil. */
function layerOf(viewer: Viewer, pane: Shown): Layer | null {
  if (pane === 'map') return mapLayer(viewer);
  const bitmap = viewer.picture(pane)?.bitmap;
  if (bitmap) return { bitmap, dimmed: false };
  const input = viewer.picture('input')?.bitmap;
  return pane === 'output' && input && viewer.case()?.output === null
    ? { bitmap: input, dimmed: true }
    : null;
}

/** What a canvas with these panes' pictures (one, or two beside the split line) has to draw. */
export function sceneOf(viewer: Viewer, state: AppState, panes: readonly Shown[]): Scene | null {
  const frame = viewer.frame();
  if (!frame) return null;
  // Shown through its profile, such a picture has colours that an sRGB canvas would clip.
  const hasProfile = (pane: Shown) => pane !== 'map' && viewer.picture(pane)?.profileName != null;
  const { smooth, splitAt, overlay, overlayStyle, overlayOpacity } = state.view;
  return {
    frame,
    viewport: viewer.viewport(),
    smooth,
    colorSpace: viewer.wideScreen() && panes.some(hasProfile) ? 'display-p3' : 'srgb',
    layers: panes.map((pane) => layerOf(viewer, pane)),
    splitAt,
    overlay: overlay ? (viewer.case()?.overlay ?? null) : null,
    overlayStyle: { overlayStyle, overlayOpacity },
  };
}
