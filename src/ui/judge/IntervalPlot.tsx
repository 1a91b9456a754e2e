import { For, type JSX, Show } from 'solid-js';
import { shortName } from '../../core/judge/plots.ts';
import { minus } from '../format.ts';
import type { JudgementRow } from './analysis-rows.ts';
import { scaleOf } from './charts.ts';
import { TableBox } from './TableBox.tsx';

const ROW = 26;
const NAMES = 190;
const WIDTH = 720;
const MARGIN = 14;

/** Every method's score as a point in its 95 % interval. */
export function IntervalPlot(props: {
  readonly rows: readonly JudgementRow[];
  readonly name: string;
}): JSX.Element {
  const known = () =>
    props.rows.flatMap(({ title, estimate }) => (estimate === null ? [] : [{ title, estimate }]));
  const scale = () =>
    scaleOf(
      known().flatMap(({ estimate }) => [estimate.low, estimate.high]),
      NAMES,
      WIDTH - MARGIN,
    );
  const bottom = () => known().length * ROW;
  return (
    <Show when={known().length > 0}>
      <TableBox label="Plot of the intervals">
        <figure class="interval-figure">
          <figcaption class="section-note">{props.name} with 95 % intervals</figcaption>
          <svg
            class="interval-plot"
            font-family="sans-serif"
            font-size="12"
            viewBox={`0 0 ${WIDTH} ${bottom() + 28}`}
            role="img"
            aria-label={`${props.name} of each method with its 95 % interval; the same numbers are in the table.`}
            data-testid="interval-plot"
          >
            <For each={scale().ticks}>
              {(tick) => (
                <g class="interval-tick" stroke-width="0.5">
                  <line
                    stroke="#888888"
                    x1={scale().at(tick)}
                    x2={scale().at(tick)}
                    y1="0"
                    y2={bottom()}
                  />
                  <text x={scale().at(tick)} y={bottom() + 18} text-anchor="middle">
                    {minus(String(tick))}
                  </text>
                </g>
              )}
            </For>
            <For each={known()}>
              {({ title, estimate }, index) => (
                <g class="interval-row" transform={`translate(0 ${(index() + 0.5) * ROW})`}>
                  <text x={NAMES - MARGIN} y="4" text-anchor="end">
                    {shortName(title)}
                  </text>
                  <line
                    stroke="#000000"
                    x1={scale().at(estimate.low)}
                    x2={scale().at(estimate.high)}
                    y1="0"
                    y2="0"
                  />
                  <circle cx={scale().at(estimate.value)} cy="0" r="4" />
                </g>
              )}
            </For>
          </svg>
        </figure>
      </TableBox>
    </Show>
  );
}
