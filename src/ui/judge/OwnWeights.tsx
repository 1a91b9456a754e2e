import { type JSX, Show } from 'solid-js';
import { Choice } from '../bench/TableParts.tsx';
import type { OwnCombination } from './analysis-rows.ts';

const SCALES = [
  { value: '80-90', label: '80 to 90' },
  { value: '0-100', label: '0 to 100' },
] as const;

const TOPS = [
  { value: 'points', label: '3, 2 and 1 points' },
  { value: 'frequency', label: 'being named' },
] as const;

const CHALLENGES = [
  { value: 'raim2026', label: 'RAIM 2026' },
  { value: 'raim2024', label: 'RAIM 2024' },
] as const;

/** A combination of one's own: whose numbers, how much they weigh, and what people's scores become. */
export function OwnWeights(props: {
  readonly own: OwnCombination;
  /** Whether raters named a top list. */
  readonly tops: boolean;
  readonly onChange: (part: Partial<OwnCombination>) => void;
}): JSX.Element {
  return (
    <>
      <Choice
        label="Objective score of"
        value={props.own.challenge}
        options={CHALLENGES}
        onChange={(value) =>
          props.onChange({ challenge: value === 'raim2024' ? 'raim2024' : 'raim2026' })
        }
      />
      <label class="choice">
        <span class="choice-label">Its weight</span>
        <input
          type="number"
          class="number-field inline-number"
          min="0"
          max="1"
          step="any"
          data-testid="objective-weight"
          value={props.own.objective}
          onChange={(event) =>
            props.onChange({ objective: Number(event.currentTarget.value) || 0 })
          }
        />
      </label>
      <Choice
        label="People’s scores brought to"
        value={props.own.scale}
        options={SCALES}
        onChange={(value) => props.onChange({ scale: value === '80-90' ? '80-90' : '0-100' })}
      />
      <Show when={props.tops}>
        <Choice
          label="Top lists count by"
          value={props.own.top}
          options={TOPS}
          onChange={(value) =>
            props.onChange({ top: value === 'frequency' ? 'frequency' : 'points' })
          }
        />
      </Show>
    </>
  );
}
