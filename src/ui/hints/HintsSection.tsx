import Crosshair from 'lucide-solid/icons/crosshair';
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel, CaseView, Findings, HintsView } from '../../app/model.ts';
import { HINTS } from '../../core/inspect/hints/registry.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import {
  againstText,
  type MeasuredHint,
  missingText,
  numberText,
  sortHints,
  thresholdText,
  valueText,
} from './hint-words.ts';
import './hints.css';

interface HintsProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
  readonly case: CaseView;
}

const WHAT =
  'Measurements that may point at a failure, each with what it was made from. None of them is a verdict.';

/** What the hints measured on the shown output; measured as long as the section is open. */
export function HintsSection(props: HintsProps): JSX.Element {
  const open = () => props.model.state.view.hints;
  return (
    <section class="section hints" aria-label="Hints" data-testid="hints">
      <div class="section-head">
        <h2 class="section-title">Hints</h2>
        <button
          type="button"
          class="link quiet"
          aria-expanded={open()}
          title="Hints (U)"
          data-testid="toggle-hints"
          onClick={() => props.viewer.toggleHints()}
        >
          {open() ? 'Hide' : 'Measure'}
        </button>
      </div>
      <Show when={open()}>
        <Body {...props} />
      </Show>
    </section>
  );
}

function Body(props: HintsProps): JSX.Element {
  const view = () => props.case.hints;
  const again = () => void props.model.commands.measureHints();
  return (
    <>
      <Switch fallback={<p class="section-note">Hints come with an output.</p>}>
        <Match when={view().status === 'measuring'}>
          <p class="section-note">
            Measuring… {Object.keys(findingsOf(view())).length} of {HINTS.length}
          </p>
        </Match>
        <Match when={failedOf(view())}>
          {(failed) => <Again text={failed().message} word="Try again" onAgain={again} failed />}
        </Match>
        <Match when={view().status === 'cancelled'}>
          <Again text="Not everything was measured." word="Measure the rest" onAgain={again} />
        </Match>
        <Match when={view().status === 'done'}>
          <p class="section-note" role="status">
            {WHAT}
          </p>
        </Match>
      </Switch>
      <Lists {...props} findings={findingsOf(view())} done={view().status === 'done'} />
    </>
  );
}

function Again(props: {
  readonly text: string;
  readonly word: string;
  readonly onAgain: () => void;
  readonly failed?: true;
}): JSX.Element {
  return (
    <p class="section-note">
      <span classList={{ failed: props.failed === true }}>{props.text}</span>{' '}
      <button type="button" class="link" onClick={props.onAgain}>
        {props.word}
      </button>
    </p>
  );
}

function Lists(
  props: HintsProps & { readonly findings: Findings; readonly done: boolean },
): JSX.Element {
  const sorted = () => sortHints(props.findings);
  return (
    <>
      <Show
        when={sorted().shown.length > 0}
        fallback={
          <Show when={props.done}>
            <p class="section-note">Nothing stands out.</p>
          </Show>
        }
      >
        <ul class="hint-list">
          <For each={sorted().shown}>{(one) => <Row {...props} one={one} />}</For>
        </ul>
      </Show>
      <Show when={sorted().quiet.length > 0}>
        <details class="more">
          <summary>Measured, nothing to show ({sorted().quiet.length})</summary>
          <ul class="hint-list">
            <For each={sorted().quiet}>{(one) => <Row {...props} one={one} />}</For>
          </ul>
        </details>
      </Show>
      <Show when={sorted().none.length > 0}>
        <details class="more">
          <summary>Not measured here ({sorted().none.length})</summary>
          <ul class="hint-list">
            <For each={sorted().none}>
              {(hint) => (
                <li class="hint-none" title={hint.definition}>
                  {hint.title}: {missingText(hint, props.case)}
                </li>
              )}
            </For>
          </ul>
        </details>
      </Show>
    </>
  );
}

function Row(props: HintsProps & { readonly one: MeasuredHint }): JSX.Element {
  const { hint, finding } = props.one;
  const facts = [thresholdText(hint), againstText(finding)].filter((text) => text !== null);
  return (
    <li class="hint-row" data-hint={hint.id} data-value={String(finding.value)}>
      <div class="hint-head">
        <span class="hint-title">{hint.title}</span>
        <span class="hint-value">{valueText(finding.value, hint.digits, hint.unit)}</span>
      </div>
      <button
        type="button"
        class="hint-evidence"
        title="Zoom to where it was measured"
        onClick={() => props.viewer.showSpot(finding.place)}
      >
        <Crosshair />
        <span class="hint-numbers">
          <For each={finding.numbers}>
            {(number) => (
              <span class="hint-number">
                <span>{number.title}</span> <span>{numberText(number)}</span>
              </span>
            )}
          </For>
        </span>
      </button>
      <details class="hint-definition">
        <summary>{facts.join(', ')}</summary>
        <p>{hint.definition}</p>
      </details>
    </li>
  );
}

const findingsOf = (view: HintsView): Findings => ('findings' in view ? view.findings : {});
const failedOf = (view: HintsView) => (view.status === 'failed' ? view : null);
