import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { AppModel, ContractChange, MethodId, MethodView } from '../../app/model.ts';
import { Said } from '../common/Said.tsx';
import { addressOf } from '../doors.ts';
import { confirmation, guessWords, suggestions } from '../models/contract.ts';
import type { Viewer } from './viewer-state.ts';
import './guess-bar.css';

interface GuessBarProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

/**
 * Over the pictures while the output of a user's network is looked at whose file left things open:
 * what was guessed, and one click for each thing it may be instead.
 */
export function GuessBar(props: GuessBarProps): JSX.Element {
  const [accepted, setAccepted] = createSignal<ReadonlySet<MethodId>>(new Set<MethodId>());
  const method = createMemo<MethodView | null>(() => {
    const id = props.viewer.case()?.shownMethod ?? null;
    const found = props.model.state.methods.find((candidate) => candidate.id === id);
    if (found?.kind !== 'user-model' || accepted().has(found.id)) return null;
    return suggestions(found).length > 0 ? found : null;
  });
  const accept = (guessed: MethodView) => {
    setAccepted(new Set(accepted()).add(guessed.id));
    void props.model.commands.changeContract(guessed.id, confirmation(guessed));
  };
  const said = () => {
    const guessed = method();
    return guessed && `${guessed.title}, guessed: ${guessWords(guessed)}`;
  };
  const bar = (
    <Show when={method()}>
      {(guessed) => (
        <Guesses
          method={guessed()}
          busy={props.model.state.job?.methodId === guessed().id}
          onChange={(change) => void props.model.commands.changeContract(guessed().id, change)}
          onAccept={() => accept(guessed())}
        />
      )}
    </Show>
  );
  return (
    <>
      <Said>{said()}</Said>
      {bar}
    </>
  );
}

function Guesses(props: {
  readonly method: MethodView;
  readonly busy: boolean;
  readonly onChange: (change: ContractChange) => void;
  readonly onAccept: () => void;
}): JSX.Element {
  return (
    <section class="guess-bar" aria-label="Guesses" data-testid="guess-bar">
      <p class="guess-words">
        <a class="link guess-model" href={addressOf('models', props.method.id)}>
          {props.method.title}
        </a>{' '}
        Guessed: {guessWords(props.method)}.{' '}
        <button type="button" class="link guess-right" onClick={() => props.onAccept()}>
          Looks right
        </button>
      </p>
      <div class="guess-choices">
        <span>Looks wrong?</span>
        <For each={suggestions(props.method)}>
          {({ label, change }) => (
            <button
              type="button"
              class="button small"
              disabled={props.busy}
              onClick={() => props.onChange(change)}
            >
              {label}
            </button>
          )}
        </For>
      </div>
    </section>
  );
}
