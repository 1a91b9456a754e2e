import { type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel, CaseView, JobView, PictureView } from '../../app/model.ts';
import { ProgressBar } from '../common/ProgressBar.tsx';
import { formatTimeLeft, fractionDone } from '../format.ts';
import { isPreviewed, waitOf } from './output-wait.ts';
import type { Shown } from './panes.ts';
import type { Viewer } from './viewer-state.ts';

interface PlaceholderProps {
  readonly picture: PictureView | null;
  readonly job: JobView | null;
  readonly case: CaseView | null;
  readonly ready: boolean;
  /** Whether a preview stands in the output's place. */
  readonly preview: boolean;
  readonly onRestore: () => void;
}

/** Progress, or a way to begin, where an output is still to come. */
export function OutputPlaceholder(props: {
  readonly model: AppModel;
  readonly viewer: Viewer;
  readonly pane: Shown;
}): JSX.Element {
  const job = () => (props.pane === 'output' ? props.model.state.job : null);
  return (
    <Placeholder
      picture={props.viewer.picture(props.pane)}
      job={job()}
      preview={props.pane === 'output' && props.viewer.case()?.preview != null}
      case={props.viewer.case()}
      ready={props.model.state.engine.status !== 'starting'}
      onRestore={() => void props.model.commands.restore()}
    />
  );
}

/** What stands over a pane whose picture cannot be shown yet. */
function Placeholder(props: PlaceholderProps): JSX.Element {
  const previewed = () => (isPreviewed(props.job, props.case) ? props.job : null);
  return (
    <Show when={previewed()} fallback={<Missing {...props} />}>
      {(job) => (
        <div class="preview-progress" data-testid="preview">
          <span class="preview-tag">Preview</span>
          <ProgressBar fraction={fractionOf(job())} label={job().label} neutral />
        </div>
      )}
    </Show>
  );
}

function Missing(props: PlaceholderProps): JSX.Element {
  return (
    <Show when={!props.picture?.bitmap && !props.preview}>
      <div class="placeholder">
        <Switch fallback={<NotRestored {...props} />}>
          <Match when={waitOf(props) === 'decoding'}>
            <p>Opening…</p>
          </Match>
          <Match when={waitOf(props) === 'reading'}>
            <p>Reading…</p>
          </Match>
          <Match when={waitOf(props) === 'restoring' && props.job}>
            {(job) => <Making job={job()} />}
          </Match>
          <Match when={waitOf(props) === 'turn'}>
            <p>Waits for its turn</p>
          </Match>
        </Switch>
      </div>
    </Show>
  );
}

function NotRestored(props: PlaceholderProps): JSX.Element {
  return (
    <Show when={props.ready} fallback={<p>Getting ready…</p>}>
      <p>Not restored yet</p>
      <button type="button" class="button primary" onClick={() => props.onRestore()}>
        Restore
      </button>
    </Show>
  );
}

/** A stage that is all done (a small model arrives at once) says nothing of the stages to come. */
function fractionOf(job: JobView): number | null {
  const done = fractionDone(job.done, job.total);
  return done === 1 ? null : done;
}

function Making(props: { readonly job: JobView }): JSX.Element {
  const fraction = () => fractionOf(props.job);
  const secondsLeft = () => props.job.secondsLeft ?? 0;
  return (
    <>
      <Show when={fraction() !== null} fallback={<p>{props.job.label}</p>}>
        <p class="placeholder-number" aria-hidden="true">
          {Math.round((fraction() ?? 0) * 100)} %
        </p>
      </Show>
      <ProgressBar fraction={fraction()} label={props.job.label} neutral />
      <p class="placeholder-detail">
        {secondsLeft() < 1 ? props.job.detail : formatTimeLeft(secondsLeft())}
      </p>
    </>
  );
}
