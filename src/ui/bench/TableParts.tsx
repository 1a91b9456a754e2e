import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import { For, type JSX, Show } from 'solid-js';
import type { Column } from '../../core/bench/types.ts';
import { formatMetric } from '../format.ts';
import { columnTitle, headOf } from './columns.ts';
import type { NumberCell } from './methods-table.ts';
import { ariaSort, type Sorting } from './sorting.ts';

interface SortHeadProps {
  readonly sorting: Sorting;
  readonly sortKey: string;
  readonly name: string;
  /** Second line, smaller. */
  readonly part?: string;
  readonly onSort: (key: string) => void;
  readonly class?: string;
}

/** A head that sorts its table. */
export function SortHead(props: SortHeadProps): JSX.Element {
  const order = () => ariaSort(props.sorting, props.sortKey);
  return (
    <th scope="col" class={props.class} aria-sort={order()}>
      <button type="button" class="sort-head" onClick={() => props.onSort(props.sortKey)}>
        <span class="head-name">
          <Show when={order() !== 'none'}>
            {order() === 'ascending' ? <ArrowUp /> : <ArrowDown />}
          </Show>
          {props.name}
        </span>
        <span class="head-part">{props.part}</span>
      </button>
    </th>
  );
}

/** The heads of columns of numbers. */
export function ColumnHeads(props: {
  readonly columns: readonly Column[];
  readonly sorting: Sorting;
  readonly onSort: (column: Column) => void;
}): JSX.Element {
  return (
    <For each={props.columns}>
      {(column) => (
        <SortHead
          class="num"
          sorting={props.sorting}
          sortKey={column.id}
          name={headOf(column).name}
          part={headOf(column).part}
          onSort={() => props.onSort(column)}
        />
      )}
    </For>
  );
}

/** A number with the digits of its column; the best by weight, the second underlined, as papers do. */
export function NumberTd(props: {
  readonly cell: NumberCell;
  readonly digits: number;
  readonly testId?: string;
  /** The worst group of its method. */
  readonly worst?: boolean;
  /** Opens the one case it is the value of. */
  readonly onOpen?: (() => void) | undefined;
}): JSX.Element {
  const value = () => props.cell.value;
  const words = () => {
    const own = value();
    return own === null || !Number.isFinite(own) ? '–' : formatMetric(own, props.digits);
  };
  return (
    <td
      class="num"
      classList={{ best: props.cell.mark === 'best', second: props.cell.mark === 'second' }}
      data-testid={props.testId}
      data-value={value() ?? ''}
    >
      <Show when={props.worst}>
        <span class="worst-mark" aria-hidden="true">
          ▾
        </span>
        <span class="visually-hidden">worst group </span>
      </Show>
      <Show when={props.onOpen} fallback={<span class="marked">{words()}</span>}>
        {(open) => (
          <button type="button" class="number-open" title="Look at this case" onClick={open()}>
            <span class="marked">{words()}</span>
          </button>
        )}
      </Show>
      <Show when={props.cell.mark}>
        {(mark) => (
          <span class="visually-hidden"> {mark() === 'best' ? 'best' : 'second best'}</span>
        )}
      </Show>
    </td>
  );
}

/** A labelled menu in a row of controls. */
export function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly testId?: string;
}): JSX.Element {
  return (
    <label class="choice">
      <span class="choice-label">{props.label}</span>
      <select
        class="select"
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        <For each={props.options}>
          {({ value, label }) => (
            <option value={value} selected={value === props.value}>
              {label}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}

/** One of the columns of the table. */
export function MetricChoice(props: {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly value: Column | null;
  readonly onChange: (id: string) => void;
}): JSX.Element {
  return (
    <Choice
      label={props.label}
      value={props.value?.id ?? ''}
      options={props.columns.map((column) => ({ value: column.id, label: columnTitle(column) }))}
      onChange={props.onChange}
    />
  );
}
