import { createEffect, createSignal, For, type JSX, on, onCleanup, Show } from 'solid-js';
import type { PairedComparison } from '../../core/bench/compare.ts';
import type { BenchView } from './bench-view.ts';
import { columnTitle } from './columns.ts';
import { type ComparedColumn, compareColumn, percent, signed, verdictOf } from './compare-table.ts';
import { Choice } from './TableParts.tsx';

/** Two methods over the cases that both have: difference, its interval, how often each wins. */
export function CompareTab(props: { readonly view: BenchView }): JSX.Element {
  const [chosen, setChosen] = createSignal<readonly [string | null, string | null]>([null, null]);
  const methods = () => props.view.methods();
  const known = (id: string | null) => methods().find((method) => method.id === id)?.id;
  const first = () => known(chosen()[0]) ?? methods()[0]?.id ?? '';
  const second = () => known(chosen()[1]) ?? methods().find(({ id }) => id !== first())?.id ?? '';
  const options = () => methods().map(({ id, title }) => ({ value: id, label: title }));
  return (
    <Show
      when={methods().length > 1}
      fallback={<p class="section-note">Two methods are needed for a comparison.</p>}
    >
      <div class="controls">
        <Choice
          label="Compare"
          value={first()}
          options={options()}
          onChange={(id) => setChosen([id, chosen()[1]])}
        />
        <Choice
          label="with"
          value={second()}
          options={options()}
          onChange={(id) => setChosen([chosen()[0], id])}
        />
        <button type="button" class="button small" onClick={() => setChosen([second(), first()])}>
          Swap
        </button>
      </div>
      <ComparedTable view={props.view} first={first()} second={second()} />
    </Show>
  );
}

interface ComparedProps {
  readonly view: BenchView;
  readonly first: string;
  readonly second: string;
}

/** Thousands of resamples a column: one column at a time, so that the page goes on answering. */
function createComparison(props: ComparedProps): () => readonly ComparedColumn[] {
  const [rows, setRows] = createSignal<readonly ComparedColumn[]>([]);
  let timer = 0;
  createEffect(
    on(
      () => [props.view.table(), props.view.columns(), props.first, props.second] as const,
      ([table, columns, first, second]) => {
        clearTimeout(timer);
        setRows([]);
        const next = (at: number) => {
          const column = columns[at];
          if (!column) return;
          const row = compareColumn(table, column, first, second);
          setRows((before) => [...before, row]);
          timer = window.setTimeout(next, 0, at + 1);
        };
        timer = window.setTimeout(next, 0, 0);
      },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  return rows;
}

function ComparedTable(props: ComparedProps): JSX.Element {
  const rows = createComparison(props);
  const a = () => props.view.titleOf(props.first);
  const b = () => props.view.titleOf(props.second);
  return (
    <>
      <div class="table-box">
        <table class="bench-table" data-testid="compare-table">
          <caption class="visually-hidden">
            {a()} compared with {b()}
          </caption>
          <thead>
            <tr>
              <th scope="col" class="row-head">
                <span class="head-name">Column</span>
              </th>
              <Head name="Cases" part="with both" />
              <Head name="Difference" part={`${a()} − ${b()}`} />
              <Head name="95 % interval" part="bootstrap" />
              <Head name={`${a()} wins`} part="of cases" />
              <Head name="Ties" part="of cases" />
              <Head name={`${b()} wins`} part="of cases" />
              <th scope="col">
                <span class="head-name">Ahead</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>{(row) => <Row row={row} a={a()} b={b()} />}</For>
          </tbody>
        </table>
      </div>
      <p class="section-note">
        Mean of the differences case by case, with the percentile bootstrap’s 95 % interval (2,000
        resamples of the cases, always the same). A method is called ahead where the interval leaves
        0 out.
      </p>
    </>
  );
}

function Head(props: { readonly name: string; readonly part: string }): JSX.Element {
  return (
    <th scope="col" class="num">
      <span class="head-name">{props.name}</span>
      <span class="head-part">{props.part}</span>
    </th>
  );
}

function intervalWords(interval: PairedComparison['interval'], digits: number): string {
  return interval === null ? '–' : interval.map((end) => signed(end, digits)).join(' … ');
}

function Row(props: {
  readonly row: ComparedColumn;
  readonly a: string;
  readonly b: string;
}): JSX.Element {
  const digits = () => props.row.column.digits;
  const ahead = () => ({ first: props.a, second: props.b, open: '–' })[verdictOf(props.row)];
  return (
    <tr>
      <th scope="row" class="row-head">
        {columnTitle(props.row.column)}
      </th>
      <Show when={props.row.result} fallback={<td colspan="7">no case has both values</td>}>
        {(result) => (
          <>
            <td class="num">{result().count}</td>
            <td class="num" data-value={result().difference}>
              {signed(result().difference, digits())}
            </td>
            <td class="num">{intervalWords(result().interval, digits())}</td>
            <td class="num">{percent(result().wins)}</td>
            <td class="num">{percent(result().ties)}</td>
            <td class="num">{percent(result().losses)}</td>
            <td classList={{ best: verdictOf(props.row) !== 'open' }}>{ahead()}</td>
          </>
        )}
      </Show>
    </tr>
  );
}
