import type { AppState, PaneId } from '../../app/model.ts';
import type { Layer, Scene } from './paint.ts';
import type { Viewer } from './viewer-state.ts';

/** The pane whose picture is really drawn: while peeking every output gives way to the input. */
export function shownPane(viewer: Viewer, pane: PaneId, alone: boolean): PaneId {
  if (!viewer.peeking() || viewer.picture('input') === null) return pane;
  return alone || pane === 'output' ? 'input' : pane;
}

/** The picture, or for an output that does not exist yet the input behind a veil. */
function layerOf(viewer: Viewer, pane: PaneId): Layer | null {
  const bitmap = viewer.picture(pane)?.bitmap;
  if (bitmap) return { bitmap, dimmed: false };
  const input = viewer.picture('input')?.bitmap;
  return pane === 'output' && input && viewer.case()?.output === null
    ? { bitmap: input, dimmed: true }
    : null;
}

/** What a canvas with these panes' pictures (one, or two beside the split line) has to draw. */
export function sceneOf(viewer: Viewer, state: AppState, panes: readonly PaneId[]): Scene | null {
  const frame = viewer.frame();
  if (!frame) return null;
  const { smooth, splitAt, overlay, overlayStyle, overlayOpacity } = state.view;
  return {
    frame,
    viewport: viewer.viewport(),
    smooth,
    layers: panes.map((pane) => layerOf(viewer, pane)),
    splitAt,
    overlay: overlay ? (viewer.case()?.overlay ?? null) : null,
    overlayStyle: { overlayStyle, overlayOpacity },
  };
}
