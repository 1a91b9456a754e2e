import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { BenchModel } from '../../app/bench/model.ts';
import type { JudgeModel, StudyPlan } from '../../app/judge/model.ts';
import { PROTOCOLS } from '../../core/judge/protocols.ts';
import { Choice } from '../bench/TableParts.tsx';
import { addressOf } from '../doors.ts';
import { CheckList } from './CheckList.tsx';
import { customOf, isCustom } from './custom-protocol.ts';
import { TextArea, TextField } from './FormField.tsx';
import { PlanNumbers } from './PlanNumbers.tsx';
import { ProtocolEditor } from './ProtocolEditor.tsx';
import { completeCases, firstPlan, problemsOf } from './study-plan.ts';

interface NewStudyProps {
  readonly judge: JudgeModel;
  readonly bench: BenchModel;
  readonly onMade: (hash: string) => void;
  readonly onCancel: () => void;
}

/** A study is made from what the bench holds. */
export function NewStudy(props: NewStudyProps): JSX.Element {
  const { state } = props.bench;
  const enough = () =>
    state.methods.filter(({ outputs }) => outputs > 0).length >= 2 && state.cases.length > 0;
  return (
    <Show
      when={state.opened && enough()}
      fallback={
        <div class="judge-empty">
          <h2 class="empty-title">The bench is empty</h2>
          <p class="empty-text">
            A study needs a set with the outputs of at least two methods.{' '}
            <a href={addressOf('bench')}>Drop one on the bench</a>.
          </p>
        </div>
      }
    >
      <StudyForm {...props} />
    </Show>
  );
}

/** Any word would do; this one is short enough to be quoted. */
const randomSeed = () => crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? 'seed';

function StudyForm(props: NewStudyProps): JSX.Element {
  const [plan, setPlan] = createSignal(firstPlan(props.bench.state, randomSeed()));
  const [tried, setTried] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const change = (part: Partial<StudyPlan>) => setPlan({ ...plan(), ...part });
  const problems = createMemo(() => problemsOf(plan()));
  const make = async () => {
    setTried(true);
    if (problems().length > 0) return;
    setBusy(true);
    const hash = await props.judge.commands
      .createStudy({ ...plan(), consent: plan().consent.trim() })
      .finally(() => setBusy(false));
    if (hash !== null) props.onMade(hash);
  };
  return (
    <form
      class="new-study"
      novalidate
      aria-labelledby="new-study-title"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <h2 class="judge-title" id="new-study-title">
        New study
      </h2>
      <TextField
        label="Title, as the raters see it"
        value={plan().title}
        testId="study-title"
        onChange={(title) => change({ title })}
      />
      <Pictures {...props} plan={plan()} onChange={change} />
      <ProtocolChoice plan={plan()} onChange={change} />
      <PlanNumbers plan={plan()} judge={props.judge} onChange={change} />
      <TextArea
        label="Consent, to be agreed to before voting; empty: not asked"
        value={plan().consent}
        onChange={(consent) => change({ consent })}
      />
      <div class="form-actions">
        <button
          type="submit"
          class="button primary large"
          data-testid="make-study"
          disabled={busy()}
        >
          {busy() ? 'Making the study…' : 'Make the study'}
        </button>
        <button type="button" class="button large" onClick={() => props.onCancel()}>
          Cancel
        </button>
        <div class="form-problems" role="status">
          <For each={tried() ? problems() : []}>{(problem) => <p>{problem}</p>}</For>
        </div>
      </div>
    </form>
  );
}

interface PartProps {
  readonly plan: StudyPlan;
  readonly onChange: (part: Partial<StudyPlan>) => void;
}

function Pictures(props: PartProps & { readonly bench: BenchModel }): JSX.Element {
  const { state } = props.bench;
  const methods = () => state.methods.filter(({ outputs }) => outputs > 0);
  const cases = createMemo(() => completeCases(state.cases, props.plan.methods));
  const chooseMethods = (chosen: readonly string[]) => {
    const able = completeCases(state.cases, chosen).map(({ id }) => id);
    // Cases that were left out by hand stay out; those that became possible come in.
    const before = new Set(cases().map(({ id }) => id));
    const kept = able.filter((id) => !before.has(id) || props.plan.cases.includes(id));
    props.onChange({ methods: chosen, cases: kept });
  };
  const left = () => state.cases.length - cases().length;
  return (
    <div class="form-pair">
      <CheckList
        title="Methods"
        entries={methods()}
        chosen={props.plan.methods}
        onChange={chooseMethods}
      />
      <CheckList
        title="Cases"
        entries={cases()}
        chosen={props.plan.cases}
        note={left() > 0 ? `${left()} more lack an output of a chosen method.` : undefined}
        onChange={(chosen) => props.onChange({ cases: chosen })}
      />
    </div>
  );
}

const CUSTOM = { value: 'custom', label: 'Custom…' };

function ProtocolChoice(props: PartProps): JSX.Element {
  const protocol = () => props.plan.protocol;
  const choose = (id: string) => {
    const found = PROTOCOLS.find((own) => own.id === id);
    props.onChange({ protocol: found ?? customOf(protocol()) });
  };
  return (
    <div class="form-block">
      <Choice
        label="Protocol"
        testId="protocol"
        value={protocol().id}
        options={[...PROTOCOLS.map(({ id, title }) => ({ value: id, label: title })), CUSTOM]}
        onChange={choose}
      />
      <Show
        when={isCustom(protocol())}
        fallback={
          <>
            <p class="section-note">{protocol().source}.</p>
            <TextArea
              label="Instructions, as the raters read them"
              value={protocol().instructions}
              onChange={(instructions) =>
                props.onChange({ protocol: { ...protocol(), instructions } })
              }
            />
          </>
        }
      >
        <ProtocolEditor
          protocol={protocol()}
          onChange={(changed) => props.onChange({ protocol: changed })}
        />
      </Show>
    </div>
  );
}
