import MoveDiagonal from 'lucide-solid/icons/move-diagonal';
import { type JSX, Show } from 'solid-js';
import { shiftText } from '../../core/inspect/shiftWords.ts';
import { Hint } from '../common/Hint.tsx';
import type { CaseEntry } from './cases-table.ts';

interface ShiftMarkProps {
  readonly row: CaseEntry;
  /** Whose numbers are shown. */
  readonly methods: readonly string[];
  readonly titleOf: (method: string) => string;
}

/** Says that an output was found to lie elsewhere than its ground truth, which its numbers do not know. */
export function ShiftMark(props: ShiftMarkProps): JSX.Element {
  const shown = () =>
    Object.entries(props.row.shifts).filter(([method]) => props.methods.includes(method));
  const words = () =>
    shown()
      .map(([method, shift]) => `${props.titleOf(method)} ${shiftText(shift)}`)
      .join(', ');
  return (
    <Show when={shown().length > 0}>
      <Hint
        class="shift-mark"
        hint={
          <>
            <span class="hint-title">Shifted: {words()}</span>
            <p>
              Found and accepted on the Look page, in pixels to the right and down. The numbers here
              compare the output as it lies, by the rule that all methods share.
            </p>
          </>
        }
      >
        <MoveDiagonal /> <span>shifted</span>
      </Hint>
    </Show>
  );
}
