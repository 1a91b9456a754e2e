import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import type { JudgeModel, StudyPlan } from '../../app/judge/model.ts';
import { formatExact } from '../format.ts';
import { TextField } from './FormField.tsx';
import { itemsEach, itemsInAll, type PlanNumber, PRECISIONS, planNumber } from './study-plan.ts';
import { counted } from './words.ts';

/** How much one rater is shown, and what is asked besides. */
export function PlanNumbers(props: {
  readonly plan: StudyPlan;
  readonly judge: JudgeModel;
  readonly onChange: (part: Partial<StudyPlan>) => void;
}): JSX.Element {
  const field = (id: PlanNumber, label: string, note: () => string) => (
    <TextField
      label={label}
      note={note()}
      number
      testId={`plan-${id}`}
      value={String(props.plan[id])}
      onChange={(text) => props.onChange({ [id]: planNumber(id, text) })}
    />
  );
  return (
    <fieldset class="form-block">
      <legend class="form-label">One rater’s share</legend>
      <div class="form-grid">
        {field('perRater', 'Items', () => `0: all ${formatExact(itemsInAll(props.plan))} of them`)}
        {field('training', 'Training items first', () => 'They count for nothing.')}
        {field(
          'repeats',
          'Hidden repeats',
          () => 'Show how steady a rater is; 4 or more to screen.',
        )}
        {field('golden', 'Golden comparisons', () => GOLDEN[props.plan.protocol.shows])}
        {field('secondsLimit', 'Seconds for an item', () => '0: no limit')}
        <TextField
          label="Seed"
          note="Decides every order; the same seed gives the same study."
          value={props.plan.seed}
          testId="plan-seed"
          onChange={(seed) => props.onChange({ seed })}
        />
      </div>
      <p>
        {counted(itemsEach(props.plan), 'item')} for each rater
        <Needed plan={props.plan} judge={props.judge} />
      </p>
    </fieldset>
  );
}

/** What a wanted precision costs, before anything is known of the methods. */
function Needed(props: { readonly plan: StudyPlan; readonly judge: JudgeModel }): JSX.Element {
  const precision = () => PRECISIONS[props.plan.protocol.shows];
  const [half, setHalf] = createSignal<number | null>(null);
  const wanted = () => half() ?? precision().first;
  const needed = createMemo(() =>
    props.plan.methods.length < 2 || props.plan.cases.length === 0
      ? null
      : props.judge.commands.votesNeeded(props.plan, wanted()),
  );
  return (
    <Show when={needed()} fallback=".">
      {(own) => (
        <span data-testid="votes-needed">
          . A 95 % interval of ±
          <input
            type="number"
            class="number-field inline-number"
            min="0.01"
            step="any"
            aria-label={`Wanted half width, ${precision().unit}`}
            value={wanted()}
            onChange={(event) => {
              const value = Number(event.currentTarget.value);
              setHalf(value > 0 ? value : null);
            }}
          />{' '}
          {precision().unit} takes about {formatExact(own().each)} votes{' '}
          {EACH[props.plan.protocol.shows]}, {formatExact(own().total)} in total:{' '}
          {counted(own().raters, 'rater')}.
        </span>
      )}
    </Show>
  );
}

const GOLDEN = {
  pair: 'Ground truth against input; 3 or more to screen.',
  one: 'Ground truth and input, an item each; 3 or more to screen.',
  all: 'Ground truth and input among the methods; 3 or more to screen.',
} as const;

const EACH = { pair: 'a pair', one: 'a method', all: 'on the whole set' } as const;
