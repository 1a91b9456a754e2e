import { createMemo, createSignal, type JSX, on, Show } from 'solid-js';
import type { AppModel, JobView, StorageView } from '../../app/model.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { ProgressBar } from '../common/ProgressBar.tsx';
import { Said } from '../common/Said.tsx';
import { formatBytes, formatTimeLeft, fractionDone } from '../format.ts';
import './footer.css';

/** Says what is begun and what is restored; beside the footer, which a phone shows only at times. */
export function ProgressSaid(props: { readonly model: AppModel }): JSX.Element {
  // What was restored before is no news to whoever comes back from voting.
  const restored = createMemo(
    on(
      () => props.model.state.restored,
      (now) => now,
      { defer: true },
    ),
  );
  return (
    <>
      {/* Said once a job, not once a step. */}
      <Said>{props.model.state.job?.label ?? ''}</Said>
      {/* In a region of its own: the next job begins before this is said. */}
      <Said>
        <Show keyed when={restored()}>
          {({ name }) => <span>Restored {name}</span>}
        </Show>
      </Said>
    </>
  );
}

/** What is being done now, how long it still takes, and the way to stop it. */
export function Progress(props: { readonly model: AppModel }): JSX.Element {
  return (
    <div class="progress" data-testid="progress">
      <Show when={props.model.state.job}>
        {(job) => (
          <JobLine
            job={job()}
            waiting={props.model.state.waiting}
            onCancel={props.model.commands.cancel}
          />
        )}
      </Show>
    </div>
  );
}

function JobLine(props: {
  readonly job: JobView;
  readonly waiting: number;
  readonly onCancel: () => void;
}): JSX.Element {
  const left = () => (props.job.secondsLeft === null ? '' : formatTimeLeft(props.job.secondsLeft));
  const waiting = () => (props.waiting > 0 ? `${props.waiting} waiting` : '');
  return (
    <div class="job">
      <ProgressBar
        fraction={fractionDone(props.job.done, props.job.total)}
        label={props.job.label}
      />
      <p class="job-text">
        <span class="job-label">{props.job.label}</span>
        <span class="job-detail">{props.job.detail}</span>
        <span class="job-time">{left()}</span>
        <span class="job-detail">{waiting()}</span>
      </p>
      <Show when={props.job.cancellable}>
        <button
          type="button"
          class="button small"
          data-testid="cancel"
          onClick={() => props.onCancel()}
        >
          Cancel
        </button>
      </Show>
    </div>
  );
}

/** How much is kept in this browser, and the way to get rid of it. */
export function StorageLine(props: {
  readonly storage: StorageView | null;
  readonly onClear: () => Promise<void>;
}): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  const kept = () => {
    const bytes = props.storage?.bytes ?? 0;
    return bytes > 0
      ? `${formatBytes(bytes)} kept in this browser`
      : 'No portrait kept in this browser';
  };
  const title = () =>
    [
      'Pictures, masks and results stay on this machine, in this browser’s storage.',
      props.storage?.quota ? `The browser allows ${formatBytes(props.storage.quota)}.` : '',
      props.storage?.persisted === false
        ? 'It may clear them by itself when the disk is nearly full.'
        : '',
    ]
      .filter(Boolean)
      .join(' ');
  return (
    <div class="storage" data-testid="storage" data-bytes={props.storage?.bytes ?? 0}>
      <Show when={props.storage}>
        <span title={title()}>{kept()}</span>
        <Show when={(props.storage?.bytes ?? 0) > 0}>
          <button type="button" class="link" onClick={() => setAsking(true)}>
            Clear
          </button>
        </Show>
      </Show>
      <Show when={asking()}>
        <ConfirmDialog
          title="Clear the Look page?"
          text={`All cases kept in this browser (${formatBytes(props.storage?.bytes ?? 0)}) are deleted with their masks, results, tags, notes, pins and ratings; so are the models, LUTs and weights you opened. Data sets, studies and files on your disk stay as they are.`}
          yes="Clear the Look page"
          no="Keep"
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            void props.onClear();
          }}
        />
      </Show>
    </div>
  );
}
