import { type JSX, Show } from 'solid-js';
import type { JudgeModel } from '../../app/judge/model.ts';

/** What is kept of the studies, in the footer. Each is removed where it stands. */
export function JudgeStorage(props: { readonly judge: JudgeModel }): JSX.Element {
  const count = () => props.judge.state.studies.length;
  const kept = () => {
    if (count() === 0) return 'No study kept in this browser';
    const studies = count() === 1 ? 'One study and its' : `${count()} studies and their`;
    return `${studies} votes are kept in this browser`;
  };
  return (
    <div class="storage" data-testid="judge-storage">
      <Show when={props.judge.state.opened}>{kept()}</Show>
    </div>
  );
}
