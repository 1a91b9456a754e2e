import X from 'lucide-solid/icons/x';
import { type JSX, Show } from 'solid-js';
import type { AppModel, CaseView } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { formatRectangle } from '../format.ts';

interface RegionControlsProps {
  readonly model: AppModel;
  readonly case: CaseView;
  readonly onDraw: () => void;
}

/** As in the stored settings: a wider band is not measured. */
const WIDEST = 64;

/** Further parts of the picture to measure: the band around the person's edge, and a rectangle. */
export function RegionControls(props: RegionControlsProps): JSX.Element {
  return (
    <details class="more">
      <summary>More regions</summary>
      <div class="region-controls">
        <Show when={props.case.mask}>
          <EdgeRow model={props.model} />
        </Show>
        <div class="region-row">
          <span>Rectangle</span>
          <Show
            when={props.case.rectangle}
            fallback={
              <button type="button" class="link" onClick={() => props.onDraw()}>
                Draw it
              </button>
            }
          >
            {(rectangle) => (
              <span class="region-value">
                {formatRectangle(rectangle())}
                <IconButton
                  label="Clear the rectangle"
                  onClick={() => void props.model.commands.setRectangle(null)}
                >
                  <X />
                </IconButton>
              </span>
            )}
          </Show>
        </div>
      </div>
    </details>
  );
}

function EdgeRow(props: { readonly model: AppModel }): JSX.Element {
  const view = () => props.model.state.view;
  const setRadius = (input: HTMLInputElement) => {
    const radius = Math.round(input.valueAsNumber);
    if (radius >= 1 && radius <= WIDEST) props.model.commands.setView({ boundaryRadius: radius });
    else input.valueAsNumber = view().boundaryRadius;
  };
  return (
    <div class="region-row">
      <label class="switch-row">
        <span>Edge of the person</span>
        <input
          type="checkbox"
          class="switch"
          checked={view().boundary}
          onChange={(event) =>
            props.model.commands.setView({ boundary: event.currentTarget.checked })
          }
        />
      </label>
      <label class="stepper" classList={{ off: !view().boundary }}>
        ±
        <input
          type="number"
          min="1"
          max={WIDEST}
          step="1"
          value={view().boundaryRadius}
          disabled={!view().boundary}
          aria-label="Pixels on either side of the edge"
          onChange={(event) => setRadius(event.currentTarget)}
        />
        px
      </label>
    </div>
  );
}
