import { createVirtualizer } from '@tanstack/solid-virtual';
import {
  createEffect,
  createMemo,
  For,
  Index,
  type JSX,
  on,
  onMount,
  Show,
  untrack,
} from 'solid-js';
import { markBest } from '../../core/bench/summary.ts';
import type { BenchView } from './bench-view.ts';
import { type CaseColumn, type CaseEntry, GAP, startsDescending } from './cases-table.ts';
import { headOf } from './columns.ts';
import { SaidHint } from './SaidHint.tsx';
import { ShiftMark } from './ShiftMark.tsx';
import { nextSorting } from './sorting.ts';
import { NumberTd, SortHead } from './TableParts.tsx';
import { TagField } from './TagField.tsx';
import { Thumbnail } from './Thumbnail.tsx';

const ROW_HEIGHT = 52;

interface CaseTableProps {
  readonly view: BenchView;
  readonly rows: readonly CaseEntry[];
  readonly columns: readonly CaseColumn[];
  /** Whose output a click opens; null: all of them. */
  readonly method: string | null;
}

/** A row a case; only those in sight exist. */
export function CaseTable(props: CaseTableProps): JSX.Element {
  let box: HTMLDivElement | undefined;
  const virtual = createVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    get count() {
      return props.rows.length;
    },
    getScrollElement: () => box ?? null,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const items = () => virtual.getVirtualItems();
  const above = () => items()[0]?.start ?? 0;
  const below = () => virtual.getTotalSize() - (items().at(-1)?.end ?? 0);
  // Back from the viewer, the list stands where it was left.
  onMount(() => box?.scrollTo({ top: untrack(props.view.choices.caseScroll) }));
  // Another order or filter begins at its top, where the worst cases are.
  createEffect(
    on(
      [props.view.choices.caseSorting, props.view.choices.filter],
      () => box?.scrollTo({ top: 0 }),
      { defer: true },
    ),
  );
  return (
    <div
      class="table-box case-box"
      ref={box}
      onScroll={(event) => props.view.choices.setCaseScroll(event.currentTarget.scrollTop)}
    >
      <table class="bench-table case-table" aria-rowcount={props.rows.length + 1}>
        <caption class="visually-hidden">Cases</caption>
        <Heads {...props} />
        <tbody data-testid="cases-body">
          <Spacer height={above()} />
          <For each={items()}>
            {(item) => (
              <Show when={props.rows[item.index]}>
                {(row) => <Row {...props} row={row()} at={item.index} />}
              </Show>
            )}
          </For>
          <Spacer height={below()} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not there. */
function Spacer(props: { readonly height: number }): JSX.Element {
  return (
    <Show when={props.height > 0}>
      <tr class="spacer" style={{ '--height': `${props.height}px` }}>
        <td />
      </tr>
    </Show>
  );
}

function Heads(props: CaseTableProps): JSX.Element {
  const { choices } = props.view;
  const sort = (key: string, descending: boolean) =>
    choices.setCaseSorting(nextSorting(choices.caseSorting(), key, descending));
  const nameOf = ({ key, column, method }: CaseColumn) => {
    if (key === GAP) return { name: 'Gap', part: 'best to worst' };
    return props.method === null
      ? { name: props.view.titleOf(method ?? ''), part: headOf(column).part }
      : headOf(column);
  };
  return (
    <thead>
      <tr aria-rowindex={1}>
        <SortHead
          class="row-head"
          sorting={choices.caseSorting()}
          sortKey="title"
          name="Case"
          onSort={(key) => sort(key, false)}
        />
        <For each={props.columns}>
          {(column) => (
            <SortHead
              class="num"
              sorting={choices.caseSorting()}
              sortKey={column.key}
              {...nameOf(column)}
              onSort={(key) => sort(key, startsDescending(column))}
            />
          )}
        </For>
        <th scope="col" class="tag-head">
          <span class="head-name">Said</span>
        </th>
      </tr>
    </thead>
  );
}

function Row(
  props: CaseTableProps & { readonly row: CaseEntry; readonly at: number },
): JSX.Element {
  const values = () => props.columns.map(({ values: own }) => own[props.row.index] ?? Number.NaN);
  const methods = () =>
    props.method === null ? props.view.methods().map(({ id }) => id) : [props.method];
  // Marks compare methods: in one method's row the numbers mean different things.
  const marks = createMemo(() => {
    const [first] = props.columns;
    if (props.method !== null || !first) return [];
    const own = values().filter((_, i) => props.columns[i]?.key !== GAP);
    const known = own.map((value) => (Number.isFinite(value) ? value : null));
    return markBest(known, first.column.direction, first.column.digits);
  });
  return (
    <tr aria-rowindex={props.at + 2} data-case={props.row.id}>
      <th scope="row" class="row-head">
        <button
          type="button"
          class="case-open"
          title={`Look at ${props.row.title}`}
          onClick={() => props.view.open(props.row.id, props.method)}
        >
          <Thumbnail id={props.row.id} load={props.view.bench.commands.thumbnail} />
          <span class="case-name">{props.row.title}</span>
        </button>
      </th>
      <Index each={values()}>
        {(value, i) => (
          <NumberTd
            cell={{ value: Number.isFinite(value()) ? value() : null, mark: marks()[i] ?? null }}
            digits={props.columns[i]?.column.digits ?? 4}
          />
        )}
      </Index>
      <td class="tag-cell">
        <TagField
          title={props.row.title}
          tags={props.row.tags}
          onChange={(tags) => void props.view.bench.commands.setTags(props.row.id, tags)}
        />
        <SaidHint title={props.row.title} said={props.row.said} titleOf={props.view.titleOf} />
        <ShiftMark row={props.row} methods={methods()} titleOf={props.view.titleOf} />
      </td>
    </tr>
  );
}
