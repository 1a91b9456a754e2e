import { createMemo, For, type JSX, Show } from 'solid-js';
import type { BenchView } from './bench-view.ts';
import { CaseTable } from './CaseTable.tsx';
import { ColumnChooser } from './ColumnChooser.tsx';
import {
  type CaseColumn,
  columnsOfMethod,
  columnsOfMetric,
  filterCases,
  filterNames,
  sortCases,
} from './cases-table.ts';
import { columnsBehind, hiddenFailures } from './failure-columns.ts';
import { Choice, MetricChoice } from './TableParts.tsx';

const ALL = '';

/** Every case: the metrics of one method, or one metric of all methods and the gap between them. */
export function CasesTab(props: { readonly view: BenchView }): JSX.Element {
  const { choices } = props.view;
  const method = () =>
    props.view.methods().find(({ id }) => id === choices.caseMethod())?.id ?? null;
  const ids = () => props.view.methods().map(({ id }) => id);
  const against = () => ids().find((id) => id === choices.caseAgainst() && id !== method()) ?? null;
  const columns = createMemo((): CaseColumn[] => {
    const own = method();
    if (own !== null) return columnsOfOne(props.view, own, against());
    const metric = props.view.metric();
    return metric === null ? [] : columnsOfMetric(props.view.table(), metric, ids());
  });
  const left = createMemo(() => {
    const own = method();
    return filterCases(props.view.cases(), choices.filter(), {
      table: props.view.table(),
      attributes: props.view.bench.state.attributes,
      methods: own === null ? ids() : [own],
    });
  });
  const rows = createMemo(() => sortCases(left(), columns(), choices.caseSorting()));
  return (
    <>
      <div class="controls">
        <MethodChoices view={props.view} method={method()} against={against()} />
        <Show when={method() === null} fallback={<ColumnChooser view={props.view} />}>
          <MetricChoice
            label="in"
            columns={props.view.columns()}
            value={props.view.metric()}
            onChange={choices.setMetric}
          />
        </Show>
        <FilterLine view={props.view} count={rows().length} />
      </div>
      <Show when={against()}>
        {(other) => (
          <p class="section-note" data-testid="case-gap-note">
            Differences to {props.view.titleOf(other())}: positive where{' '}
            {props.view.titleOf(method() ?? '')} is the worse one.
          </p>
        )}
      </Show>
      <CaseTable view={props.view} rows={rows()} columns={columns()} method={method()} />
    </>
  );
}

/** Whose numbers are shown, and against whose. */
function MethodChoices(props: {
  readonly view: BenchView;
  readonly method: string | null;
  readonly against: string | null;
}): JSX.Element {
  const { choices } = props.view;
  const options = () => props.view.methods().map(({ id, title }) => ({ value: id, label: title }));
  return (
    <>
      <Choice
        label="Numbers of"
        testId="case-method"
        value={props.method ?? ALL}
        options={[{ value: ALL, label: 'all methods' }, ...options()]}
        onChange={(value) => choices.setCaseMethod(value === ALL ? null : value)}
      />
      <Show when={props.method !== null && options().length > 1}>
        <Choice
          label="against"
          testId="case-against"
          value={props.against ?? ALL}
          options={[
            { value: ALL, label: 'no other' },
            ...options().filter(({ value }) => value !== props.method),
          ]}
          onChange={(value) => choices.setCaseAgainst(value === ALL ? null : value)}
        />
      </Show>
    </>
  );
}

/** A method's metrics, and where they hide something; or by how much it is behind another one. */
function columnsOfOne(view: BenchView, method: string, against: string | null): CaseColumn[] {
  const [table, columns] = [view.table(), view.shownColumns()];
  if (against !== null) return columnsBehind(table, method, against, columns);
  const hidden = hiddenFailures(table, method);
  return [...columnsOfMethod(table, method, columns), ...(hidden ? [hidden] : [])];
}

function FilterLine(props: { readonly view: BenchView; readonly count: number }): JSX.Element {
  const { choices } = props.view;
  const names = () => filterNames(props.view.table(), props.view.bench.state.attributes);
  const total = () => props.view.cases().length;
  return (
    <>
      <label class="filter">
        <span class="choice-label">Filter</span>
        <input
          type="search"
          class="text-field"
          data-testid="case-filter"
          placeholder="e.g. deltae:person>10 #halo rating<3"
          title="Words in the name, in notes or pins; #tags; comparisons with a column, with rating, notes or pins; attribute=value. All must hold."
          list="bench-filter-names"
          spellcheck={false}
          value={choices.filter()}
          onInput={(event) => choices.setFilter(event.currentTarget.value)}
        />
        <datalist id="bench-filter-names">
          <For each={names()}>{(name) => <option value={name} />}</For>
        </datalist>
      </label>
      <p class="filter-count" role="status">
        {props.count === total() ? `${total()} cases` : `${props.count} of ${total()} cases`}
      </p>
    </>
  );
}
