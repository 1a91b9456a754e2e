import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel, CaseView, OutputView } from '../../app/model.ts';
import { engineFailure, type ModelEntry, readyEngine } from '../engine.ts';
import { formatBytes, formatCount, formatSeconds } from '../format.ts';

interface ModelSectionProps {
  readonly model: AppModel;
  readonly case: CaseView;
}

/** The network: what it is, how it was trained, what it last did, and the button that runs it. */
export function ModelSection(props: ModelSectionProps): JSX.Element {
  const engine = () => props.model.state.engine;
  return (
    <section class="section model" aria-label="Model">
      <h2 class="section-title">Model</h2>
      <Switch>
        <Match when={engine().status === 'starting'}>
          <p class="section-note">Getting ready…</p>
        </Match>
        <Match when={engineFailure(engine())}>
          {(message) => <p class="section-note failed">{message()}</p>}
        </Match>
        <Match when={readyEngine(engine())}>
          {(state) => <Chosen {...props} models={state().models} />}
        </Match>
      </Switch>
    </section>
  );
}

function Chosen(
  props: ModelSectionProps & { readonly models: readonly ModelEntry[] },
): JSX.Element {
  const chosen = () =>
    props.models.find((entry) => entry.id === props.model.state.selectedModelId) ?? null;
  return (
    <>
      <Show when={props.models.length > 1}>
        <select
          class="select"
          aria-label="Model"
          value={props.model.state.selectedModelId ?? ''}
          onChange={(event) => props.model.commands.selectModel(event.currentTarget.value)}
        >
          <For each={props.models}>
            {(entry) => (
              <option value={entry.id} selected={entry.id === props.model.state.selectedModelId}>
                {entry.title}
              </option>
            )}
          </For>
        </select>
      </Show>
      <Show when={chosen()}>
        {(entry) => <ModelCard entry={entry()} single={props.models.length === 1} />}
      </Show>
      <Show when={props.case.output}>{(output) => <LastRun output={output()} />}</Show>
      <Show when={props.case.input}>
        <button
          type="button"
          class="button"
          disabled={props.model.state.job !== null || chosen() === null}
          onClick={() => void props.model.commands.restore()}
        >
          {props.case.output ? 'Restore again' : 'Restore'}
        </button>
      </Show>
    </>
  );
}

function ModelCard(props: { readonly entry: ModelEntry; readonly single: boolean }): JSX.Element {
  return (
    <>
      <Show when={props.single}>
        <p class="model-title">{props.entry.title}</p>
      </Show>
      <p class="model-facts">
        {formatCount(props.entry.parameters)} parameters · {formatBytes(props.entry.bytes)} ·{' '}
        {props.entry.licence}
      </p>
      <details class="more">
        <summary>How it was trained</summary>
        <p>{props.entry.training}</p>
        <dl class="facts">
          <For each={Object.entries(props.entry.scores)}>
            {([name, value]) => (
              <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            )}
          </For>
        </dl>
      </details>
    </>
  );
}

function LastRun(props: { readonly output: OutputView }): JSX.Element {
  const sentence = (): string => {
    const { origin } = props.output;
    if (origin.kind === 'dropped') return 'This output is a file of yours.';
    const provider = origin.settings.provider === 'webgpu' ? 'WebGPU' : 'WASM';
    const tiles = origin.tiles === 1 ? 'one piece' : `${origin.tiles} tiles`;
    const how = `${formatSeconds(origin.seconds)} on ${provider}, in ${tiles}`;
    return origin.fromCache
      ? `From storage; ${origin.modelTitle} made it in ${how}.`
      : `Restored by ${origin.modelTitle} in ${how}.`;
  };
  return <p class="section-note">{sentence()}</p>;
}
