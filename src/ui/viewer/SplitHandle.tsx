import type { JSX } from 'solid-js';
import { isCommand } from '../common/arrows.ts';

interface SplitHandleProps {
  /** 0..1 of the picture's part of the pane. */
  readonly value: number;
  /** Free room on either side of the picture, in CSS pixels. */
  readonly margin: number;
  /** Whether the pictures lie beneath each other, so that the line moves up and down. */
  readonly rows: boolean;
  /** The pictures on either side. */
  readonly before: string;
  readonly after: string;
  readonly onChange: (value: number) => void;
  /** Double click: all lines at equal distances. */
  readonly onReset: () => void;
}

const COARSE = 0.1;
const FINE = 0.01;

/** How far a key moves the line: arrows follow the eye, the other keys count along the pictures. */
function stepOf({ key, shiftKey }: KeyboardEvent, rows: boolean): number | null {
  const step = shiftKey ? COARSE : FINE;
  switch (key) {
    case 'ArrowLeft':
      return -step;
    case 'ArrowRight':
      return step;
    case 'ArrowUp':
      return rows ? -step : step;
    case 'ArrowDown':
      return rows ? step : -step;
    case 'PageUp':
      return rows ? -COARSE : COARSE;
    case 'PageDown':
      return rows ? COARSE : -COARSE;
    case 'Home':
      return -1;
    case 'End':
      return 1;
    default:
      return null;
  }
}

/** The line between two pictures: dragged, or moved by the arrow keys while it has the focus. */
export function SplitHandle(props: SplitHandleProps): JSX.Element {
  const percent = () => Math.round(props.value * 100);
  const drag = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!box) return;
    const at = props.rows ? event.clientY - box.top : event.clientX - box.left;
    const length = (props.rows ? box.height : box.width) - 2 * props.margin;
    if (length > 0) props.onChange((at - props.margin) / length);
  };
  const press = (event: KeyboardEvent) => {
    if (isCommand(event)) return;
    const step = stepOf(event, props.rows);
    if (step === null) return;
    event.preventDefault();
    props.onChange(props.value + step);
  };

  return (
    <div
      class="split-handle"
      classList={{ rows: props.rows }}
      role="slider"
      tabIndex={0}
      aria-label={`Split line between ${props.before} and ${props.after}`}
      aria-orientation={props.rows ? 'vertical' : 'horizontal'}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow={percent()}
      aria-valuetext={`${percent()} %`}
      style={{ '--split': String(props.value) }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus({ preventScroll: true });
      }}
      onPointerMove={drag}
      onDblClick={() => props.onReset()}
      onKeyDown={press}
    >
      <span class="split-line" />
      <span class="split-grip" />
    </div>
  );
}
