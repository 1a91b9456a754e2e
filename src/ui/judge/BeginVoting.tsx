import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import type { StudyView } from '../../app/judge/model.ts';
import type { Conditions } from '../../core/judge/votes.ts';
import { CONDITION_QUESTIONS, UNASKED, UNSTATED } from './conditions.ts';

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
        <label class="form-field">
          <span class="form-label">Your name, or any other that you will use again</span>
          <input
            class="text-field"
            data-testid="rater-name"
            autocomplete="off"
            maxlength="100"
            value={rater()}
            onInput={(event) => setRater(event.currentTarget.value)}
          />
        </label>
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
        <label class="check-row consent">
          <input
            type="checkbox"
            data-testid="consent"
            checked={agreed()}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
          />
          <span>{props.study.consent}</span>
        </label>
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
        <p class="section-note">
          {props.study.lasts
            ? 'You can stop at any time and go on later under the same name. Your answers stay in this browser until you save them.'
            : 'This browser keeps nothing once the page is closed (a private window, perhaps): save your votes before you leave.'}
        </p>
      </div>
    </form>
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
