import FileArchive from 'lucide-solid/icons/file-archive';
import { createSignal, For, type JSX, Show } from 'solid-js';
import type { SubmissionReport } from '../../app/bench/model.ts';
import type { MethodView } from '../../app/model.ts';
import type { BenchView } from './bench-view.ts';
import { Choice } from './TableParts.tsx';

interface SubmissionProps {
  readonly view: BenchView;
  /** Methods that can run here. */
  readonly methods: readonly MethodView[];
}

type Outcome =
  | { readonly status: 'none' }
  | { readonly status: 'checking'; readonly fileName: string }
  | {
      readonly status: 'done';
      readonly fileName: string;
      readonly report: SubmissionReport;
    }
  | { readonly status: 'failed'; readonly fileName: string };

/** A submission before it is handed in: complete and whole, and what the model really gives. */
export function SubmissionTab(props: SubmissionProps): JSX.Element {
  const { commands } = props.view.bench;
  const [method, setMethod] = createSignal<string | null>(null);
  const chosen = () =>
    props.methods.find(({ id }) => id === method())?.id ?? props.methods[0]?.id ?? null;
  return (
    <div class="submission">
      <Check
        title="Check a submission"
        text="A zip of outputs against the inputs of this set, without ground truth: count, names, exact sizes, damaged files."
        check={(file) => commands.checkSubmission(file)}
      />
      <Show when={chosen()}>
        {(id) => (
          <Check
            title="Check that it can be reproduced"
            text="The submitted outputs against what the submitted model gives here on the same inputs."
            check={(file) => commands.checkReproduction(file, id())}
          >
            <Choice
              label="Model"
              value={id()}
              options={props.methods.map((own) => ({ value: own.id, label: own.title }))}
              onChange={setMethod}
            />
          </Check>
        )}
      </Show>
    </div>
  );
}

interface CheckProps {
  readonly title: string;
  readonly text: string;
  readonly check: (file: File) => Promise<SubmissionReport>;
  readonly children?: JSX.Element;
}

function Check(props: CheckProps): JSX.Element {
  const [outcome, setOutcome] = createSignal<Outcome>({ status: 'none' });
  const run = async (file: File) => {
    const fileName = file.name;
    setOutcome({ status: 'checking', fileName });
    try {
      setOutcome({ status: 'done', fileName, report: await props.check(file) });
    } catch {
      setOutcome({ status: 'failed', fileName });
    }
  };
  const done = () => {
    const own = outcome();
    return own.status === 'done' ? own : null;
  };
  return (
    <section class="check" aria-label={props.title}>
      <h3 class="check-title">{props.title}</h3>
      <p class="section-note">{props.text}</p>
      {props.children}
      <label class="button file-button">
        <FileArchive /> Choose a zip
        <input
          type="file"
          class="visually-hidden"
          accept=".zip"
          disabled={outcome().status === 'checking'}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file) void run(file);
          }}
        />
      </label>
      <p role="status">{statusWords(outcome())}</p>
      <Show when={done()}>{(own) => <Findings report={own().report} />}</Show>
    </section>
  );
}

function statusWords(outcome: Outcome): string {
  switch (outcome.status) {
    case 'none':
      return '';
    case 'checking':
      return `Checking ${outcome.fileName}…`;
    case 'failed':
      return `${outcome.fileName} could not be checked.`;
    case 'done':
      return outcome.report.ok
        ? `${outcome.fileName} passes.`
        : `${outcome.fileName} does not pass.`;
  }
}

function Findings(props: { readonly report: SubmissionReport }): JSX.Element {
  return (
    <ul class="findings">
      <For each={props.report.findings}>
        {({ sentence, severity }) => (
          <li classList={{ failed: severity === 'error' }}>
            <strong>{severity === 'error' ? 'Error' : 'Note'}</strong> {sentence}
          </li>
        )}
      </For>
    </ul>
  );
}
