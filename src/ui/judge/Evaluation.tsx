import { type JSX, Show } from 'solid-js';
import type { EvaluationView } from '../../app/judge/model.ts';
import { ProgressBar } from '../common/ProgressBar.tsx';
import { fractionDone } from '../format.ts';

interface EvaluationProps {
  /** Null before it begins. */
  readonly evaluation: EvaluationView | null;
  readonly onStart: () => void;
  readonly onStop: () => void;
}

/** In the place of what is not worked out yet: how far it is, or why it is not. */
export function Evaluation(props: EvaluationProps): JSX.Element {
  const status = () => props.evaluation?.status;
  const rests = () => status() === 'stopped' || status() === 'failed';
  const words = () => (status() === 'drawing' ? 'Drawing the votes anew…' : 'Reading the votes…');
  const fraction = () => {
    const { evaluation } = props;
    return evaluation?.status === 'drawing'
      ? fractionDone(evaluation.done, evaluation.total)
      : null;
  };
  return (
    <div class="evaluation" data-testid="evaluation" data-status={status()}>
      <Show
        when={!rests()}
        fallback={
          <>
            <p class="section-note" role="status">
              {props.evaluation?.message ?? 'Stopped before the end.'}
            </p>
            <button type="button" class="button small" onClick={() => props.onStart()}>
              Begin again
            </button>
          </>
        }
      >
        <ProgressBar fraction={fraction()} label={words()} />
        <p class="section-note" role="status">
          {words()}
        </p>
        <button type="button" class="button small" onClick={() => props.onStop()}>
          Cancel
        </button>
      </Show>
    </div>
  );
}
