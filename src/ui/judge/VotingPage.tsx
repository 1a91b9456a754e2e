import { createEffect, type JSX, Match, on, onCleanup, onMount, Show, Switch } from 'solid-js';
import type { JudgeModel, VotingView } from '../../app/judge/model.ts';
import { ProgressBar } from '../common/ProgressBar.tsx';
import { Questions } from './Questions.tsx';
import { VotingDone, VotingLocked } from './VotingEnd.tsx';
import { VotingKeys } from './VotingKeys.tsx';
import { VotingPanes } from './VotingPanes.tsx';
import { VotingInstruments, VotingTools } from './VotingTools.tsx';
import { createVotingKeyboard } from './voting-keyboard.ts';
import { createVotingDesk, type VotingDesk } from './voting-state.ts';
import '../viewer/viewer.css';
import '../viewer/split.css';
import '../viewer/toolbar.css';
import './answers.css';
import './voting.css';

interface VotingPageProps {
  readonly judge: JudgeModel;
  readonly voting: VotingView;
  /** Whether keys that type a character are switched on. */
  readonly characterKeys: boolean;
  /** Leaves the page; the votes so far are kept. */
  readonly onLeave: () => void;
  /** Tries again to vote where another tab does. */
  readonly onRetry: () => void;
}

/** Voting, with nothing on screen but pictures, questions and how far it is. */
export function VotingPage(props: VotingPageProps): JSX.Element {
  const desk = createVotingDesk(props.judge, () => props.voting);
  createVotingKeyboard(desk, () => props.characterKeys);
  createDropGuard();
  let page: HTMLElement | undefined;
  onMount(() => page?.focus({ preventScroll: true }));
  const leave = async () => {
    await desk.stop();
    props.onLeave();
  };
  return (
    <section
      ref={page}
      class="voting"
      classList={{ rates: props.voting.protocol.shows === 'one' }}
      tabindex="-1"
      aria-label="Voting"
      data-testid="voting"
      data-index={props.voting.index}
    >
      <h1 class="visually-hidden">Voting</h1>
      <Show when={desk.help()}>
        <VotingKeys onClose={() => desk.setHelp(false)} />
      </Show>
      <VotingTop desk={desk} onStop={() => void leave()} />
      <Switch>
        <Match when={props.voting.locked}>
          <VotingLocked onRetry={props.onRetry} />
        </Match>
        <Match when={props.voting.item === null}>
          <VotingDone {...props} onBack={() => void desk.back()} onLeave={() => void leave()} />
        </Match>
        <Match when={true}>
          <Stage desk={desk} />
          <Dock desk={desk} />
        </Match>
      </Switch>
    </section>
  );
}

/** The pictures, and beneath them what they are looked at with. */
function Stage(props: { readonly desk: VotingDesk }): JSX.Element {
  const margin = () => props.desk.margin();
  return (
    <div
      class="stage voting-stage"
      style={{ '--margin-x': `${margin().x}px`, '--margin-y': `${margin().y}px` }}
    >
      <div class="voting-pictures">
        <VotingPanes desk={props.desk} />
      </div>
      <VotingInstruments desk={props.desk} />
      <VotingTools desk={props.desk} />
    </div>
  );
}

/** A file let go over the page must not take its place: browsers open what nobody takes. */
function createDropGuard(): void {
  const refuse = (event: DragEvent) => event.preventDefault();
  onMount(() => {
    window.addEventListener('dragover', refuse);
    window.addEventListener('drop', refuse);
  });
  onCleanup(() => {
    window.removeEventListener('dragover', refuse);
    window.removeEventListener('drop', refuse);
  });
}

function VotingTop(props: { readonly desk: VotingDesk; readonly onStop: () => void }): JSX.Element {
  const voting = () => props.desk.voting();
  return (
    <div class="voting-top">
      <p class="voting-place" role="status">
        {voting().item === null ? 'Done' : `${voting().index + 1} of ${voting().total}`}
        <Show when={voting().item?.kind === 'training'}>
          <span class="voting-training">
            Training<span class="spare">: this answer does not count</span>
          </span>
        </Show>
      </p>
      <ProgressBar
        label="Progress"
        neutral
        fraction={voting().total === 0 ? 0 : voting().index / voting().total}
      />
      <Show when={voting().secondsLeft !== null && voting().item !== null}>
        <p class="voting-seconds" role="timer">
          {voting().secondsLeft} s left
        </p>
      </Show>
      <Show when={voting().skipped > 0}>
        <p class="voting-skipped">{voting().skipped} skipped</p>
      </Show>
      <button type="button" class="button" onClick={() => props.onStop()}>
        Stop
      </button>
      <Show when={!voting().lasts}>
        <p class="voting-lost" role="status">
          This browser keeps nothing once the page is closed (a private window, perhaps): save your
          votes before you leave.
        </p>
      </Show>
    </div>
  );
}

function Dock(props: { readonly desk: VotingDesk }): JSX.Element {
  let dock: HTMLDivElement | undefined;
  // On a small screen the question in hand may lie outside of what is seen.
  createEffect(
    on(props.desk.at, () =>
      dock?.querySelector('.question.current')?.scrollIntoView({ block: 'nearest' }),
    ),
  );
  return (
    <div class="voting-dock" ref={dock}>
      <Questions desk={props.desk} />
      <p class="voting-hint" role="status">
        {props.desk.hint()}
      </p>
      <div class="voting-actions">
        <button
          type="button"
          class="button large"
          disabled={props.desk.voting().index === 0}
          onClick={() => void props.desk.back()}
        >
          Back <Key cap="PgUp" />
        </button>
        <button type="button" class="button large" onClick={() => void props.desk.skip()}>
          Skip <Key cap="S" />
        </button>
        <button
          type="button"
          class="button large voting-next"
          onClick={() => void props.desk.next()}
        >
          Next <Key cap="Enter" />
        </button>
      </div>
    </div>
  );
}

/** The key that does the same, for eyes alone: screen readers have their own way of telling. */
function Key(props: { readonly cap: string }): JSX.Element {
  return (
    <span class="answer-keys" aria-hidden="true">
      <kbd>{props.cap}</kbd>
    </span>
  );
}
