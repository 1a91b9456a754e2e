import Play from 'lucide-solid/icons/play';
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel, CaseView, MethodId, MethodView, OutputView } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { addressOf } from '../doors.ts';
import { engineFailure } from '../engine.ts';
import { formatSeconds } from '../format.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import { MethodTable } from './MethodTable.tsx';
import { lastRun, runState } from './runs.ts';
import './methods.css';

interface MethodsSectionProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
  readonly case: CaseView;
}

/** What can be run over the case, what each method made of it, and which of them is looked at. */
export function MethodsSection(props: MethodsSectionProps): JSX.Element {
  const engine = () => props.model.state.engine;
  return (
    <section class="section methods" aria-label="Methods" data-testid="methods">
      <div class="section-head">
        <h2 class="section-title">Methods</h2>
        <a class="link quiet section-link" href={addressOf('models')}>
          Model cards
        </a>
      </div>
      <Show when={props.case.methods.length > 1}>
        <MethodTable model={props.model} viewer={props.viewer} case={props.case} />
      </Show>
      <Show when={props.case.output}>{(output) => <LastRun output={output()} />}</Show>
      <Switch>
        <Match when={engine().status === 'starting'}>
          <p class="section-note">Getting ready…</p>
        </Match>
        <Match when={engineFailure(engine())}>
          {(message) => <p class="section-note failed">{message()}</p>}
        </Match>
        <Match when={props.case.input}>
          <Runner {...props} />
        </Match>
      </Switch>
    </section>
  );
}

function LastRun(props: { readonly output: OutputView }): JSX.Element {
  const warnings = () =>
    props.output.origin.kind === 'restored' ? props.output.origin.warnings : [];
  return (
    <>
      <p class="section-note">{lastRun(props.output)}</p>
      <For each={warnings()}>{(warning) => <p class="section-note warning">{warning}</p>}</For>
    </>
  );
}

/** Networks and LUTs to choose from, and the baselines that take one click. */
function Runner(props: MethodsSectionProps): JSX.Element {
  const [chosen, setChosen] = createSignal<ReadonlySet<MethodId>>(new Set<MethodId>());
  const ready = () => props.model.state.methods.filter(({ status }) => status.status === 'ready');
  const listed = () => props.model.state.methods.filter(({ kind }) => kind !== 'classical');
  const baselines = () => ready().filter(({ kind }) => kind === 'classical');
  const toRun = () =>
    ready()
      .map(({ id }) => id)
      .filter((id) => chosen().has(id));
  const run = (ids: readonly MethodId[]) => {
    setChosen(new Set<MethodId>());
    void props.model.commands.runMethods(ids);
  };
  const choose = (id: MethodId, on: boolean) => {
    const next = new Set(chosen());
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <>
      <ul class="run-list" aria-label="Methods to run">
        <For each={listed()}>
          {(method) => (
            <RunRow
              {...props}
              method={method}
              chosen={chosen().has(method.id)}
              onChoose={(on) => choose(method.id, on)}
              onRun={() => run([method.id])}
            />
          )}
        </For>
      </ul>
      <Show when={toRun().length > 1}>
        <button type="button" class="button" onClick={() => run(toRun())}>
          <Play /> Run {toRun().length} methods
        </button>
      </Show>
      <fieldset class="baselines">
        <legend class="section-note">Baselines</legend>
        <For each={baselines()}>
          {(method) => (
            <button
              type="button"
              class="button small"
              title={method.sentence ?? method.title}
              data-method={method.id}
              aria-busy={runState(props.model.state, props.case, method) === 'running'}
              onClick={() => run([method.id])}
            >
              {method.title}
            </button>
          )}
        </For>
      </fieldset>
    </>
  );
}

function RunRow(
  props: MethodsSectionProps & {
    readonly method: MethodView;
    readonly chosen: boolean;
    readonly onChoose: (on: boolean) => void;
    readonly onRun: () => void;
  },
): JSX.Element {
  const usable = () => props.method.status.status === 'ready';
  const state = () => runState(props.model.state, props.case, props.method);
  return (
    <li class="run-row" data-method={props.method.id} data-state={state()}>
      <label class="run-choice">
        <input
          type="checkbox"
          checked={props.chosen}
          disabled={!usable()}
          onChange={(event) => props.onChoose(event.currentTarget.checked)}
        />
        <span class="run-title" title={props.method.title}>
          {props.method.title}
        </span>
      </label>
      <span class="run-note" classList={{ failed: state() === 'failed' }}>
        <RunNote {...props} />
      </span>
      <IconButton
        label={`Run ${props.method.title}`}
        disabled={!usable() || state() === 'running'}
        onClick={() => props.onRun()}
      >
        <Play />
      </IconButton>
    </li>
  );
}

/** Where the method stands with this case: running, done in so many seconds, or not to be used. */
function RunNote(props: MethodsSectionProps & { readonly method: MethodView }): JSX.Element {
  const state = () => runState(props.model.state, props.case, props.method);
  const job = () => props.model.state.job;
  const percent = () => {
    const now = job();
    return now && now.total > 1 ? `${Math.round((100 * now.done) / now.total)} %` : 'running';
  };
  const seconds = () => {
    const found = props.case.methods.find(({ methodId }) => methodId === props.method.id);
    const origin = found?.output.origin;
    return origin?.kind === 'restored' ? formatSeconds(origin.seconds) : '';
  };
  return (
    <Switch>
      <Match when={state() === 'running'}>{percent()}</Match>
      <Match when={state() === 'opening'}>opening…</Match>
      <Match when={state() === 'failed'}>
        <a class="link" href={addressOf('models', props.method.id)}>
          cannot be used
        </a>
      </Match>
      <Match when={state() === 'done'}>{seconds()}</Match>
    </Switch>
  );
}
