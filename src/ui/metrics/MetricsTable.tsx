import { For, type JSX, Show } from 'solid-js';
import { Hint } from '../common/Hint.tsx';
import { MetricName } from './MetricName.tsx';
import { MetricRows } from './MetricRows.tsx';
import { type Column, definitionOf, type Numbers, type RowId } from './numbers.ts';

interface MetricsTableProps {
  readonly numbers: Numbers;
  readonly columns: readonly Column[];
  readonly rows: readonly RowId[];
  readonly testId: string;
  /** What the table holds, for screen readers. */
  readonly caption: string;
  readonly busy: boolean;
  /** Numbers of a mask that has changed since. */
  readonly stale: boolean;
}

/** Every table has this many columns of numbers, so that they stand one below the other. */
const COLUMNS = 3;

/** The metrics of the output by region, over those of the untouched input. */
export function MetricsTable(props: MetricsTableProps): JSX.Element {
  const spare = () => Math.max(0, COLUMNS - props.columns.length);
  return (
    <table
      class="metrics-table"
      classList={{ stale: props.stale }}
      data-testid={props.testId}
      aria-busy={props.busy || props.stale}
    >
      <caption class="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          <td />
          <For each={props.columns}>
            {(column) => (
              <th scope="col">
                <Show when={column.sentence} fallback={column.title}>
                  {(sentence) => (
                    <Hint class="region-hint" hint={<p class="hint-first">{sentence()}</p>}>
                      {column.title}
                    </Hint>
                  )}
                </Show>
              </th>
            )}
          </For>
          <For each={Array.from({ length: spare() })}>{() => <td class="spare" />}</For>
        </tr>
      </thead>
      <For each={props.rows}>
        {(row, at) => (
          <Show when={definitionOf(row, props.numbers.learned)}>
            {(definition) => (
              <tbody classList={{ family: startsFamily(props, at()) }}>
                <tr>
                  <th class="metric-name" colSpan={COLUMNS + 1} scope="rowgroup">
                    <MetricName definition={definition()} row={row} numbers={props.numbers} />
                  </th>
                </tr>
                <MetricRows
                  row={row}
                  numbers={props.numbers}
                  columns={props.columns}
                  digits={definition().digits}
                  direction={definition().direction}
                  spare={spare()}
                />
              </tbody>
            )}
          </Show>
        )}
      </For>
    </table>
  );
}

/** Whether the metric above belongs to another family. */
function startsFamily(props: MetricsTableProps, at: number): boolean {
  const family = (row: RowId | undefined) =>
    row === undefined ? null : definitionOf(row, props.numbers.learned)?.family;
  return family(props.rows[at]) !== family(props.rows[at - 1]);
}
