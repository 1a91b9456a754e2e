import { For, type JSX, Show } from 'solid-js';
import { DropDown } from '../common/DropDown.tsx';
import type { BenchView } from './bench-view.ts';
import { columnTitle } from './columns.ts';

/** Which columns the tables of methods and cases show. */
export function ColumnChooser(props: { readonly view: BenchView }): JSX.Element {
  const hidden = () => props.view.choices.hiddenColumns();
  const toggle = (id: string) => {
    const next = new Set(hidden());
    if (!next.delete(id)) next.add(id);
    props.view.choices.setHiddenColumns(next);
  };
  const count = () => props.view.shownColumns().length;
  return (
    <Show when={props.view.columns().length > 1}>
      <DropDown
        class="button small"
        bodyClass="column-list"
        label={`Columns ${count()} of ${props.view.columns().length}`}
      >
        <For each={props.view.columns()}>
          {(column) => (
            <label class="check-row">
              <input
                type="checkbox"
                checked={!hidden().has(column.id)}
                onChange={() => toggle(column.id)}
              />
              {columnTitle(column)}
            </label>
          )}
        </For>
      </DropDown>
    </Show>
  );
}
