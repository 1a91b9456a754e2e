import { For, type JSX, Show } from 'solid-js';
import { remarkLines } from '../../core/export/remarks.ts';
import type { Remarks } from '../../core/inspect/tags.ts';
import { CaseMarks } from '../cases/CaseMarks.tsx';
import { Hint } from '../common/Hint.tsx';

interface SaidHintProps {
  /** Of the case. */
  readonly title: string;
  readonly said: Remarks;
  readonly titleOf: (method: string) => string;
}

/** What was said of a case besides its tags: marks that open into the words. */
export function SaidHint(props: SaidHintProps): JSX.Element {
  /** Tags stand in the field beside. */
  const more = () =>
    props.said.notes.length + props.said.pins.length + props.said.ratings.length > 0;
  return (
    <Show when={more()}>
      <Hint
        class="said-hint"
        hint={
          <>
            <span class="hint-title">{props.title}</span>
            <ul class="said-lines">
              <For each={remarkLines(props.said, props.titleOf)}>{(line) => <li>{line}</li>}</For>
            </ul>
          </>
        }
      >
        <CaseMarks remarks={{ ...props.said, tags: [] }} />
      </Hint>
    </Show>
  );
}
