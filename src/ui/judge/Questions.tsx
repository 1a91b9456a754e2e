import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type {
  PairQuestion,
  Question,
  RatingQuestion,
  TopQuestion,
} from '../../core/judge/protocols.ts';
import {
  answerTo,
  chosen,
  isComplete,
  pairOptions,
  preferred,
  toggled,
  withAnswer,
  withReason,
} from './draft.ts';
import { FIRST_REASON_KEY } from './voting-keys.ts';
import type { VotingDesk } from './voting-state.ts';

/** What is asked of the item on screen. */
export function Questions(props: { readonly desk: VotingDesk }): JSX.Element {
  return (
    <div class="questions">
      <For each={props.desk.voting().protocol.questions}>
        {(question, index) => (
          <fieldset
            class="question"
            classList={{
              current: props.desk.at() === index(),
              answered: isComplete(
                question,
                props.desk.draft(),
                props.desk.voting().pictures.length,
              ),
            }}
            onFocusIn={() => props.desk.setAt(index())}
          >
            <legend class="question-title">{question.title}</legend>
            <QuestionBody desk={props.desk} question={question} />
          </fieldset>
        )}
      </For>
    </div>
  );
}

function QuestionBody(props: {
  readonly desk: VotingDesk;
  readonly question: Question;
}): JSX.Element {
  const as = <Kind extends Question['kind']>(kind: Kind) =>
    props.question.kind === kind ? (props.question as Extract<Question, { kind: Kind }>) : null;
  return (
    <Switch>
      <Match when={as('pair')}>{(own) => <Pair desk={props.desk} question={own()} />}</Match>
      <Match when={as('rating')}>{(own) => <Rating desk={props.desk} question={own()} />}</Match>
      <Match when={as('top')}>{(own) => <Top desk={props.desk} question={own()} />}</Match>
    </Switch>
  );
}

interface AnswerProps {
  readonly type: 'radio' | 'checkbox';
  readonly group: string;
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  /** Said instead of the label, where that is too short. */
  readonly name?: string;
  readonly keys: readonly string[];
  readonly onChoose: () => void;
}

/** One answer: a large target, its keys printed on it. */
function AnswerButton(props: AnswerProps): JSX.Element {
  return (
    <label class="answer">
      <input
        type={props.type}
        class="visually-hidden"
        name={props.group}
        aria-label={props.name}
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => {
          props.onChoose();
          // Full is full: what was not taken must not look taken.
          event.currentTarget.checked = props.checked;
        }}
      />
      <span class="answer-face">
        <span class="answer-label">{props.label}</span>
        <span class="answer-keys" aria-hidden="true">
          <For each={props.keys}>{(key) => <kbd>{key}</kbd>}</For>
        </span>
      </span>
    </label>
  );
}

function Pair(props: { readonly desk: VotingDesk; readonly question: PairQuestion }): JSX.Element {
  const answer = () => answerTo(props.desk.draft(), props.question.id);
  return (
    <>
      <div class="answers">
        <For each={pairOptions(props.question.steps)}>
          {(option) => (
            <AnswerButton
              type="radio"
              group={props.question.id}
              label={option.label}
              keys={option.keys}
              checked={answer()?.value === option.value}
              onChoose={() =>
                props.desk.setDraft(preferred(props.desk.draft(), props.question, option.value))
              }
            />
          )}
        </For>
      </div>
      <Show when={props.question.reasons.length > 0}>
        <fieldset class="reasons" disabled={answer() === undefined || answer()?.value === 0}>
          <legend class="question-note">What decided?</legend>
          <div class="answers">
            <For each={props.question.reasons}>
              {(reason, index) => (
                <AnswerButton
                  type="radio"
                  group={`${props.question.id} reason`}
                  label={reason}
                  keys={index() < 10 - FIRST_REASON_KEY ? [`${FIRST_REASON_KEY + index()}`] : []}
                  checked={answer()?.reason === reason}
                  onChoose={() =>
                    props.desk.setDraft(withReason(props.desk.draft(), props.question, reason))
                  }
                />
              )}
            </For>
          </div>
        </fieldset>
      </Show>
    </>
  );
}

function Rating(props: {
  readonly desk: VotingDesk;
  readonly question: RatingQuestion;
}): JSX.Element {
  const choose = (value: number) =>
    props.desk.setDraft(
      withAnswer(props.desk.draft(), { question: props.question.id, value, reason: null }),
    );
  return (
    <>
      <p class="question-note">{props.question.sentence}</p>
      <div class="answers scale">
        <For each={props.question.labels}>
          {(label, index) => (
            <AnswerButton
              type="radio"
              group={props.question.id}
              label={label}
              keys={[`${(index() + 1) % 10}`].slice(index() < 10 ? 0 : 1)}
              checked={answerTo(props.desk.draft(), props.question.id)?.value === index() + 1}
              onChoose={() => choose(index() + 1)}
            />
          )}
        </For>
      </div>
    </>
  );
}

const PLACES = ['first', 'second', 'third'] as const;
const placeWord = (index: number) => PLACES[index] ?? `number ${index + 1}`;

function Top(props: { readonly desk: VotingDesk; readonly question: TopQuestion }): JSX.Element {
  const list = () => chosen(props.desk.draft(), props.question.id);
  const state = (letter: string) => {
    const place = list().indexOf(letter);
    return place < 0 ? '' : placeWord(place);
  };
  return (
    <>
      <p class="question-note" role="status">
        {list().length === 0
          ? 'Choose the best one first; Backspace takes the last one back.'
          : list()
              .map((letter, index) => `${placeWord(index)} ${letter}`)
              .join(', ')}
      </p>
      <div class="answers letters">
        <For each={props.desk.voting().pictures}>
          {({ letter }) => (
            <AnswerButton
              type="checkbox"
              group={props.question.id}
              label={letter}
              name={`Picture ${letter}${state(letter) && `, ${state(letter)}`}`}
              keys={state(letter) ? [`${list().indexOf(letter) + 1}`] : []}
              checked={list().includes(letter)}
              onChoose={() =>
                props.desk.setDraft(toggled(props.desk.draft(), props.question, letter))
              }
            />
          )}
        </For>
      </div>
    </>
  );
}
