import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel, CaseView, OutputView } from '../../app/model.ts';
import { addressOf } from '../doors.ts';
import { engineFailure } from '../engine.ts';
import { StaleOutputs } from '../mask/StaleOutputs.tsx';
import type { Viewer } from '../viewer/viewer-state.ts';
import { MethodTable } from './MethodTable.tsx';
import { Runner } from './Runner.tsx';
import { lastRun } from './runs.ts';
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
      <StaleOutputs
        model={props.model}
        case={props.case}
        painting={props.viewer.mask.painting() === 'person'}
      />
      <Show when={props.case.output}>
        {(output) => <LastRun model={props.model} output={output()} />}
      </Show>
      <Switch>
        <Match when={engine().status === 'starting'}>
          <p class="section-note">Getting ready…</p>
        </Match>
        <Match when={engineFailure(engine())}>
          {(message) => <p class="section-note failed">{message()}</p>}
        </Match>
        <Match when={props.case.input}>
          <Runner model={props.model} case={props.case} />
        </Match>
      </Switch>
    </section>
  );
}

function LastRun(props: { readonly model: AppModel; readonly output: OutputView }): JSX.Element {
  const warnings = () =>
    props.output.origin.kind === 'restored' ? props.output.origin.warnings : [];
  return (
    <>
      <p class="section-note">{lastRun(props.output, props.model.state.methods)}</p>
      <For each={warnings()}>{(warning) => <p class="section-note warning">{warning}</p>}</For>
    </>
  );
}
