import { createMemo, For, type JSX, Show } from 'solid-js';
import { NEUTRAL_DISPLAY } from '../../core/inspect/displayTransform.ts';
import { PaneCanvas } from '../viewer/PaneCanvas.tsx';
import { PaneGrid } from '../viewer/PaneGrid.tsx';
import type { Scene } from '../viewer/paint.ts';
import type { VotingDesk, VotingPane } from './voting-state.ts';

/** The pictures of an item, in lock-step, under letters that say nothing. */
export function VotingPanes(props: { readonly desk: VotingDesk }): JSX.Element {
  return (
    <PaneGrid count={props.desk.inView().length} frame={props.desk.frame()}>
      <For each={props.desk.inView()}>{(pane) => <Pane desk={props.desk} pane={pane} />}</For>
    </PaneGrid>
  );
}

function Pane(props: { readonly desk: VotingDesk; readonly pane: VotingPane }): JSX.Element {
  const scene = createMemo<Scene | null>(() => {
    const frame = props.desk.frame();
    const bitmap = props.desk.peeked() ?? props.pane.bitmap;
    if (!frame || !bitmap) return null;
    return {
      frame,
      viewport: props.desk.viewport(),
      smooth: true,
      colorSpace: 'srgb',
      layers: [{ bitmap, dimmed: false, map: false }],
      mix: { kind: 'split', lines: [], into: 'columns' },
      shownAs: { ...NEUTRAL_DISPLAY, clipping: false },
      overlay: null,
      overlayStyle: { overlayStyle: 'contour', overlayOpacity: 0 },
    };
  });
  return (
    <figure class="pane" data-picture={props.pane.letter}>
      <figcaption>
        <div class="caption">
          <span class="caption-role">{props.pane.letter}</span>
        </div>
      </figcaption>
      <div class="pane-picture">
        <PaneCanvas viewer={props.desk} scene={scene()} label={props.pane.label} />
        <Show when={props.pane.bitmap === null}>
          <p class="picture-missing">This picture is missing. Skip the item.</p>
        </Show>
      </div>
    </figure>
  );
}
