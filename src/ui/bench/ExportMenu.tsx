import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createSignal, For, type JSX, Show } from 'solid-js';
import type { BenchExport } from '../../app/bench/model.ts';
import { DropDown } from '../common/DropDown.tsx';
import { saveFile } from '../panel/save.ts';
import type { BenchView } from './bench-view.ts';
import { hasPrintedVariant, RANKINGS } from './ranking-view.ts';
import { Choice } from './TableParts.tsx';

interface Entry {
  readonly label: string;
  readonly note: string;
  readonly what: BenchExport;
}

/** What tables are ranked by, in words too. */
const rankedBy = (view: BenchView) => {
  const by = view.choices.rankingBy();
  const asPrinted = view.choices.rankingPrinted() && hasPrintedVariant(by);
  const challenge = RANKINGS.find(({ value }) => value === by)?.label ?? '';
  const title = asPrinted ? `${challenge}, as printed` : challenge;
  return { title, ranked: { by, asPrinted } };
};

const tables = (view: BenchView): Entry[] => {
  const { title, ranked } = rankedBy(view);
  return [
    { label: 'CSV', note: 'all numbers, one a line', what: { kind: 'csv', ...ranked } },
    { label: 'JSON', note: 'numbers with their provenance', what: { kind: 'json', ...ranked } },
    { label: 'LaTeX table', note: title, what: { kind: 'latex', ...ranked } },
    { label: 'Markdown table', note: title, what: { kind: 'markdown', ...ranked } },
    { label: 'Formula', note: 'as JSON', what: { kind: 'formula' } },
    { label: 'Remarks', note: 'tags, ratings, notes, pins as CSV', what: { kind: 'remarks' } },
  ];
};

const report = (view: BenchView, worstOf: string): Entry => ({
  label: 'HTML report',
  note: 'tables, plots, worst cases',
  what: { kind: 'report', ...rankedBy(view).ranked, worstOf },
});

const workspaces: readonly Entry[] = [
  {
    label: 'Workspace',
    note: 'without pictures',
    what: { kind: 'workspace', images: false },
  },
  {
    label: 'Workspace with pictures',
    note: 'opens anywhere',
    what: { kind: 'workspace', images: true },
  },
];

/** Everything that can be taken away. */
export function ExportMenu(props: {
  readonly view: BenchView;
  readonly onOpenWorkspace: () => void;
}): JSX.Element {
  const [busy, setBusy] = createSignal(false);
  const [chosen, setChosen] = createSignal<string | null>(null);
  const worstOf = () => methods().find(({ id }) => id === chosen())?.id ?? methods()[0]?.id ?? '';
  const save = async ({ what }: Entry) => {
    setBusy(true);
    try {
      const file = await props.view.bench.commands.exportFile(what);
      if (file) await saveFile(file);
    } finally {
      setBusy(false);
    }
  };
  const methods = () => props.view.methods();
  const perMethod = (kind: 'organisers' | 'outputs'): Entry[] =>
    methods().map(({ id, title }) => ({ label: title, note: '', what: { kind, method: id } }));
  return (
    <DropDown
      testId="export-menu"
      class="button"
      bodyClass="export-body"
      closesOnChoice
      label={
        <>
          {busy() ? 'Exporting…' : 'Export'} <ChevronDown />
        </>
      }
    >
      <Group title="Numbers" entries={tables(props.view)} onSave={save} />
      <Group title="Report" entries={[report(props.view, worstOf())]} onSave={save}>
        <WorstCases view={props.view} of={worstOf()} onOf={setChosen} />
      </Group>
      <Group title="Workspace" entries={workspaces} onSave={save} />
      <button type="button" class="menu-item" onClick={() => props.onOpenWorkspace()}>
        Open a workspace file…
      </button>
      <Group title="Organisers’ three files" entries={perMethod('organisers')} onSave={save} />
      <Group title="Outputs as a zip" entries={perMethod('outputs')} onSave={save} />
    </DropDown>
  );
}

/** How many of a method's worst cases the report shows. */
function WorstCases(props: {
  readonly view: BenchView;
  readonly of: string;
  readonly onOf: (method: string) => void;
}): JSX.Element {
  const { state, commands } = props.view.bench;
  const options = () => props.view.methods().map(({ id, title }) => ({ value: id, label: title }));
  return (
    <div class="menu-fields">
      <label class="choice">
        <span class="choice-label">Worst cases in the report</span>
        <input
          type="number"
          class="number-field"
          data-testid="report-worst"
          min="0"
          max="100"
          value={state.worstCases}
          onChange={({ currentTarget }) => {
            const count = currentTarget.valueAsNumber;
            const asked = Number.isFinite(count) ? count : state.worstCases;
            void commands.setWorstCases(asked).then(() => {
              // What was asked for may be too many, or no number.
              currentTarget.value = String(state.worstCases);
            });
          }}
        />
      </label>
      <Show when={options().length > 1}>
        <Choice label="Worst cases of" value={props.of} options={options()} onChange={props.onOf} />
      </Show>
    </div>
  );
}

function Group(props: {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly onSave: (entry: Entry) => Promise<void>;
  /** What can be chosen about the entries. */
  readonly children?: JSX.Element;
}): JSX.Element {
  return (
    <section class="menu-group" aria-label={props.title}>
      <h3 class="section-title">{props.title}</h3>
      <For each={props.entries}>
        {(entry) => (
          <button type="button" class="menu-item" onClick={() => void props.onSave(entry)}>
            {entry.label} <span class="menu-note">{entry.note}</span>
          </button>
        )}
      </For>
      {props.children}
    </section>
  );
}
