import { type JSX, Show } from 'solid-js';
import type { AppModel, CaseView } from '../../app/model.ts';

interface StaleOutputsProps {
  readonly model: AppModel;
  readonly case: CaseView;
}

/** Says which outputs rest on the mask before, and restores them anew where nothing does already. */
export function StaleOutputs(props: StaleOutputsProps): JSX.Element {
  const stale = () => props.case.methods.filter((own) => own.stale);
  const titles = () =>
    stale()
      .map(({ title }) => title)
      .join(', ');
  const working = () => {
    const { job, waiting } = props.model.state;
    return job !== null || waiting > 0;
  };
  return (
    <Show when={stale().length > 0}>
      <p class="section-note" role="status" data-testid="stale-outputs">
        The mask has changed: {titles()} saw the one before.{' '}
        <Show when={!working()} fallback="Restoring anew…">
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
