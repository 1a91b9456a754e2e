import Play from 'lucide-solid/icons/play';
import { createEffect, createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel, CaseView, MethodId, MethodView } from '../../app/model.ts';
import { EachById } from '../common/EachById.tsx';
import { IconButton } from '../common/IconButton.tsx';
import { addressOf } from '../doors.ts';
import { formatSeconds } from '../format.ts';
import { type RunState, runState } from './runs.ts';

interface RunnerProps {
  readonly model: AppModel;
  readonly case: CaseView;
}

type Ids = ReadonlySet<MethodId>;
const NONE: Ids = new Set();

/** Networks and LUTs to choose from, and the baselines that take one click. */
export function Runner(props: RunnerProps): JSX.Element {
  const [chosen, setChosen] = createSignal<Ids>(NONE);
  const [asked, setAsked] = createSignal<Ids>(NONE);
  const state = () => props.model.state;
  const ready = () => state().methods.filter(({ status }) => status.status === 'ready');
  const listed = () => state().methods.filter(({ kind }) => kind !== 'classical');
  const baselines = () => ready().filter(({ kind }) => kind === 'classical');
  const toRun = () =>
    ready()
      .map(({ id }) => id)
      .filter((id) => chosen().has(id));
  const stateOf = (method: MethodView) => runState(state(), props.case, method, asked());
  // What ran has had its turn, and nothing waits any more once nothing is done.
  createEffect(() => {
    const running = ready().find((method) => stateOf(method) === 'running')?.id;
    const over = state().job === null && state().waiting === 0;
    setAsked((before) => {
      if (over) return NONE;
      return running && before.has(running)
        ? new Set([...before].filter((id) => id !== running))
        : before;
    });
  });
  const run = async (ids: readonly MethodId[]) => {
    setChosen(NONE);
    await props.model.commands.runMethods(ids);
    if (state().job) setAsked((before) => new Set([...before, ...ids]));
  };
  const choose = (id: MethodId, on: boolean) => {
    const others = [...chosen()].filter((other) => other !== id);
    setChosen(new Set(on ? [...others, id] : others));
  };
  return (
    <>
      <ul class="run-list" aria-label="Methods to run">
        <EachById each={listed()}>
          {(method) => (
            <RunRow
              {...props}
              method={method()}
              state={stateOf(method())}
              chosen={chosen().has(method().id)}
              onChoose={(on) => choose(method().id, on)}
              onRun={() => void run([method().id])}
            />
          )}
        </EachById>
      </ul>
      <Show when={toRun().length > 1}>
        <button type="button" class="button" onClick={() => void run(toRun())}>
          <Play /> Run {toRun().length} methods
        </button>
      </Show>
      <fieldset class="baselines">
        <legend class="section-note">Baselines</legend>
        <EachById each={baselines()}>
          {(method) => (
            <button
              type="button"
              class="button small"
              title={method().sentence ?? method().title}
              data-method={method().id}
              aria-busy={stateOf(method()) === 'running'}
              onClick={() => void run([method().id])}
            >
              {method().title}
            </button>
          )}
        </EachById>
      </fieldset>
    </>
  );
}

interface RunRowProps extends RunnerProps {
  readonly method: MethodView;
  readonly state: RunState;
  readonly chosen: boolean;
  readonly onChoose: (on: boolean) => void;
  readonly onRun: () => void;
}

function RunRow(props: RunRowProps): JSX.Element {
  const usable = () => props.method.status.status === 'ready';
  return (
    <li class="run-row" data-method={props.method.id} data-state={props.state}>
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
      <span class="run-note">
        <RunNote {...props} />
      </span>
      <IconButton
        label={`Run ${props.method.title}`}
        disabled={!usable() || props.state === 'running'}
        onClick={() => props.onRun()}
      >
        <Play />
      </IconButton>
    </li>
  );
}

/** Where the method stands with this case: running, done in so many seconds, or not to be used. */
function RunNote(props: RunRowProps): JSX.Element {
  const percent = () => {
    const { job } = props.model.state;
    return job && job.total > 1 ? `${Math.round((100 * job.done) / job.total)} %` : 'running';
  };
  const seconds = () => {
    const found = props.case.methods.find(({ methodId }) => methodId === props.method.id);
    const origin = found?.output.origin;
    return origin?.kind === 'restored' ? formatSeconds(origin.seconds) : '';
  };
  return (
    <Switch>
      <Match when={props.state === 'running'}>{percent()}</Match>
      <Match when={props.state === 'waiting'}>waits</Match>
      <Match when={props.state === 'opening'}>opening…</Match>
      <Match when={props.state === 'failed'}>
        <a class="link" href={addressOf('models', props.method.id)}>
          cannot be used
        </a>
      </Match>
      <Match when={props.state === 'done'}>{seconds()}</Match>
    </Switch>
  );
}
