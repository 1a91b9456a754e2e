import { createMemo, createSignal, type JSX, onCleanup, onMount } from 'solid-js';
import { bestGrid, type Size } from './viewport.ts';

/** Room a pane's caption and the gap between panes take, in CSS pixels; as in viewer.css. */
const CAPTION_HEIGHT = 32;
const PANE_GAP = 12;

/** Equal panes in the grid that shows their pictures largest. */
export function PaneGrid(props: {
  readonly count: number;
  readonly frame: Size | null;
  readonly children: JSX.Element;
}): JSX.Element {
  const [stage, setStage] = createSignal<Size>({ width: 1, height: 1 });
  let element: HTMLDivElement | undefined;
  onMount(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setStage({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (element) observer.observe(element);
    onCleanup(() => observer.disconnect());
  });
  const grid = createMemo(() => {
    const count = Math.max(1, props.count);
    const frame = props.frame ?? { width: 3, height: 4 };
    const { rows } = bestGrid(count, stage(), frame, CAPTION_HEIGHT, PANE_GAP);
    // Rows that are equally full look best, and have more room for each.
    return { columns: Math.ceil(count / rows), rows };
  });
  return (
    <div
      ref={element}
      class="panes"
      style={{ '--columns': String(grid().columns), '--rows': String(grid().rows) }}
    >
      {props.children}
    </div>
  );
}
