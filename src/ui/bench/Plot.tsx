import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js';
import { PLOT_COLOURS } from '../../core/export/plots.ts';
import { createPlotCanvas } from './plot-canvas.ts';
import { type PlotData, type PlotPoint, pointBeside } from './plot-data.ts';
import './plot.css';

interface PlotProps {
  readonly data: PlotData;
  /** What the plot shows, for screen readers. */
  readonly label: string;
  readonly onOpen: (point: PlotPoint) => void;
}

/** A plot whose points answer to pointer and keys: arrows step through them, Enter opens the case. */
export function Plot(props: PlotProps): JSX.Element {
  const [current, setCurrent] = createSignal<PlotPoint | null>(null);
  let box: HTMLDivElement | undefined;
  const at = createPlotCanvas(
    () => box,
    () => props.data,
  );
  createEffect(
    on(
      () => props.data,
      () => setCurrent(null),
    ),
  );
  const open = (point: PlotPoint | null) => {
    if (point?.caseId) props.onOpen(point);
  };
  const step = (by: 1 | -1) => setCurrent(pointBeside(props.data, current(), by));
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    Enter: () => open(current()),
  };
  return (
    <div class="plot">
      <Legend data={props.data} />
      <button
        type="button"
        class="plot-area"
        aria-label={`${props.label} Arrow keys step through the points, Enter opens a case.`}
        onPointerMove={(event) => setCurrent(at(event))}
        onPointerLeave={() => setCurrent(null)}
        onClick={(event) => {
          if (event.detail > 0) open(at(event));
        }}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (!act) return;
          event.preventDefault();
          act();
        }}
      >
        <span class="plot-box" ref={box} />
      </button>
      <p class="plot-point" role="status">
        <Show when={current()} fallback={hintFor(props.data)}>
          {(point) => `${point().title}: ${short(point().x)}${yOf(props.data, point())}`}
        </Show>
      </p>
    </div>
  );
}

const short = (value: number) => String(Number(value.toPrecision(5)));

function yOf({ rows }: PlotData, { y }: PlotPoint): string {
  return rows.length > 0 ? '' : `, ${short(y)}`;
}

function hintFor({ series }: PlotData): string {
  const opens = series.some(({ points }) => points.some(({ caseId }) => caseId !== null));
  return opens ? 'A click on a point opens its case.' : 'Point at a dot for its numbers.';
}

function Legend(props: { readonly data: PlotData }): JSX.Element {
  const named = () => props.data.series.filter(({ plain }) => !plain);
  return (
    <Show when={named().length > 1 && props.data.rows.length === 0}>
      <ul class="plot-legend">
        <For each={named()}>
          {({ title }, i) => (
            <li>
              <span
                class="plot-swatch"
                style={{ '--swatch': PLOT_COLOURS[i() % PLOT_COLOURS.length] }}
              />
              {title}
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
