import type { JSX } from 'solid-js';

interface SplitHandleProps {
  /** 0..1 of the viewer's width. */
  readonly value: number;
  readonly left: string;
  readonly right: string;
  readonly onChange: (value: number) => void;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.01,
  ArrowDown: -0.01,
  ArrowRight: 0.01,
  ArrowUp: 0.01,
  PageDown: -0.1,
  PageUp: 0.1,
  Home: -1,
  End: 1,
};

/** The line between two pictures: dragged, or moved by the arrow keys while it has the focus. */
export function SplitHandle(props: SplitHandleProps): JSX.Element {
  const set = (value: number) => props.onChange(Math.min(1, Math.max(0, value)));
  const percent = () => Math.round(props.value * 100);

  const drag = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (box && box.width > 0) set((event.clientX - box.left) / box.width);
  };
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    set(props.value + (event.shiftKey ? step * 10 : step));
  };

  return (
    <div
      class="split-handle"
      role="slider"
      tabIndex={0}
      aria-label={`Split line between ${props.left} and ${props.right}`}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow={percent()}
      aria-valuetext={`${percent()} % ${props.left}`}
      style={{ '--split': String(props.value) }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus({ preventScroll: true });
      }}
      onPointerMove={drag}
      onKeyDown={press}
    >
      <span class="split-line" />
      <span class="split-grip" />
    </div>
  );
}
