import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import Trash from 'lucide-solid/icons/trash';
import { createMemo, createSignal, For, Index, type JSX, Show } from 'solid-js';
import type { BenchMethodView } from '../../app/bench/model.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { EachById } from '../common/EachById.tsx';
import { IconButton } from '../common/IconButton.tsx';
import { Segmented } from '../common/Segmented.tsx';
import type { BenchView } from './bench-view.ts';
import { ColumnChooser } from './ColumnChooser.tsx';
import { filterCases } from './cases-table.ts';
import { STATISTICS } from './columns.ts';
import { COSTS, type MethodRow, methodRows } from './methods-table.ts';
import { nextSorting } from './sorting.ts';
import { ColumnHeads, NumberTd, SortHead } from './TableParts.tsx';

interface MethodsProps {
  readonly view: BenchView;
  /** Shows the cases that a filter leaves. */
  readonly onFilter: (line: string) => void;
}

/** Methods × metrics, with what each method costs. */
export function MethodsTab(props: MethodsProps): JSX.Element {
  const { choices } = props.view;
  const hidden = () => props.view.bench.state.methods.filter((method) => method.hidden);
  return (
    <>
      <div class="controls">
        <Segmented
          label="Statistic over the cases"
          name="bench-statistic"
          options={STATISTICS}
          value={choices.statistic()}
          onChange={choices.setStatistic}
        />
        <ColumnChooser view={props.view} />
      </div>
      <MethodTable view={props.view} />
      <Show when={hidden().length > 0}>
        <p class="hidden-methods">
          Hidden:
          <For each={hidden()}>
            {({ id, title }) => (
              <button
                type="button"
                class="link"
                onClick={() => props.view.bench.commands.hideMethod(id, false)}
              >
                <Eye /> {title}
              </button>
            )}
          </For>
        </p>
      </Show>
      <ShiftNote {...props} />
      <p class="section-note">
        <Show
          when={props.view.bench.state.methods.length > 0}
          fallback="No method has outputs yet: add the folder that holds them, or choose a method above and run it over all inputs."
        >
          Bold is best, underlined second best, among the methods shown, at the digits shown. Every
          number is over the cases for which it exists; a click on a worst value opens its case.
        </Show>
      </p>
    </>
  );
}

/** Finds the cases in which a method's output lies elsewhere than its ground truth. */
const SHIFTED = 'shifted=1';

/** Numbers of outputs that lie elsewhere than their ground truth are in these means. */
function ShiftNote(props: MethodsProps): JSX.Element {
  const count = createMemo(() => {
    const shown = {
      table: props.view.table(),
      attributes: props.view.bench.state.attributes,
      methods: props.view.methods().map(({ id }) => id),
    };
    return filterCases(props.view.cases(), SHIFTED, shown).length;
  });
  const show = () => {
    props.view.choices.setCaseMethod(null);
    props.onFilter(SHIFTED);
  };
  return (
    <Show when={count() > 0}>
      <p class="section-note" data-testid="shift-note">
        In {count()} {count() === 1 ? 'case' : 'cases'} an output was found to be shifted; the
        numbers compare it as it lies.{' '}
        <button type="button" class="link" onClick={show}>
          Show {count() === 1 ? 'it' : 'them'} among the cases
        </button>
      </p>
    </Show>
  );
}

function MethodTable(props: { readonly view: BenchView }): JSX.Element {
  const { choices } = props.view;
  const columns = () => props.view.shownColumns();
  const rows = createMemo(() =>
    methodRows(
      props.view.table(),
      props.view.methods(),
      columns(),
      choices.statistic(),
      choices.methodSorting(),
    ),
  );
  return (
    <div class="table-box">
      <table class="bench-table" data-testid="methods-table">
        <caption class="visually-hidden">Methods, {choices.statistic()} over the cases</caption>
        <Heads view={props.view} />
        <tbody>
          <EachById each={rows()}>{(row) => <Row view={props.view} row={row()} />}</EachById>
        </tbody>
      </table>
    </div>
  );
}

function Heads(props: { readonly view: BenchView }): JSX.Element {
  const { choices } = props.view;
  const sort = (key: string, descending: boolean) =>
    choices.setMethodSorting(nextSorting(choices.methodSorting(), key, descending));
  return (
    <thead>
      <tr>
        <SortHead
          class="row-head"
          sorting={choices.methodSorting()}
          sortKey="title"
          name="Method"
          onSort={(key) => sort(key, false)}
        />
        <th scope="col" class="num">
          <span class="head-name">Outputs</span>
        </th>
        <ColumnHeads
          columns={props.view.shownColumns()}
          sorting={choices.methodSorting()}
          onSort={({ id, direction }) => sort(id, direction === 'higher-is-better')}
        />
        <For each={COSTS}>
          {(cost) => (
            <SortHead
              class="num"
              sorting={choices.methodSorting()}
              sortKey={cost.key}
              name={cost.title}
              part={`${cost.unit} ↓`}
              onSort={(key) => sort(key, false)}
            />
          )}
        </For>
        <td />
      </tr>
    </thead>
  );
}

function Row(props: { readonly view: BenchView; readonly row: MethodRow }): JSX.Element {
  const columns = () => props.view.shownColumns();
  const total = () => props.view.cases().length;
  const outputs = () => props.row.method.outputs;
  const opener = (index: number | null) => {
    const id = index === null ? undefined : props.view.table().cases[index];
    return id === undefined ? undefined : () => props.view.open(id, props.row.method.id);
  };
  return (
    <tr data-method={props.row.method.id}>
      <th scope="row" class="row-head">
        {props.row.method.title}
        <Show when={props.row.method.origin === 'run'}>
          <span class="row-note"> run here</span>
        </Show>
      </th>
      <td class="num" classList={{ lacking: outputs() < total() }}>
        {outputs()}
      </td>
      <Index each={props.row.cells}>
        {(cell, i) => (
          <NumberTd
            cell={cell()}
            onOpen={opener(cell().caseIndex)}
            digits={columns()[i]?.digits ?? 4}
            testId={`bench-${props.row.id}-${columns()[i]?.id}`}
          />
        )}
      </Index>
      <Index each={props.row.costs}>
        {(cell, i) => <NumberTd cell={cell()} digits={COSTS[i]?.digits ?? 2} />}
      </Index>
      <td class="row-tools">
        <MethodTools view={props.view} method={props.row.method} />
      </td>
    </tr>
  );
}

function MethodTools(props: {
  readonly view: BenchView;
  readonly method: BenchMethodView;
}): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  const { commands } = props.view.bench;
  return (
    <>
      <IconButton
        class="small"
        label={`Hide ${props.method.title}`}
        onClick={() => commands.hideMethod(props.method.id, true)}
      >
        <EyeOff />
      </IconButton>
      <IconButton
        class="small"
        label={`Remove ${props.method.title}`}
        onClick={() => setAsking(true)}
      >
        <Trash />
      </IconButton>
      <Show when={asking()}>
        <ConfirmDialog
          title={`Remove ${props.method.title}?`}
          text="Its outputs and numbers leave the set. Files on your disk stay where they are."
          yes="Remove"
          no="Keep"
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            void commands.removeMethod(props.method.id);
          }}
        />
      </Show>
    </>
  );
}
