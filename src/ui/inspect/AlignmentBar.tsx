import { type JSX, Match, Show, Switch } from 'solid-js';
import type { AlignedWith, AlignmentView, AppModel, CaseView } from '../../app/model.ts';
import { type Alignment, SHIFT_LIMIT } from '../../core/inspect/alignment.ts';
import { comparedUnder, shiftText } from '../../core/inspect/shiftWords.ts';
import { minus } from '../format.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import './inspect.css';

interface AlignmentProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

type Done = Extract<AlignmentView, { status: 'done' }>;

const NAMES: Readonly<Record<AlignedWith, string>> = { gt: 'ground truth', input: 'input' };

/** Whether the output lies where its reference does, and a comparison under the shift if it does not. */
export function AlignmentBar(props: AlignmentProps): JSX.Element {
  const view = () => props.viewer.case()?.alignment;
  return (
    <Show when={props.viewer.aligning()}>
      <section class="map-bar alignment-bar" aria-label="Alignment" data-testid="alignment-bar">
        <span class="bar-note" role="status">
          <Switch fallback="Nothing to lay over each other: there must be an output, and a ground truth or an input.">
            <Match when={view()?.status === 'checking'}>Looking for a shift…</Match>
            <Match when={failedOf(view())}>{(failed) => <>{failed().message}</>}</Match>
            <Match when={doneOf(view())}>{(done) => <>{sentenceOf(done())}</>}</Match>
          </Switch>
        </span>
        <Show when={props.viewer.case()}>{(item) => <Choice {...props} case={item()} />}</Show>
        <button type="button" class="tool-text" onClick={() => props.viewer.setAligning(false)}>
          Done
        </button>
      </section>
    </Show>
  );
}

/** Compares under the shift that was found, and back. */
function Choice(props: AlignmentProps & { readonly case: CaseView }): JSX.Element {
  const found = () => {
    const done = doneOf(props.case.alignment);
    return done?.against === 'gt' ? done.found : null;
  };
  return (
    <Show
      when={props.case.shift}
      fallback={
        <Show when={isShift(found()) && found()}>
          {(shift) => (
            <button
              type="button"
              class="button small"
              data-testid="compare-shifted"
              onClick={() => void props.model.commands.setShift({ dx: shift().dx, dy: shift().dy })}
            >
              Compare shifted by {shiftText(shift())}
            </button>
          )}
        </Show>
      }
    >
      <button
        type="button"
        class="button small"
        onClick={() => void props.model.commands.setShift(null)}
      >
        Compare as they are
      </button>
    </Show>
  );
}

/** Under the numbers: that the output seems shifted, or under which shift they were measured. */
export function AlignmentNote(props: {
  readonly case: CaseView;
  readonly commands: AppModel['commands'];
  readonly onLook: () => void;
}): JSX.Element {
  const suspect = () => {
    const done = doneOf(props.case.alignment);
    return done?.confident && done.against === 'gt' && isShift(done.found) ? done.found : null;
  };
  const under = () => {
    const { shift, gt, output } = props.case;
    return shift && gt && output ? comparedUnder(shift, gt, output.picture) : null;
  };
  return (
    <Switch>
      <Match when={under()}>
        {(words) => (
          <p class="section-note" data-testid="shifted">
            <span class="badge">shifted</span> Output {words()}.{' '}
            <button type="button" class="link" onClick={() => void props.commands.setShift(null)}>
              Compare as they are
            </button>
          </p>
        )}
      </Match>
      <Match when={suspect()}>
        {(shift) => (
          <p class="section-note" data-testid="seems-shifted">
            The output seems shifted by {shiftText(shift())}.{' '}
            <button type="button" class="link" onClick={props.onLook}>
              Look at it
            </button>
          </p>
        )}
      </Match>
    </Switch>
  );
}

const doneOf = (view: AlignmentView | undefined): Done | null =>
  view?.status === 'done' ? view : null;
const failedOf = (view: AlignmentView | undefined) => (view?.status === 'failed' ? view : null);

const isShift = (found: Alignment | null): boolean =>
  found !== null && (found.dx !== 0 || found.dy !== 0);

function sentenceOf({ found, against }: Done): string {
  const name = NAMES[against];
  if (found === null) {
    return `No shift between output and ${name} stands out within ${SHIFT_LIMIT} pixels.`;
  }
  const share = (value: number) => minus(value.toFixed(2));
  const facts = `Correlation ${share(found.correlation)}`;
  const confidence = `confidence ${share(found.confidence)}`;
  if (!isShift(found)) return `Output and ${name} lie in one place. ${facts}, ${confidence}.`;
  // Small shifts are found on patches, of which the reduced pictures show nothing.
  const tells = found.unshifted !== null && share(found.unshifted) !== share(found.correlation);
  const asIs = tells ? ` (${share(found.unshifted ?? 0)} as they are)` : '';
  return `The output is likely shifted by ${shiftText(found)} px against the ${name}. ${facts}${asIs}, ${confidence}.`;
}
