import Download from 'lucide-solid/icons/download';
import type { JSX } from 'solid-js';
import { Show } from 'solid-js';
import type { JudgeModel, VotingView } from '../../app/judge/model.ts';
import { saveFile } from '../panel/save.ts';

/** Everything is answered: the votes go back to whoever made the study. */
export function VotingDone(props: {
  readonly judge: JudgeModel;
  readonly voting: VotingView;
  readonly onBack: () => void;
  readonly onLeave: () => void;
}): JSX.Element {
  return (
    <div class="voting-end" data-testid="voting-done">
      <h2 class="empty-title">Thank you, {props.voting.rater}</h2>
      <p>
        All {props.voting.total} are answered
        <Show when={props.voting.skipped > 0}>, {props.voting.skipped} of them skipped</Show>. Save
        your votes and send the file to whoever gave you the study.
      </p>
      <div class="empty-actions">
        <button
          type="button"
          class="button primary large"
          onClick={() => void saveVotes(props.judge, props.voting.studyHash, props.voting.rater)}
        >
          <Download /> Save your votes
        </button>
        <button type="button" class="button large" onClick={() => props.onBack()}>
          Back to the last one
        </button>
        <button type="button" class="button large" onClick={() => props.onLeave()}>
          Leave
        </button>
      </div>
    </div>
  );
}

/** Hands a rater's votes to the browser's downloads. */
export async function saveVotes(judge: JudgeModel, hash: string, rater: string): Promise<void> {
  const file = await judge.commands.votesFile(hash, rater);
  if (file) await saveFile(file);
}

/** Two tabs must not write the same votes. */
export function VotingLocked(props: { readonly onRetry: () => void }): JSX.Element {
  return (
    <div class="voting-end" role="alert">
      <h2 class="empty-title">Another tab votes under this name</h2>
      <p>Go on there, or close it and come back here: nothing is counted twice.</p>
      <div class="empty-actions">
        <button type="button" class="button primary large" onClick={() => props.onRetry()}>
          Try again
        </button>
      </div>
    </div>
  );
}
