import { For, type JSX, Show } from 'solid-js';
import type { MetricDefinition, MetricValue } from '../../core/metrics/types.ts';
import { formatMetric } from '../format.ts';
import { better } from './compare.ts';
import {
  type Cell,
  type Column,
  type ColumnId,
  cellAt,
  hasInputRow,
  hasTruthRow,
  type Numbers,
  niqeDoubt,
  type RowId,
  rowNote,
  type Subject,
} from './numbers.ts';

interface MetricRowsProps {
  readonly numbers: Numbers;
  readonly row: RowId;
  readonly columns: readonly Column[];
  readonly digits: number;
  readonly direction: MetricDefinition['direction'];
  /** Columns of the table that stay empty. */
  readonly spare: number;
}

const numberIn = (cell: Cell): MetricValue => (cell?.kind === 'value' ? cell.value : null);

/** One metric's numbers: the output's, beneath them the input's, and what there is to say about them. */
export function MetricRows(props: MetricRowsProps): JSX.Element {
  const note = () => rowNote(props.numbers, props.row);
  const missing = () => props.row !== 'niqe' && note() !== null;
  return (
    <>
      <Show when={!missing()}>
        <NumbersRow {...props} of="output" label="output" />
        <Show when={hasInputRow(props.numbers, props.row)}>
          <NumbersRow {...props} of="input" label="input" />
        </Show>
        <Show when={hasTruthRow(props.numbers, props.row)}>
          <NumbersRow {...props} of="gt" label="truth" />
        </Show>
      </Show>
      <Show when={note()}>
        {(text) => (
          <tr>
            <td class="row-note" colSpan={4}>
              {text()}
            </td>
          </tr>
        )}
      </Show>
    </>
  );
}

/** The numbers of one picture; the better of output and input stands out. */
function NumbersRow(
  props: MetricRowsProps & { readonly of: Subject; readonly label: string },
): JSX.Element {
  const value = (column: ColumnId, of: Subject) =>
    numberIn(cellAt(props.numbers, props.row, column, of));
  const isBest = (column: ColumnId) => {
    const winner = better(value(column, 'output'), value(column, 'input'), props.direction);
    if (props.of === 'output') return value(column, 'output') !== null && winner !== 'input';
    return winner === props.of;
  };
  return (
    <tr class={props.of === 'output' ? 'output-row' : 'input-row'}>
      <th scope="row">{props.label}</th>
      <For each={props.columns}>
        {(column) => <NumberCell {...props} column={column.id} best={isBest(column.id)} />}
      </For>
      <Spare count={props.spare} />
    </tr>
  );
}

function Spare(props: { readonly count: number }): JSX.Element {
  return (
    <Show when={props.count > 0}>
      <td colSpan={props.count} />
    </Show>
  );
}

function NumberCell(
  props: MetricRowsProps & {
    readonly column: ColumnId;
    readonly of: Subject;
    readonly best: boolean;
  },
): JSX.Element {
  const cell = () => cellAt(props.numbers, props.row, props.column, props.of);
  return (
    <td
      classList={{ best: props.best }}
      data-testid={props.of === 'output' ? `metric-${props.row}-${props.column}` : undefined}
      data-value={props.of === 'output' ? (numberIn(cell()) ?? '') : undefined}
      title={explain(props, cell())}
    >
      <Show when={cell()}>{(shown) => <Face cell={shown()} digits={props.digits} />}</Show>
    </td>
  );
}

function explain(
  { numbers, row, of }: Pick<MetricRowsProps, 'numbers' | 'row'> & { readonly of: Subject },
  cell: Cell,
): string | undefined {
  if (cell?.kind === 'none') return cell.reason;
  if (cell?.kind === 'pending') return 'no value: not measured yet';
  return (row === 'niqe' && cell && niqeDoubt(numbers.case.niqe[of])) || undefined;
}

/** A number in two halves that meet at the point, so that points stand in one line. */
function Face(props: { readonly cell: NonNullable<Cell>; readonly digits: number }): JSX.Element {
  const halves = (): readonly [string, string] => {
    if (props.cell.kind === 'pending') return ['…', ''];
    if (props.cell.kind === 'none') return ['—', ''];
    const [whole = '', fraction = ''] = formatMetric(props.cell.value, props.digits).split('.');
    return [whole, fraction && `.${fraction}`];
  };
  return (
    <span class="number">
      <span class="number-whole">{halves()[0]}</span>
      <span class="number-fraction">{halves()[1]}</span>
    </span>
  );
}
