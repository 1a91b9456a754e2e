import { createMemo, createSignal, For, Index, type JSX, Show } from 'solid-js';
import type { Column } from '../../core/bench/types.ts';
import type { BenchView } from './bench-view.ts';
import { type SliceRow, sliceFilter, sliceRows } from './slices-table.ts';
import { Choice, MetricChoice, NumberTd } from './TableParts.tsx';

interface SlicesProps {
  readonly view: BenchView;
  /** Shows the cases of a slice. */
  readonly onFilter: (line: string) => void;
}

/** The cases grouped by what is known of them besides their pixels. */
export function SlicesTab(props: SlicesProps): JSX.Element {
  const attributes = () => props.view.bench.state.attributes;
  return (
    <Show
      when={attributes().size > 0}
      fallback={
        <p class="section-note">
          Nothing is known of the cases yet: the inputs carry no EXIF. Import a CSV with a row for
          each case: a column “case” and one column for each attribute (tone, lux, device, scene).
        </p>
      }
    >
      <SliceTable {...props} />
    </Show>
  );
}

function SliceTable(props: SlicesProps): JSX.Element {
  const [chosen, setChosen] = createSignal<string | null>(null);
  const names = () => [...props.view.bench.state.attributes.keys()];
  const attribute = () => names().find((name) => name === chosen()) ?? names()[0] ?? '';
  const metric = () => props.view.metric();
  const rows = createMemo(() => {
    const column = metric();
    if (column === null) return [];
    const ids = props.view.methods().map(({ id }) => id);
    const { attributes } = props.view.bench.state;
    return sliceRows(props.view.table(), attributes, attribute(), column, ids, props.view.cases());
  });
  return (
    <>
      <div class="controls">
        <Choice
          label="Group by"
          value={attribute()}
          options={names().map((name) => ({ value: name, label: name }))}
          onChange={setChosen}
        />
        <MetricChoice
          label="mean of"
          columns={props.view.columns()}
          value={metric()}
          onChange={props.view.choices.setMetric}
        />
      </div>
      <div class="table-box">
        <table class="bench-table" data-testid="slices-table">
          <caption class="visually-hidden">Means by {attribute()}</caption>
          <SliceHeads view={props.view} attribute={attribute()} />
          <tbody>
            <Index each={rows()}>
              {(row) => <Row {...props} row={row()} metric={metric()} attribute={attribute()} />}
            </Index>
          </tbody>
        </table>
      </div>
      <p class="section-note">
        ▾ marks the worst group of each method. A group’s name shows its cases.
      </p>
    </>
  );
}

function SliceHeads(props: { readonly view: BenchView; readonly attribute: string }): JSX.Element {
  return (
    <thead>
      <tr>
        <th scope="col" class="row-head">
          <span class="head-name">{props.attribute}</span>
        </th>
        <th scope="col" class="num">
          <span class="head-name">Cases</span>
        </th>
        <For each={props.view.methods()}>
          {({ title }) => (
            <th scope="col" class="num">
              <span class="head-name">{title}</span>
            </th>
          )}
        </For>
      </tr>
    </thead>
  );
}

function Row(
  props: SlicesProps & {
    readonly row: SliceRow;
    readonly metric: Column | null;
    readonly attribute: string;
  },
): JSX.Element {
  return (
    <tr>
      <th scope="row" class="row-head">
        <Show when={sliceFilter(props.attribute, props.row.title)} fallback={props.row.title}>
          {(line) => (
            <button type="button" class="link" onClick={() => props.onFilter(line())}>
              {props.row.title}
            </button>
          )}
        </Show>
      </th>
      <td class="num">{props.row.count}</td>
      <Index each={props.row.cells}>
        {(cell) => (
          <NumberTd cell={cell()} digits={props.metric?.digits ?? 4} worst={cell().worst} />
        )}
      </Index>
    </tr>
  );
}
