import Trash from 'lucide-solid/icons/trash';
import { For, type JSX, Show } from 'solid-js';
import type { FormulaPart } from '../../core/bench/formula.ts';
import type { Column } from '../../core/bench/types.ts';
import { IconButton } from '../common/IconButton.tsx';
import { columnTitle } from './columns.ts';
import { numberOf } from './formula-edit.ts';
import { NumberField } from './NumberField.tsx';

interface PartProps {
  readonly part: FormulaPart;
  readonly columns: readonly Column[];
  /** A formula keeps its last part. */
  readonly last: boolean;
  readonly onChange: (change: Partial<FormulaPart>) => void;
  readonly onRemove: () => void;
}

/** One part of a formula, every choice of it in a field. */
export function FormulaPartRow(props: PartProps): JSX.Element {
  const name = () => props.part.column;
  const number = (text: string, change: (value: number) => Partial<FormulaPart>) => {
    const value = numberOf(text);
    if (value !== null) props.onChange(change(value));
  };
  // "1 at" is the good end: for a part where low is good that is the lower one.
  const ends = () =>
    props.part.inverted ? (['high', 'low'] as const) : (['low', 'high'] as const);
  return (
    <tr>
      <th scope="row">
        <ColumnSelect {...props} />
      </th>
      <td>
        <NumberField
          label={`Weight of ${name()}`}
          value={props.part.weight}
          onChange={(text) => number(text, (weight) => ({ weight }))}
        />
      </td>
      <For each={[0, 1] as const}>
        {(end) => (
          <td>
            <NumberField
              label={`${name()} counts ${end} at`}
              value={props.part[ends()[end]]}
              onChange={(text) => number(text, (value) => ({ [ends()[end]]: value }))}
            />
          </td>
        )}
      </For>
      <td>
        <input
          type="checkbox"
          aria-label={`Low is good for ${name()}`}
          checked={props.part.inverted}
          onChange={(event) => props.onChange({ inverted: event.currentTarget.checked })}
        />
      </td>
      <td>
        <NumberField
          label={`Power of ${name()}`}
          value={props.part.power}
          onChange={(text) => number(text, (power) => ({ power }))}
        />
      </td>
      <td>
        <input
          type="text"
          class="number-field wide"
          maxlength="50"
          aria-label={`Group of ${name()}`}
          value={props.part.group}
          onChange={(event) => props.onChange({ group: event.currentTarget.value.trim() })}
        />
      </td>
      <td>
        <NumberField
          label={`Value of ${name()} where it is unknown`}
          placeholder="none"
          value={props.part.missing}
          onChange={(text) => props.onChange({ missing: numberOf(text) })}
        />
      </td>
      <td class="row-tools">
        <IconButton
          class="small"
          label={`Remove ${name()}`}
          disabled={props.last}
          onClick={() => props.onRemove()}
        >
          <Trash />
        </IconButton>
      </td>
    </tr>
  );
}

function ColumnSelect(props: PartProps): JSX.Element {
  const known = () => props.columns.some(({ id }) => id === props.part.column);
  return (
    <select
      class="select"
      aria-label="Column"
      onChange={(event) => props.onChange({ column: event.currentTarget.value })}
    >
      <Show when={!known()}>
        <option value={props.part.column} selected>
          {props.part.column} (not in the table)
        </option>
      </Show>
      <For each={props.columns}>
        {(column) => (
          <option value={column.id} selected={column.id === props.part.column}>
            {columnTitle(column)}
          </option>
        )}
      </For>
    </select>
  );
}
