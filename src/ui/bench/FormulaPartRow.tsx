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
  // "1 at" is the good end: for a part where low is good that is the lower one.
  const end = (which: 0 | 1) =>
    props.part.inverted === (which === 1) ? ('low' as const) : ('high' as const);
  return (
    <tr>
      <th scope="row">
        <ColumnSelect {...props} />
      </th>
      <NumberCell {...props} field="weight" label={`Weight of ${name()}`} />
      <NumberCell {...props} field={end(0)} label={`${name()} counts 0 at`} />
      <NumberCell {...props} field={end(1)} label={`${name()} counts 1 at`} />
      <td>
        <input
          type="checkbox"
          aria-label={`Low is good for ${name()}`}
          checked={props.part.inverted}
          onChange={(event) => props.onChange({ inverted: event.currentTarget.checked })}
        />
      </td>
      <NumberCell {...props} field="power" label={`Power of ${name()}`} />
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
        <RemoveButton {...props} />
      </td>
    </tr>
  );
}

/** A number that the part cannot do without. */
function NumberCell(
  props: PartProps & {
    readonly field: 'weight' | 'low' | 'high' | 'power';
    readonly label: string;
  },
): JSX.Element {
  return (
    <td>
      <NumberField
        label={props.label}
        value={props.part[props.field]}
        onChange={(text) => {
          const value = numberOf(text);
          if (value !== null) props.onChange({ [props.field]: value });
        }}
      />
    </td>
  );
}

function RemoveButton(props: PartProps): JSX.Element {
  return (
    <IconButton
      class="small"
      label={`Remove ${props.part.column}`}
      disabled={props.last}
      onClick={() => props.onRemove()}
    >
      <Trash />
    </IconButton>
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
