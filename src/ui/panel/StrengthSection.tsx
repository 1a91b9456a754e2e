import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import {
  createEffect,
  createSignal,
  createUniqueId,
  type JSX,
  on,
  onCleanup,
  Show,
} from 'solid-js';
import type { AppCommands, CaseView } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { whyNoStrength } from './strength.ts';

interface StrengthSectionProps {
  readonly case: CaseView;
  readonly setStrength: AppCommands['setStrength'];
}

/** A key that is pressed again and again, or held, is one change: the full size follows its end. */
const SETTLE_MS = 200;

/** How much of the restoration is kept: previewed while it is dragged, at full size afterwards. */
export function StrengthSection(props: StrengthSectionProps): JSX.Element {
  const id = createUniqueId();
  const strength = createStrength(props);
  const reason = () => whyNoStrength(props.case);
  let slider: HTMLInputElement | undefined;
  // The button is of no more use then: a key that pressed it goes on at the slider.
  const reset = (event: MouseEvent) => {
    strength.reset();
    if (event.detail === 0) slider?.focus();
  };
  return (
    <section class="section strength" aria-label="Strength">
      <div class="strength-row">
        <label for={id}>Strength</label>
        <input
          ref={slider}
          id={id}
          type="range"
          class="range"
          min="0"
          max="100"
          data-testid="strength"
          value={strength.value()}
          disabled={!props.case.strengthApplies}
          aria-valuetext={`${strength.value()} %`}
          onInput={(event) => strength.drag(event.currentTarget.valueAsNumber)}
          onChange={() => strength.release()}
          onPointerUp={() => strength.release()}
          onPointerCancel={() => strength.release()}
        />
        <output class="range-value" for={id}>
          {strength.value()} %
        </output>
        <IconButton
          label="Back to 100 %"
          disabled={!props.case.strengthApplies || strength.value() === 100}
          onClick={reset}
        >
          <RotateCcw />
        </IconButton>
      </div>
      <Show when={reason()}>{(words) => <p class="section-note">{words()}</p>}</Show>
    </section>
  );
}

/** The slider's value, ahead of the case's own one until that has followed. */
function createStrength(props: StrengthSectionProps) {
  const [wanted, setWanted] = createSignal<number | null>(null);
  let timer = 0;
  const finish = async () => {
    const value = wanted();
    if (value === null) return;
    await props.setStrength(value, true);
    if (wanted() === value) setWanted(null);
  };
  const drag = (value: number) => {
    clearTimeout(timer);
    setWanted(value);
    void props.setStrength(value, false);
  };
  const release = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void finish(), SETTLE_MS);
  };
  // A change that has not come to its end is not carried over to another picture.
  const shown = () => `${props.case.id} ${props.case.shownMethod}`;
  const forget = () => {
    clearTimeout(timer);
    setWanted(null);
  };
  createEffect(on(shown, forget, { defer: true }));
  onCleanup(forget);
  return {
    value: () => wanted() ?? props.case.strength,
    drag,
    release,
    reset: () => {
      clearTimeout(timer);
      setWanted(100);
      void finish();
    },
  };
}
