import Check from 'lucide-solid/icons/check';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import Download from 'lucide-solid/icons/download';
import FileArchive from 'lucide-solid/icons/file-archive';
import Info from 'lucide-solid/icons/info';
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { SubmissionReport } from '../../app/bench/model.ts';
import type { MethodView } from '../../app/model.ts';
import { saveFile } from '../panel/save.ts';
import type { BenchView } from './bench-view.ts';
import { createListing, MoreButton } from './listing.tsx';
import { Choice } from './TableParts.tsx';
import './submission.css';

interface SubmissionProps {
  readonly view: BenchView;
  /** Methods that can run here. */
  readonly methods: readonly MethodView[];
}

type Outcome =
  | { readonly status: 'none' }
  | { readonly status: 'checking'; readonly name: string }
  | { readonly status: 'done'; readonly name: string; readonly report: SubmissionReport }
  | { readonly status: 'failed'; readonly name: string };

/** A check under way or done, and the way to start one. */
function createCheck() {
  const [outcome, setOutcome] = createSignal<Outcome>({ status: 'none' });
  const run = async (name: string, check: () => Promise<SubmissionReport>) => {
    setOutcome({ status: 'checking', name });
    try {
      setOutcome({ status: 'done', name, report: await check() });
    } catch {
      setOutcome({ status: 'failed', name });
    }
  };
  const checking = () => outcome().status === 'checking';
  return { outcome, run, checking, forget: () => setOutcome({ status: 'none' }) };
}

/** A submission before it is handed in: made, complete and whole, and what the model really gives. */
export function SubmissionTab(props: SubmissionProps): JSX.Element {
  return (
    <div class="submission">
      <Show when={props.view.methods().length > 0}>
        <MakeSubmission view={props.view} />
      </Show>
      <CheckSubmission view={props.view} />
      <Show when={props.methods.length > 0}>
        <CheckReproduction {...props} />
      </Show>
    </div>
  );
}

/** The outputs of a method, checked and then packed under the names that the challenge wants. */
function MakeSubmission(props: { readonly view: BenchView }): JSX.Element {
  const { commands } = props.view.bench;
  const check = createCheck();
  const [chosen, setChosen] = createSignal<string | null>(null);
  const method = () =>
    props.view.methods().find(({ id }) => id === chosen()) ?? props.view.methods()[0];
  const passed = () => {
    const own = check.outcome();
    return own.status === 'done' && own.report.ok;
  };
  const save = async (id: string) => {
    const file = await commands.exportFile({ kind: 'outputs', method: id });
    if (file) await saveFile(file);
  };
  return (
    <Section
      title="Make a submission"
      text="The outputs of a method, checked as below, as a zip with a picture for each three-digit ID, byte for byte as they are."
      outcome={check.outcome()}
    >
      <Show when={method()}>
        {(own) => (
          <>
            <Choice
              label="Method"
              testId="submission-method"
              value={own().id}
              options={props.view.methods().map(({ id, title }) => ({ value: id, label: title }))}
              onChange={(id) => {
                setChosen(id);
                check.forget();
              }}
            />
            <NextStep
              passed={passed()}
              checking={check.checking()}
              onCheck={() => void check.run(own().title, () => commands.checkOutputs(own().id))}
              onSave={() => void save(own().id)}
            />
          </>
        )}
      </Show>
    </Section>
  );
}

/** First the check, then the file. */
function NextStep(props: {
  readonly passed: boolean;
  readonly checking: boolean;
  readonly onCheck: () => void;
  readonly onSave: () => void;
}): JSX.Element {
  return (
    <Show
      when={props.passed}
      fallback={
        <button
          type="button"
          class="button"
          disabled={props.checking}
          onClick={() => props.onCheck()}
        >
          Check its outputs
        </button>
      }
    >
      <button type="button" class="button primary" onClick={() => props.onSave()}>
        <Download /> Save the zip
      </button>
    </Show>
  );
}

function CheckSubmission(props: { readonly view: BenchView }): JSX.Element {
  const check = createCheck();
  return (
    <Section
      title="Check a submission"
      text="A zip of outputs against the inputs of this set, without ground truth: count, names, exact sizes, damaged files."
      outcome={check.outcome()}
    >
      <ZipPicker
        disabled={check.checking()}
        onPick={(file) =>
          void check.run(file.name, () => props.view.bench.commands.checkSubmission(file))
        }
      />
    </Section>
  );
}

function CheckReproduction(props: SubmissionProps): JSX.Element {
  const check = createCheck();
  const [method, setMethod] = createSignal<string | null>(null);
  const chosen = () => props.methods.find(({ id }) => id === method()) ?? props.methods[0];
  return (
    <Section
      title="Check that it can be reproduced"
      text="The submitted outputs against what the submitted model gives here on the same inputs. Drop the model’s ONNX file anywhere to have it in the list."
      outcome={check.outcome()}
    >
      <Show when={chosen()}>
        {(own) => (
          <>
            <Choice
              label="Model"
              testId="reproduction-model"
              value={own().id}
              options={props.methods.map(({ id, title }) => ({ value: id, label: title }))}
              onChange={setMethod}
            />
            <ZipPicker
              disabled={check.checking()}
              onPick={(file) =>
                void check.run(file.name, () =>
                  props.view.bench.commands.checkReproduction(file, own().id),
                )
              }
            />
          </>
        )}
      </Show>
    </Section>
  );
}

function Section(props: {
  readonly title: string;
  readonly text: string;
  readonly outcome: Outcome;
  readonly children: JSX.Element;
}): JSX.Element {
  const done = () => (props.outcome.status === 'done' ? props.outcome : null);
  return (
    <section class="check" aria-label={props.title}>
      <h3 class="check-title">{props.title}</h3>
      <p class="section-note">{props.text}</p>
      {props.children}
      <p role="status">{statusWords(props.outcome)}</p>
      <Show when={done()}>{(own) => <Findings report={own().report} />}</Show>
    </section>
  );
}

function ZipPicker(props: {
  readonly disabled: boolean;
  readonly onPick: (file: File) => void;
}): JSX.Element {
  return (
    <label class="button file-button">
      <FileArchive /> Choose a zip
      <input
        type="file"
        class="visually-hidden"
        accept=".zip"
        disabled={props.disabled}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) props.onPick(file);
        }}
      />
    </label>
  );
}

function statusWords(outcome: Outcome): string {
  switch (outcome.status) {
    case 'none':
      return '';
    case 'checking':
      return `Checking ${outcome.name}…`;
    case 'failed':
      return `${outcome.name} could not be checked.`;
    case 'done':
      return outcome.report.ok ? `${outcome.name} passes.` : `${outcome.name} does not pass.`;
  }
}

const SEVERITY_WORDS = { error: 'Error', warning: 'Note', success: 'Passed' } as const;

function Findings(props: { readonly report: SubmissionReport }): JSX.Element {
  const { shown, more, showMore } = createListing(() => props.report.findings);
  return (
    <>
      <ul class="findings">
        <For each={shown()}>
          {({ sentence, severity }) => (
            <li class={`finding ${severity}`} data-severity={severity}>
              <Switch fallback={<Info />}>
                <Match when={severity === 'error'}>
                  <CircleAlert />
                </Match>
                <Match when={severity === 'success'}>
                  <Check />
                </Match>
              </Switch>
              <span>
                <span class="visually-hidden">{SEVERITY_WORDS[severity]}: </span>
                {sentence}
              </span>
            </li>
          )}
        </For>
      </ul>
      <MoreButton more={more()} onMore={showMore} />
    </>
  );
}
