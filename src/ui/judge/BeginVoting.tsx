import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import type { StudyView } from '../../app/judge/model.ts';
import type { Conditions } from '../../core/judge/votes.ts';
import { CONDITION_QUESTIONS, UNASKED, UNSTATED } from './conditions.ts';

const LASTS =
  'You can stop at any time and go on later under the same name. Your answers stay in this browser until you save them.';
const DOES_NOT_LAST =
  'This browser keeps nothing once the page is closed (a private window, perhaps): save your votes before you leave.';

/** Who votes, under which conditions, and whether they agree: asked once, before the first picture. */
export function BeginVoting(props: {
  readonly study: StudyView;
  readonly onBegin: (rater: string, conditions: Conditions) => Promise<void>;
}): JSX.Element {
  const [rater, setRater] = createSignal('');
  const [agreed, setAgreed] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [conditions, setConditions] = createSignal<Conditions>(UNASKED);
  const known = () =>
    props.study.raters.find(({ here, name }) => here && name === rater().trim()) ?? null;
  const able = () => rater().trim() !== '' && (agreed() || props.study.consent === '') && !busy();
  const begin = async () => {
    setBusy(true);
    await props.onBegin(rater().trim(), conditions()).finally(() => setBusy(false));
  };
  return (
    <form
      class="begin"
      aria-label="Begin to vote"
      onSubmit={(event) => {
        event.preventDefault();
        if (able()) void begin();
      }}
    >
      <p class="instructions">{props.study.protocol.instructions}</p>
      <div class="form-grid">
        <NameField value={rater()} onInput={setRater} />
        <Show when={known() === null}>
          <For each={CONDITION_QUESTIONS}>
            {(question) => (
              <ConditionField
                {...question}
                onChange={(value) => setConditions({ ...conditions(), [question.id]: value })}
              />
            )}
          </For>
        </Show>
      </div>
      <Show when={known()}>
        {(own) => (
          <p role="status">
            {own().name} has voted in this browser: you go on at {own().done} of {own().total}. If
            that was somebody else, take another name.
          </p>
        )}
      </Show>
      <Show when={props.study.consent !== ''}>
        <Consent text={props.study.consent} agreed={agreed()} onChange={setAgreed} />
      </Show>
      <div class="form-actions">
        <button
          type="submit"
          class="button primary large"
          data-testid="begin-voting"
          disabled={!able()}
        >
          {known() === null ? 'Begin' : 'Go on'}
        </button>
        <p class="section-note">{props.study.lasts ? LASTS : DOES_NOT_LAST}</p>
      </div>
    </form>
  );
}

function NameField(props: {
  readonly value: string;
  readonly onInput: (value: string) => void;
}): JSX.Element {
  return (
    <label class="form-field">
      <span class="form-label">Your name, or any other that you will use again</span>
      <input
        class="text-field"
        data-testid="rater-name"
        autocomplete="off"
        maxlength="100"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </label>
  );
}

/** What the study asks its raters to agree to. */
function Consent(props: {
  readonly text: string;
  readonly agreed: boolean;
  readonly onChange: (agreed: boolean) => void;
}): JSX.Element {
  return (
    <label class="check-row consent">
      <input
        type="checkbox"
        data-testid="consent"
        checked={props.agreed}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.text}</span>
    </label>
  );
}

function ConditionField(props: {
  readonly title: string;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="form-field">
      <label class="form-label" for={id}>
        {props.title}
      </label>
      <select
        id={id}
        class="select"
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        <option value={UNSTATED}>Choose…</option>
        <For each={props.options}>{(option) => <option value={option}>{option}</option>}</For>
      </select>
    </div>
  );
}
