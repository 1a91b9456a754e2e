import {
  createEffect,
  createMemo,
  createSignal,
  For,
  type JSX,
  onCleanup,
  Show,
  untrack,
} from 'solid-js';
import type { AnalysisExport, AnalysisView, StudyView } from '../../app/judge/model.ts';
import type { Combination } from '../../core/judge/combine.ts';
import { Choice } from '../bench/TableParts.tsx';
import { saveFile } from '../panel/save.ts';
import { Agreement } from './Agreement.tsx';
import {
  COMBINATION_OPTIONS,
  type CombinationChoice,
  choiceOf,
  combinationOf,
  type JudgementRow,
  judgementRows,
  type OwnCombination,
} from './analysis-rows.ts';
import { Evaluation } from './Evaluation.tsx';
import { IntervalPlot } from './IntervalPlot.tsx';
import { JudgementTable } from './JudgementTable.tsx';
import type { JudgePageProps } from './JudgePage.tsx';
import { Correlations, Disagreements } from './Metrics.tsx';
import { OwnWeights } from './OwnWeights.tsx';
import { Dimensions } from './Radar.tsx';
import { RankChances } from './RankChances.tsx';
import { Reasons } from './Reasons.tsx';
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

/** What is known of the votes, and their evaluation wherever something is missing. */
function createEvaluation(props: AnalysisProps, combination: () => Combination) {
  const evaluation = createMemo(() => {
    const { evaluation: newest } = props.judge.state;
    return newest?.studyHash === props.study.hash ? newest : null;
  });
  const status = createMemo(() => evaluation()?.status ?? null);
  const view = createMemo(() => {
    // The command reads votes that are no part of the state: what they belong to is told here.
    void [props.judge.state.studies, props.bench.state.cases, props.bench.state.imports, status()];
    return props.judge.commands.analyse(props.study.hash, combination());
  });
  const evaluate = () => void props.judge.commands.evaluate(props.study.hash, combination());
  createEffect(() => {
    void [props.judge.state.studies, props.bench.state.table, combination()];
    // Whoever stopped it asks for it again.
    if (untrack(status) !== 'stopped' && untrack(status) !== 'failed') evaluate();
  });
  return { evaluation, view, evaluate };
}

function Results(props: AnalysisProps): JSX.Element {
  const [choice, setChoice] = createSignal<CombinationChoice>('raim2026');
  const [own, setOwn] = createSignal<OwnCombination>({
    ...{ objective: 0.5, scale: '0-100', top: 'points', challenge: 'raim2026' },
  });
  const [most, setMost] = createSignal(0);
  const combination = () => combinationOf(choice(), own());
  const { evaluation, view, evaluate } = createEvaluation(props, combination);
  const rows = createMemo(() => {
    const now = view();
    return now === null ? [] : judgementRows(now, most());
  });
  const rests = () => ['stopped', 'failed'].includes(evaluation()?.status ?? '');
  const waiting = () => (
    <Evaluation
      evaluation={evaluation()}
      onStart={evaluate}
      onStop={() => void props.judge.commands.stopEvaluating()}
    />
  );
  return (
    <Show when={view()} fallback={waiting()}>
      {(now) => (
        <>
          <Counted analysis={now().analysis} />
          <div class="controls">
            <FinalScore choice={choice()} onChange={setChoice}>
              <OwnWeights
                own={own()}
                tops={props.study.protocol.shows === 'all'}
                onChange={(part) => setOwn({ ...own(), ...part })}
              />
            </FinalScore>
            <Gate most={most()} onChange={setMost} />
          </div>
          <Exports {...props} combination={combination()} />
          {/* What follows may be older than the votes and the numbers. */}
          <Show when={rests()}>{waiting()}</Show>
          <Parts
            {...props}
            view={now()}
            rows={rows()}
            combination={combination()}
            waiting={<Show when={!rests()}>{waiting()}</Show>}
          />
        </>
      )}
    </Show>
  );
}

/** How much of what was answered counts, and what to know of it. */
function Counted(props: { readonly analysis: AnalysisView['analysis'] }): JSX.Element {
  return (
    <>
      <p class="section-note">
        {counted(props.analysis.votes, 'answer')} of{' '}
        {counted(props.analysis.raters.filter(({ keep }) => keep).length, 'rater')} count.
      </p>
      <For each={props.analysis.warnings}>{(warning) => <p class="missing">{warning}</p>}</For>
    </>
  );
}

/** Which final score it is; its children give the weights of one's own. */
function FinalScore(props: {
  readonly choice: CombinationChoice;
  readonly onChange: (choice: CombinationChoice) => void;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <>
      <Choice
        label="Final score"
        testId="combination"
        value={props.choice}
        options={COMBINATION_OPTIONS}
        onChange={(value) => props.onChange(choiceOf(value))}
      />
      <Show when={props.choice === 'custom'}>{props.children}</Show>
    </>
  );
}

function Parts(
  props: AnalysisProps & {
    readonly view: AnalysisView;
    readonly rows: readonly JudgementRow[];
    readonly combination: Combination;
    readonly waiting: JSX.Element;
  },
): JSX.Element {
  const shows = () => props.study.protocol.shows;
  const titleOf = (id: string) =>
    props.bench.state.methods.find((method) => method.id === id)?.title ?? id;
  // A case that opens late fetches nobody back who has gone elsewhere meanwhile.
  let here = true;
  onCleanup(() => {
    here = false;
  });
  const open = async (caseId: string, method: string) => {
    await props.bench.commands.openInLook(caseId, method);
    if (here) props.doors.go('look');
  };
  return (
    <>
      <JudgementTable shows={shows()} rows={props.rows} combination={props.combination} />
      <Show when={props.rows.every(({ objective }) => objective === null)}>
        <p class="section-note">
          There is no objective score: the bench of this browser must hold the same set, measured,
          with everything that the challenge’s score needs.
        </p>
      </Show>
      <IntervalPlot
        rows={props.rows}
        name={shows() === 'one' ? 'Mean opinion' : 'Strength (Bradley–Terry)'}
      />
      <RankChances rows={props.rows} waiting={props.waiting} />
      <Dimensions protocol={props.study.protocol} rows={props.rows} />
      <Reasons view={props.view} />
      <Disagreements
        view={props.view}
        titleOf={titleOf}
        onOpen={(caseId, method) => void open(caseId, method)}
      />
      <Correlations view={props.view} shows={shows()} />
      <Agreement view={props.view} raters={props.study.raters} />
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

const EXPORTS: readonly { readonly kind: AnalysisExport; readonly label: string }[] = [
  { kind: 'votes-csv', label: 'Votes (CSV)' },
  { kind: 'votes-json', label: 'Votes (JSON)' },
  { kind: 'ranking-csv', label: 'Ranking (CSV)' },
  { kind: 'json', label: 'Analysis (JSON)' },
  { kind: 'latex', label: 'Tables (LaTeX)' },
  { kind: 'plot-scores', label: 'Intervals (SVG)' },
  { kind: 'plot-ranks', label: 'Ranks (SVG)' },
];

function Exports(props: AnalysisProps & { readonly combination: Combination }): JSX.Element {
  const save = async (kind: AnalysisExport) => {
    const { hash } = props.study;
    const file = await props.judge.commands.exportAnalysis(hash, kind, props.combination);
    if (file) await saveFile(file);
  };
  return (
    <div class="judge-exports">
      <span class="choice-label">Save</span>
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
