import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { StudyView } from '../../app/judge/model.ts';
import type { Combination } from '../../core/judge/combine.ts';
import { Choice } from '../bench/TableParts.tsx';
import { saveFile } from '../panel/save.ts';
import { Agreement, Reasons } from './Agreement.tsx';
import {
  COMBINATION_OPTIONS,
  type CombinationChoice,
  choiceOf,
  combinationOf,
  judgementRows,
} from './analysis-rows.ts';
import { IntervalPlot } from './IntervalPlot.tsx';
import { JudgementTable } from './JudgementTable.tsx';
import type { JudgePageProps } from './JudgePage.tsx';
import { Correlations, Disagreements } from './Metrics.tsx';
import { Dimensions } from './Radar.tsx';
import { counted } from './words.ts';
import './analysis.css';

interface AnalysisProps extends JudgePageProps {
  readonly study: StudyView;
}

/** What the votes come to; asked for first where somebody here is still voting, since it unblinds. */
export function Analysis(props: AnalysisProps): JSX.Element {
  const [asked, setAsked] = createSignal(false);
  const unfinished = () => props.study.raters.filter(({ here, finished }) => here && !finished);
  return (
    <Show when={props.study.mine && props.study.raters.length > 0}>
      <section class="judge-part" aria-labelledby="analysis-title" data-testid="analysis">
        <h3 id="analysis-title" class="judge-part-title">
          What the votes come to
        </h3>
        <Show
          when={asked() || unfinished().length === 0}
          fallback={
            <p class="missing">
              {unfinished()
                .map(({ name }) => name)
                .join(', ')}{' '}
              still {unfinished().length === 1 ? 'votes' : 'vote'} in this browser, and what follows
              names the methods.{' '}
              <button type="button" class="button small" onClick={() => setAsked(true)}>
                Show it all the same
              </button>
            </p>
          }
        >
          <Results {...props} />
        </Show>
      </section>
    </Show>
  );
}

function Results(props: AnalysisProps): JSX.Element {
  const [choice, setChoice] = createSignal<CombinationChoice>('raim2026');
  const [weight, setWeight] = createSignal(0.5);
  const [scale, setScale] = createSignal<Combination['scale']>('0-100');
  const [most, setMost] = createSignal(0);
  const combination = () => combinationOf(choice(), weight(), scale());
  const view = createMemo(() => {
    // The command reads votes that are no part of the state: what they belong to is told here.
    void [props.judge.state.studies, props.bench.state.table, props.bench.state.imports];
    return props.judge.commands.analyse(props.study.hash, combination());
  });
  const rows = createMemo(() => {
    const own = view();
    return own === null ? [] : judgementRows(own, most());
  });
  const titleOf = (id: string) =>
    props.bench.state.methods.find((method) => method.id === id)?.title ?? id;
  const open = async (caseId: string, method: string) => {
    await props.bench.commands.openInLook(caseId, method);
    props.doors.go('look');
  };
  return (
    <Show when={view()} fallback={<p class="section-note">There are no votes yet.</p>}>
      {(own) => (
        <>
          <p class="section-note">
            {counted(own().analysis.votes, 'vote')} of{' '}
            {counted(own().analysis.raters.filter(({ keep }) => keep).length, 'rater')} count.
          </p>
          <For each={own().analysis.warnings}>{(warning) => <p class="missing">{warning}</p>}</For>
          <div class="controls">
            <Choice
              label="Final score"
              testId="combination"
              value={choice()}
              options={COMBINATION_OPTIONS}
              onChange={(value) => setChoice(choiceOf(value))}
            />
            <Show when={choice() === 'custom'}>
              <OwnWeights {...{ weight: weight(), setWeight, scale: scale(), setScale }} />
            </Show>
            <Gate most={most()} onChange={setMost} />
            <Exports {...props} combination={combination()} />
          </div>
          <JudgementTable shows={props.study.protocol.shows} rows={rows()} />
          <Show when={own().rows.every(({ objective }) => objective === null)}>
            <p class="section-note">
              There is no objective score: the bench of this browser must hold the same set,
              measured, with everything that the challenge’s score needs.
            </p>
          </Show>
          <IntervalPlot
            rows={rows()}
            name={
              props.study.protocol.shows === 'one' ? 'Mean opinion' : 'Strength (Bradley–Terry)'
            }
          />
          <Dimensions protocol={props.study.protocol} rows={rows()} />
          <Reasons view={own()} />
          <Agreement view={own()} />
          <Correlations view={own()} />
          <Disagreements
            view={own()}
            titleOf={titleOf}
            onOpen={(caseId, method) => void open(caseId, method)}
          />
        </>
      )}
    </Show>
  );
}

const SCALES = [
  { value: '80-90', label: '80 to 90' },
  { value: '0-100', label: '0 to 100' },
] as const;

function OwnWeights(props: {
  readonly weight: number;
  readonly setWeight: (weight: number) => void;
  readonly scale: Combination['scale'];
  readonly setScale: (scale: Combination['scale']) => void;
}): JSX.Element {
  return (
    <>
      <label class="choice">
        <span class="choice-label">Objective</span>
        <input
          type="number"
          class="number-field inline-number"
          min="0"
          max="1"
          step="any"
          data-testid="objective-weight"
          value={props.weight}
          onChange={(event) => props.setWeight(Number(event.currentTarget.value) || 0)}
        />
      </label>
      <Choice
        label="People’s scores brought to"
        value={props.scale}
        options={SCALES}
        onChange={(value) => props.setScale(value === '80-90' ? '80-90' : '0-100')}
      />
    </>
  );
}

const GATES = [
  { value: '0', label: 'none' },
  { value: '3', label: 'top 3' },
  { value: '10', label: 'top 10' },
  { value: '12', label: 'top 12' },
] as const;

/** The phase gate of a challenge: who goes on. */
function Gate(props: {
  readonly most: number;
  readonly onChange: (most: number) => void;
}): JSX.Element {
  return (
    <Choice
      label="Gate"
      value={String(props.most)}
      options={GATES}
      onChange={(value) => props.onChange(Number(value))}
    />
  );
}

const EXPORTS = [
  { kind: 'votes-csv', label: 'Votes (CSV)' },
  { kind: 'votes-json', label: 'Votes (JSON)' },
  { kind: 'json', label: 'Analysis (JSON)' },
  { kind: 'latex', label: 'LaTeX table' },
] as const;

function Exports(props: AnalysisProps & { readonly combination: Combination }): JSX.Element {
  const save = async (kind: (typeof EXPORTS)[number]['kind']) => {
    const { hash } = props.study;
    const file = await props.judge.commands.exportAnalysis(hash, kind, props.combination);
    if (file) await saveFile(file);
  };
  return (
    <div class="judge-exports">
      <For each={EXPORTS}>
        {({ kind, label }) => (
          <button type="button" class="button small" onClick={() => void save(kind)}>
            {label}
          </button>
        )}
      </For>
    </div>
  );
}
