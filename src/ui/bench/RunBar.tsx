import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { unwrap } from 'solid-js/store';
import type { BenchMetricSet, BenchModel, BenchRunView } from '../../app/bench/model.ts';
import type { MethodView } from '../../app/model.ts';
import { PickMenu } from '../common/PickMenu.tsx';
import { ProgressBar } from '../common/ProgressBar.tsx';
import { Said } from '../common/Said.tsx';
import { Segmented } from '../common/Segmented.tsx';
import { formatExact, fractionDone } from '../format.ts';
import { automaticMasks, progressWords, unmeasured } from './run-words.ts';

const SETS: readonly { readonly value: BenchMetricSet; readonly label: string; title: string }[] = [
  { value: 'raim', label: 'RAIM', title: 'The metrics of the RAIM 2026 score' },
  { value: 'all', label: 'All', title: 'All full-reference metrics' },
  { value: 'all-and-niqe', label: 'All + NIQE', title: 'NIQE runs on the CPU and takes longest' },
];

interface RunBarProps {
  readonly bench: BenchModel;
  readonly methods: readonly MethodView[];
  /** Whether there is a network that finds people. */
  readonly findsPeople: boolean;
}

/** What is measured, and how far it is. */
export function RunBar(props: RunBarProps): JSX.Element {
  const { state, commands } = props.bench;
  const busy = () => state.run.status === 'running' || state.run.status === 'paused';
  // By the thousand: read without the store's bookkeeping.
  const left = () => unmeasured(unwrap(state.cases), unwrap(state.table));
  return (
    <section class="run-bar" aria-label="Measuring">
      <div class="controls">
        <Segmented
          label="Metrics"
          name="bench-metrics"
          options={SETS}
          value={state.metricSet}
          disabled={busy()}
          onChange={(set) => void commands.setMetricSet(set)}
        />
        <button
          type="button"
          class="button primary"
          data-testid="bench-measure"
          disabled={busy() || state.methods.length === 0}
          onClick={() => void commands.measure()}
        >
          Measure
        </button>
        <Show when={!busy() && left() > 0}>
          <p class="run-facts" data-testid="bench-unmeasured">
            {formatExact(left())} {left() === 1 ? 'output' : 'outputs'} not measured
          </p>
        </Show>
        <Show when={!busy()}>
          <RunMenu {...props} />
          <Show when={props.findsPeople}>
            <MakeMasks bench={props.bench} />
          </Show>
        </Show>
      </div>
      <Show when={state.run.status !== 'idle'}>
        <RunLine bench={props.bench} run={state.run} />
      </Show>
    </section>
  );
}

/** Masks for the cases that have none; what was measured without them is then measured anew. */
function MakeMasks(props: Pick<RunBarProps, 'bench'>): JSX.Element {
  const { state, commands } = props.bench;
  const lacking = createMemo(() => unwrap(state.cases).filter(({ mask }) => mask === null).length);
  const automatic = () => automaticMasks(unwrap(state.cases), state.files);
  const makeAndMeasure = async () => {
    const before = automatic();
    await commands.makeMasks();
    if (state.run.status === 'done' && automatic() > before) await commands.measure();
  };
  return (
    <>
      <Show when={lacking() > 0}>
        <button
          type="button"
          class="button"
          data-testid="bench-make-masks"
          title="A network finds the person; these masks are marked as automatic"
          onClick={() => void makeAndMeasure()}
        >
          Make {formatExact(lacking())} {lacking() === 1 ? 'person mask' : 'person masks'}
        </button>
      </Show>
      <Show when={automatic() > 0}>
        <p class="run-facts" data-testid="bench-automatic-masks">
          {formatExact(automatic())} automatic {automatic() === 1 ? 'mask' : 'masks'}
        </p>
      </Show>
    </>
  );
}

function RunMenu(props: RunBarProps): JSX.Element {
  const { state, commands } = props.bench;
  /** A method that has just run has no numbers yet. */
  const runAndMeasure = async (id: string) => {
    await commands.runMethod(id);
    if (state.run.status === 'done') await commands.measure();
  };
  const ready = () => props.methods.filter(({ status }) => status.status === 'ready');
  return (
    <Show when={ready().length > 0}>
      <PickMenu
        label="Run over all inputs"
        first="a method"
        action="Run"
        options={ready().map(({ id, title }) => ({ value: id, label: title }))}
        onChoose={(id) => void runAndMeasure(id)}
      />
    </Show>
  );
}

function RunLine(props: { readonly bench: BenchModel; readonly run: BenchRunView }): JSX.Element {
  const { commands } = props.bench;
  const active = () => props.run.status === 'running' || props.run.status === 'paused';
  return (
    <div class="run-line" data-testid="bench-run" data-status={props.run.status}>
      {/* Said once a run, not once a picture. */}
      <Said>
        {props.run.label} {props.run.status}
      </Said>
      <Show when={active()}>
        <ProgressBar
          fraction={fractionDone(props.run.done, props.run.total)}
          label={props.run.label}
          neutral
        />
      </Show>
      <div class="run-row">
        <p class="run-words">
          <span>{props.run.label}</span> <span class="run-facts">{progressWords(props.run)}</span>
        </p>
        <Show when={active()}>
          <Show
            when={props.run.status === 'paused'}
            fallback={
              <button type="button" class="button small" onClick={() => commands.pause()}>
                Pause
              </button>
            }
          >
            <button type="button" class="button small" onClick={() => commands.resume()}>
              Resume
            </button>
          </Show>
          <button type="button" class="button small" onClick={() => commands.cancel()}>
            Cancel
          </button>
        </Show>
      </div>
      <Failures run={props.run} />
    </div>
  );
}

/** So many failures are listed; the rest is counted. */
const LISTED = 100;

function Failures(props: { readonly run: BenchRunView }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const count = () => props.run.failures.length;
  return (
    <Show when={count() > 0}>
      <details
        class="fold"
        data-testid="bench-failures"
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary class="failed">
          {formatExact(count())} could not be measured; everything else went on
        </summary>
        <Show when={open()}>
          <ul class="findings">
            <For each={props.run.failures.slice(0, LISTED)}>
              {({ message }) => <li>{message}</li>}
            </For>
            <Show when={count() > LISTED}>
              <li>and {formatExact(count() - LISTED)} more</li>
            </Show>
          </ul>
        </Show>
      </details>
    </Show>
  );
}
