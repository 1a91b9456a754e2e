import { type JSX, Show } from 'solid-js';
import type { AppModel, CaseView } from '../../app/model.ts';

interface StaleOutputsProps {
  readonly model: AppModel;
  readonly case: CaseView;
  /** Whether the person mask is being painted: what hangs on it follows once that rests. */
  readonly painting: boolean;
}

/** Says which outputs rest on the mask before, and restores them anew where nothing does already. */
export function StaleOutputs(props: StaleOutputsProps): JSX.Element {
  const stale = () => props.case.methods.filter((own) => own.stale);
  const titles = () =>
    stale()
      .map(({ title }) => title)
      .join(', ');
  const working = () => {
    const { job } = props.model.state;
    const isOne = stale().some(({ methodId }) => methodId === job?.methodId);
    return isOne && job?.kind === 'restore' && job.caseId === props.case.id;
  };
  const offered = () => props.case.input !== null && !props.painting && !working();
  return (
    <Show when={stale().length > 0}>
      <p class="section-note" data-testid="stale-outputs">
        <span role="status">
          The mask has changed: {titles()} saw the one before.{working() ? ' Restoring anew…' : ''}
        </span>
        <Show when={offered()}>
          {' '}
          <button
            type="button"
            class="link"
            onClick={() => void props.model.commands.restoreStale()}
          >
            Restore anew
          </button>
        </Show>
      </p>
    </Show>
  );
}
