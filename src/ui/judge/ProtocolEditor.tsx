import { Index, type JSX, Match, Switch } from 'solid-js';
import type {
  PairQuestion,
  Protocol,
  Question,
  RatingQuestion,
  TopQuestion,
} from '../../core/judge/protocols.ts';
import { Choice } from '../bench/TableParts.tsx';
import { freeId, listOf, newQuestion, showing } from './custom-protocol.ts';
import { CheckField, TextArea, TextField } from './FormField.tsx';

const SHOWS = [
  { value: 'pair', label: 'two results' },
  { value: 'all', label: 'all results' },
  { value: 'one', label: 'one result' },
] as const;

/** Questions, scales and texts of one's own. */
export function ProtocolEditor(props: {
  readonly protocol: Protocol;
  readonly onChange: (protocol: Protocol) => void;
}): JSX.Element {
  const change = (part: Partial<Protocol>) => props.onChange({ ...props.protocol, ...part });
  const replace = (index: number, question: Question) =>
    change({ questions: props.protocol.questions.with(index, question) });
  const add = () => {
    const { questions, shows } = props.protocol;
    change({ questions: [...questions, newQuestion(shows, freeId(questions))] });
  };
  const shows = (value: string) => {
    const found = SHOWS.find((own) => own.value === value);
    if (found) props.onChange(showing(props.protocol, found.value));
  };
  return (
    <fieldset class="protocol-editor">
      <legend class="form-label">Own protocol</legend>
      <div class="controls">
        <Choice
          label="On screen at a time"
          value={props.protocol.shows}
          options={SHOWS}
          onChange={shows}
        />
        <CheckField
          label="with the input"
          checked={props.protocol.withInput}
          onChange={(withInput) => change({ withInput })}
        />
        <CheckField
          label="with the ground truth"
          checked={props.protocol.withReference}
          onChange={(withReference) => change({ withReference })}
        />
      </div>
      <TextArea
        label="Instructions"
        value={props.protocol.instructions}
        onChange={(instructions) => change({ instructions })}
      />
      <Index each={props.protocol.questions}>
        {(question, index) => (
          <fieldset class="question-edit">
            <legend class="section-title">Question {index + 1}</legend>
            <QuestionFields question={question()} onChange={(changed) => replace(index, changed)} />
            <button
              type="button"
              class="link quiet"
              disabled={props.protocol.questions.length === 1}
              onClick={() => change({ questions: props.protocol.questions.toSpliced(index, 1) })}
            >
              Remove question {index + 1}
            </button>
          </fieldset>
        )}
      </Index>
      <button type="button" class="button small" onClick={add}>
        Add a question
      </button>
    </fieldset>
  );
}

interface FieldsProps<Kind extends Question> {
  readonly question: Kind;
  readonly onChange: (question: Kind) => void;
}

function QuestionFields(props: FieldsProps<Question>): JSX.Element {
  const as = <Kind extends Question['kind']>(kind: Kind) =>
    props.question.kind === kind ? (props.question as Extract<Question, { kind: Kind }>) : null;
  return (
    <div class="form-grid">
      <TextField
        label="Question"
        value={props.question.title}
        onChange={(title) => props.onChange({ ...props.question, title })}
      />
      <Switch>
        <Match when={as('rating')}>
          {(own) => <RatingFields question={own()} onChange={props.onChange} />}
        </Match>
        <Match when={as('pair')}>
          {(own) => <PairFields question={own()} onChange={props.onChange} />}
        </Match>
        <Match when={as('top')}>
          {(own) => <TopFields question={own()} onChange={props.onChange} />}
        </Match>
      </Switch>
    </div>
  );
}

function RatingFields(props: FieldsProps<RatingQuestion>): JSX.Element {
  return (
    <>
      <TextField
        label="What to look at"
        value={props.question.sentence}
        onChange={(sentence) => props.onChange({ ...props.question, sentence })}
      />
      <TextField
        label="Scale, worst first"
        list
        note="Words separated by commas."
        value={props.question.labels.join(', ')}
        onChange={(text) => props.onChange({ ...props.question, labels: listOf(text) })}
      />
    </>
  );
}

const STEPS = [
  { value: '2', label: 'one must be chosen' },
  { value: '3', label: 'or no difference' },
  { value: '5', label: 'five steps' },
] as const;

function PairFields(props: FieldsProps<PairQuestion>): JSX.Element {
  const steps = (value: string) =>
    props.onChange({ ...props.question, steps: value === '2' ? 2 : value === '3' ? 3 : 5 });
  return (
    <>
      <Choice label="Scale" value={String(props.question.steps)} options={STEPS} onChange={steps} />
      <TextField
        label="Reasons to choose from"
        list
        note="Words separated by commas; empty: no reason is asked."
        value={props.question.reasons.join(', ')}
        onChange={(text) =>
          props.onChange({ ...props.question, reasons: listOf(text).slice(0, 20) })
        }
      />
    </>
  );
}

function TopFields(props: FieldsProps<TopQuestion>): JSX.Element {
  const count = (text: string) => Math.min(10, Math.max(1, Math.floor(Number(text)) || 1));
  return (
    <TextField
      label="How many are named"
      number
      value={String(props.question.count)}
      onChange={(text) => props.onChange({ ...props.question, count: count(text) })}
    />
  );
}
