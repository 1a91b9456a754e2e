import { Index, type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel, CaseView, EngineView, MeasuredView } from '../../app/model.ts';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import { readyEngine } from '../engine.ts';
import { formatSeconds } from '../format.ts';
import { AlignmentNote } from '../inspect/AlignmentBar.tsx';
import { hasAutomaticMask, maskWord } from '../origins.ts';
import { saveFile } from '../panel/save.ts';
import { numbersCsv, numbersJson } from './case-numbers.ts';
import { MetricsTable } from './MetricsTable.tsx';
import {
  MAIN_COLUMNS,
  mainRows,
  measuredView,
  type Numbers,
  regionRows,
  regionTables,
} from './numbers.ts';
import { RegionControls } from './RegionControls.tsx';
import './metrics.css';

interface MetricsSectionProps {
  readonly model: AppModel;
  readonly case: CaseView;
  readonly onAddFile: () => void;
  readonly onDraw: () => void;
  /** Opens the alignment check. */
  readonly onAlign: () => void;
}

type MetricSet = AppModel['state']['view']['metricSet'];

const SETS: readonly SegmentedOption<MetricSet>[] = [
  { value: 'raim', label: 'RAIM set', title: 'The three metrics of the RAIM 2026 challenge' },
  { value: 'all', label: 'All', title: 'Every metric, and NIQE' },
];

const WAITING = 'The numbers appear as soon as there is an output.';

/** The numbers, or the sentence that says why there are none. */
export function MetricsSection(props: MetricsSectionProps): JSX.Element {
  const set = () => props.model.state.view.metricSet;
  const compared = () => props.case.metrics.status !== 'no-reference';
  const rows = () => mainRows(props.case, props.model.state.learnedMetrics, set());
  const choose = (next: MetricSet) => {
    if (next === 'all') void props.model.commands.measureAll();
    else props.model.commands.setView({ metricSet: next });
  };
  return (
    <section class="section metrics" aria-label="Metrics">
      <div class="section-head">
        <h2 class="section-title">Metrics</h2>
        <Segmented
          label="Which metrics"
          name="metric-set"
          options={SETS}
          value={set()}
          onChange={choose}
        />
      </div>
      <Show when={!compared()}>
        <NoReference {...props} />
      </Show>
      <Show when={rows().length > 0}>
        <Tables {...props} />
      </Show>
      <Show when={compared()}>
        <Status case={props.case} engine={props.model.state.engine} />
      </Show>
      <MoreStatus {...props} />
      <AlignmentNote case={props.case} commands={props.model.commands} onLook={props.onAlign} />
      <MaskNote case={props.case} />
      <SaveNumbers {...props} />
      <Show when={props.case.gt && props.case.output}>
        <RegionControls model={props.model} case={props.case} onDraw={props.onDraw} />
      </Show>
    </section>
  );
}

/** Further regions whose mask has changed since they were measured. */
const staleRegions = (item: CaseView) =>
  (measuredView(item)?.regions ?? []).filter(({ stale }) => stale).map(({ id }) => id as string);

const isStale = (item: CaseView) =>
  measuredView(item)?.stale === true || staleRegions(item).length > 0;

/** Whose mask the numbers by region rest on, where it is no file of the user’s. */
function MaskNote(props: { readonly case: CaseView }): JSX.Element {
  return (
    <Show when={measuredView(props.case) && maskWord(props.case)}>
      {(word) => (
        <p
          class="section-note"
          data-testid={hasAutomaticMask(props.case) ? 'automatic-mask' : 'edited-mask'}
        >
          <span class="badge">{word()} mask</span>{' '}
          {hasAutomaticMask(props.case)
            ? 'A network found the person these numbers speak of.'
            : 'The person these numbers speak of was marked by hand.'}
        </p>
      )}
    </Show>
  );
}

/** The numbers on screen as a file, with what they rest on; not those of a mask that has changed. */
function SaveNumbers(props: MetricsSectionProps): JSX.Element {
  const learned = () => props.model.state.learnedMetrics;
  const save = (text: string, kind: 'csv' | 'json') => {
    const type = kind === 'csv' ? 'text/csv' : 'application/json';
    void saveFile(new File([text], `${props.case.title}_numbers.${kind}`, { type }));
  };
  return (
    <Show when={measuredView(props.case) && !isStale(props.case)}>
      <p class="section-note">
        These numbers as{' '}
        <button
          type="button"
          class="link"
          onClick={() => save(numbersCsv(props.case, learned()), 'csv')}
        >
          CSV
        </button>{' '}
        or{' '}
        <button
          type="button"
          class="link"
          onClick={() => save(numbersJson(props.case, learned()), 'json')}
        >
          JSON
        </button>
      </p>
    </Show>
  );
}

function Tables(props: MetricsSectionProps): JSX.Element {
  const set = () => props.model.state.view.metricSet;
  const numbers: Numbers = {
    get case() {
      return props.case;
    },
    get learned() {
      return props.model.state.learnedMetrics;
    },
  };
  return (
    <>
      <MetricsTable
        numbers={numbers}
        columns={MAIN_COLUMNS}
        rows={mainRows(props.case, props.model.state.learnedMetrics, set())}
        testId="metrics-table"
        caption="Metrics against the ground truth, by region: the output’s, and beneath them the input’s."
        busy={props.case.metrics.status === 'measuring'}
        stale={measuredView(props.case)?.stale === true}
      />
      <Index each={regionTables(measuredView(props.case)?.regions ?? [])}>
        {(columns) => (
          <MetricsTable
            numbers={numbers}
            columns={columns()}
            rows={regionRows(set())}
            testId="region-metrics-table"
            caption={`Metrics of further regions: ${columns()
              .map(({ title }) => title)
              .join(', ')}.`}
            busy={props.case.more.status === 'measuring'}
            stale={columns().some(({ id }) => staleRegions(props.case).includes(id))}
          />
        )}
      </Index>
    </>
  );
}

function Status(props: { readonly case: CaseView; readonly engine: EngineView }): JSX.Element {
  return (
    <p class="section-note" aria-live="polite">
      <Switch>
        <Match when={props.case.metrics.status === 'measuring'}>
          {props.case.output ? 'Measuring…' : WAITING}
        </Match>
        <Match when={isStale(props.case)}>
          <span data-testid="stale-numbers">
            The mask has changed: these are the numbers of the one before, until it is measured.
          </span>
        </Match>
        <Match when={props.case.metrics.status === 'failed' && props.case.metrics}>
          {(failed) => <span class="failed">{failed().message}</span>}
        </Match>
        <Match when={measuredView(props.case)}>
          {(metrics) => <>{howMeasured(metrics(), props.engine)}</>}
        </Match>
      </Switch>
    </p>
  );
}

/** What became of the numbers beyond the RAIM set, where there is something to say. */
function MoreStatus(props: MetricsSectionProps): JSX.Element {
  return (
    <Switch>
      <Match when={props.case.more.status === 'failed' && props.case.more}>
        {(more) => <p class="section-note failed">{more().message}</p>}
      </Match>
      <Match when={props.case.more.status === 'cancelled'}>
        <p class="section-note">
          Not everything was measured.{' '}
          <button type="button" class="link" onClick={() => void props.model.commands.measureAll()}>
            Measure the rest
          </button>
        </p>
      </Match>
    </Switch>
  );
}

function NoReference(props: MetricsSectionProps): JSX.Element {
  return (
    <Show
      when={props.case.gt}
      fallback={
        <>
          <p class="section-note">
            Add the ground truth, the same picture well lit, and the output is measured against it.
          </p>
          <button type="button" class="button" onClick={props.onAddFile}>
            Add a ground truth
          </button>
        </>
      }
    >
      <p class="section-note">{WAITING}</p>
    </Show>
  );
}

/** Said of numbers that a device measured; nothing where they were checked. */
const DOUBTS: Readonly<Record<MeasuredView['checked'], string>> = {
  unchecked: ', whose numbers were not checked yet',
  checking: ', whose numbers are being checked',
  exact: '',
  failed: ', whose numbers were found to be off',
};

/** E.g. "Measured in 0.15 s by WGSL on Google SwiftShader (software)." */
function howMeasured(metrics: MeasuredView, engine: EngineView): string {
  // What was kept may have been measured on another adapter than today's.
  const adapter = metrics.fromCache ? null : (readyEngine(engine)?.info.adapter ?? null);
  const by =
    metrics.backend === 'wgsl'
      ? `WGSL${adapter ? ` on ${adapter}` : ''}${DOUBTS[metrics.checked]}`
      : 'the float64 reference on the CPU';
  return metrics.fromCache
    ? `From storage; measured by ${by}.`
    : `Measured in ${formatSeconds(metrics.seconds)} by ${by}.`;
}
