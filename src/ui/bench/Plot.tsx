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
  const { at, placeOf } = createPlotCanvas(
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
        <Show when={current()}>{(point) => <Ring place={placeOf(point())} />}</Show>
      </button>
      <p class="plot-point" role="status">
        {wordsFor(props.data, current())}
      </p>
    </div>
  );
}

/** Goes round the point that pointer or keys have reached. */
function Ring(props: {
  readonly place: { readonly x: number; readonly y: number } | null;
}): JSX.Element {
  return (
    <Show when={props.place}>
      {(place) => (
        <span
          class="plot-ring"
          style={{ '--x': `${place().x}px`, '--y': `${place().y}px` }}
          aria-hidden="true"
        />
      )}
    </Show>
  );
}

const short = (value: number) => String(Number(value.toPrecision(5)));

/** What the line beneath the plot says: the point's numbers, or how to get at them. */
function wordsFor(data: PlotData, point: PlotPoint | null): string {
  if (point === null) return hintFor(data);
  const y = data.rows.length > 0 ? '' : `, ${short(point.y)}`;
  return `${point.title}: ${short(point.x)}${y}`;
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
