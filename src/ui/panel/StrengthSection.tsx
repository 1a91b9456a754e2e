import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { createUniqueId, type JSX, Show } from 'solid-js';
import type { AppCommands, CaseView } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { whyNoStrength } from './strength.ts';
import { createStrengthDrag } from './strength-drag.ts';

interface StrengthSectionProps {
  readonly case: CaseView;
  readonly setStrength: AppCommands['setStrength'];
}

/** How much of the restoration is kept: previewed while it is dragged, at full size afterwards. */
export function StrengthSection(props: StrengthSectionProps): JSX.Element {
  const id = createUniqueId();
  const strength = createStrengthDrag(props);
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
