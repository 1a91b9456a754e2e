import { type JSX, Match, Show, Switch } from 'solid-js';
import type { CaseView, EngineView, MetricsView } from '../../app/model.ts';
import { readyEngine } from '../engine.ts';
import { formatSeconds } from '../format.ts';
import { MetricsTable } from './MetricsTable.tsx';
import './metrics.css';

interface MetricsSectionProps {
  readonly case: CaseView;
  readonly engine: EngineView;
  readonly onAddFile: () => void;
}

const WAITING = 'The numbers appear as soon as there is an output.';

type Done = Extract<MetricsView, { status: 'done' }>;

/** The numbers, or the sentence that says why there are none. */
export function MetricsSection(props: MetricsSectionProps): JSX.Element {
  const done = (): Done | null =>
    props.case.metrics.status === 'done' ? props.case.metrics : null;
  return (
    <section class="section metrics" aria-label="Metrics">
      <h2 class="section-title">Metrics</h2>
      <Show
        when={props.case.metrics.status !== 'no-reference'}
        fallback={<NoReference {...props} />}
      >
        <MetricsTable
          values={done()?.values ?? null}
          inputValues={done()?.inputValues ?? null}
          hasMask={props.case.mask !== null}
          busy={props.case.metrics.status === 'measuring'}
        />
        <p class="section-note" aria-live="polite">
          <Switch>
            <Match when={props.case.metrics.status === 'measuring'}>
              {props.case.output ? 'Measuring…' : WAITING}
            </Match>
            <Match when={props.case.metrics.status === 'failed' && props.case.metrics}>
              {(failed) => <span class="failed">{failed().message}</span>}
            </Match>
            <Match when={done()}>{(metrics) => howMeasured(metrics(), props.engine)}</Match>
          </Switch>
        </p>
      </Show>
    </section>
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

/** E.g. "Measured in 0.15 s by WGSL on Google SwiftShader (software)." */
function howMeasured(metrics: Done, engine: EngineView): string {
  const adapter = readyEngine(engine)?.info.adapter ?? null;
  const by =
    metrics.backend === 'wgsl'
      ? `WGSL${adapter ? ` on ${adapter}` : ''}`
      : 'the float64 reference on the CPU';
  return metrics.fromCache
    ? `From storage; measured by ${by}.`
    : `Measured in ${formatSeconds(metrics.seconds)} by ${by}.`;
}
