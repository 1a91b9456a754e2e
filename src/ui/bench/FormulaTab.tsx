import Plus from 'lucide-solid/icons/plus';
import { createEffect, createSignal, Index, type JSX, on, Show } from 'solid-js';
import { type Formula, RAIM2026_FORMULA } from '../../core/bench/formula.ts';
import { saveFile } from '../panel/save.ts';
import type { BenchView } from './bench-view.ts';
import { FormulaPartRow } from './FormulaPartRow.tsx';
import { changePart, newPart, numberOf, problemOf, withoutPart } from './formula-edit.ts';
import { NumberField } from './NumberField.tsx';
import { createRanking, RankingTable } from './RankingTab.tsx';
import './formula.css';

interface FormulaTabProps {
  readonly view: BenchView;
  /** Opens the file picker: a formula file is known by what it holds. */
  readonly onLoad: () => void;
}

/** A score put together from columns, with the ranking it gives at once. */
export function FormulaTab(props: FormulaTabProps): JSX.Element {
  const { state, commands } = props.view.bench;
  const [draft, setDraft] = createSignal<Formula>(state.formula);
  createEffect(on(() => state.formula, setDraft, { defer: true }));
  const problem = () => problemOf(draft());
  const change = (next: Formula) => {
    setDraft(next);
    if (problemOf(next) === null) void commands.setFormula(next);
  };
  const ranking = createRanking(props.view, () => 'formula');
  return (
    <>
      <FormulaHead {...props} draft={draft()} onChange={change} />
      <PartTable view={props.view} draft={draft()} onChange={change} />
      <Show when={problem()}>{(text) => <p class="failed">{text()}</p>}</Show>
      <Constants draft={draft()} onChange={change} />
      <p class="section-note">
        Each mean is put between 0 and 1 along its range, turned round where low is good, clipped
        and raised to its power. Parts of one group are averaged and weigh as much as the first of
        them. Weights are multiplied by exp(emphasis · (1 − s)). Score = floor + span · Σ w s / Σ w.
      </p>
      <RankingTable ranking={ranking()} />
    </>
  );
}

interface EditorProps {
  readonly draft: Formula;
  readonly onChange: (formula: Formula) => void;
}

function FormulaHead(props: FormulaTabProps & EditorProps): JSX.Element {
  const save = async () => {
    const file = await props.view.bench.commands.exportFile({ kind: 'formula' });
    if (file) await saveFile(file);
  };
  return (
    <div class="controls">
      <label class="choice grows">
        <span class="choice-label">Name</span>
        <input
          type="text"
          class="text-field"
          maxlength="200"
          value={props.draft.title}
          onChange={(event) =>
            props.onChange({ ...props.draft, title: event.currentTarget.value.trim() })
          }
        />
      </label>
      <button type="button" class="button small" onClick={() => props.onLoad()}>
        Load a formula
      </button>
      <button
        type="button"
        class="button small"
        disabled={problemOf(props.draft) !== null}
        onClick={() => void save()}
      >
        Save as JSON
      </button>
      <button type="button" class="button small" onClick={() => props.onChange(RAIM2026_FORMULA)}>
        Start from RAIM 2026
      </button>
    </div>
  );
}

function PartTable(props: EditorProps & { readonly view: BenchView }): JSX.Element {
  const columns = () => props.view.table().columns;
  const add = () => {
    const used = new Set(props.draft.parts.map(({ column }) => column));
    const column = columns().find(({ id }) => !used.has(id)) ?? columns()[0];
    if (!column) return;
    const ids = props.view.methods().map(({ id }) => id);
    const part = newPart(props.view.table(), column, ids);
    props.onChange({ ...props.draft, parts: [...props.draft.parts, part] });
  };
  return (
    <>
      <div class="table-box">
        <table class="bench-table formula-table">
          <caption class="visually-hidden">Parts of the formula</caption>
          <PartHeads />
          <tbody>
            <Index each={props.draft.parts}>
              {(part, at) => (
                <FormulaPartRow
                  part={part()}
                  columns={columns()}
                  last={props.draft.parts.length === 1}
                  onChange={(change) => props.onChange(changePart(props.draft, at, change))}
                  onRemove={() => props.onChange(withoutPart(props.draft, at))}
                />
              )}
            </Index>
          </tbody>
        </table>
      </div>
      <button type="button" class="link" disabled={columns().length === 0} onClick={add}>
        <Plus /> Add a part
      </button>
    </>
  );
}

const PART_HEADS = [
  'Column',
  'Weight',
  '0 at',
  '1 at',
  'Low is good',
  'Power',
  'Group',
  'If unknown',
];

function PartHeads(): JSX.Element {
  return (
    <thead>
      <tr>
        <Index each={PART_HEADS}>
          {(name) => (
            <th scope="col">
              <span class="head-name">{name()}</span>
            </th>
          )}
        </Index>
        <td />
      </tr>
    </thead>
  );
}

const CONSTANTS = [
  { key: 'emphasis', title: 'Emphasis' },
  { key: 'floor', title: 'Floor' },
  { key: 'span', title: 'Span' },
] as const;

function Constants(props: EditorProps): JSX.Element {
  return (
    <div class="controls">
      <Index each={CONSTANTS}>
        {(constant) => (
          <div class="choice">
            <span class="choice-label" aria-hidden="true">
              {constant().title}
            </span>
            <NumberField
              label={constant().title}
              value={props.draft[constant().key]}
              onChange={(text) => {
                const value = numberOf(text);
                if (value !== null) props.onChange({ ...props.draft, [constant().key]: value });
              }}
            />
          </div>
        )}
      </Index>
    </div>
  );
}
