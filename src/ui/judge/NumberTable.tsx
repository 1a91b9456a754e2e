import { For, type JSX, Show } from 'solid-js';
import { TableBox } from './TableBox.tsx';

interface Heading {
  readonly title: string;
  /** Beneath it, in small. */
  readonly part?: string;
}

interface NumberTableProps<Row> {
  /** What the table is, for those who do not see it. */
  readonly label: string;
  readonly testId?: string;
  readonly class?: string;
  /** Over the first column: what the rows are. */
  readonly corner: string;
  /** Over the columns of numbers. */
  readonly heads: readonly Heading[];
  readonly rows: readonly Row[];
  readonly titleOf: (row: Row) => string;
  /** The cells of a row, without its title. */
  readonly children: (row: Row) => JSX.Element;
}

/** A row a method, rater or metric, and numbers beside its name. */
export function NumberTable<Row>(props: NumberTableProps<Row>): JSX.Element {
  return (
    <TableBox label={props.label}>
      <table class={`bench-table ${props.class ?? ''}`} data-testid={props.testId}>
        <thead>
          <tr>
            <th scope="col" class="row-head">
              {props.corner}
            </th>
            <For each={props.heads}>{(head) => <NumberHead {...head} />}</For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <th scope="row" class="row-head">
                  {props.titleOf(row)}
                </th>
                {props.children(row)}
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </TableBox>
  );
}

/** The head of a column of numbers. */
export function NumberHead(props: Heading): JSX.Element {
  return (
    <th scope="col" class="num">
      <span class="head-name">{props.title}</span>
      <Show when={props.part}>
        <span class="head-part">{props.part}</span>
      </Show>
    </th>
  );
}
