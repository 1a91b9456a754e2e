import { For, type JSX, Show } from 'solid-js';
import { overlayRegionsOf } from '../../app/lookSettings.ts';
import type { AppModel, CaseView, OverlayRegion, OverlayStyleId } from '../../app/model.ts';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import { overlayTitle } from '../viewer/overlay-regions.ts';

const STYLES: readonly SegmentedOption<OverlayStyleId>[] = [
  { value: 'tint', label: 'Tint' },
  { value: 'contour', label: 'Contour' },
  { value: 'both', label: 'Both' },
  { value: 'cut-out', label: 'Cut-out', title: 'The region alone, without what is around it' },
];

interface OverlayControlsProps {
  readonly model: AppModel;
  readonly case: CaseView;
}

/** Whether and how a mask lies over the pictures, and which region's. */
export function OverlayControls(props: OverlayControlsProps): JSX.Element {
  const view = () => props.model.state.view;
  const { setView } = props.model.commands;
  const hasTint = () => view().overlayStyle === 'tint' || view().overlayStyle === 'both';
  return (
    <>
      <label class="switch-row">
        <span>Show over the pictures</span>
        <input
          type="checkbox"
          class="switch"
          checked={view().overlay}
          onChange={(event) => setView({ overlay: event.currentTarget.checked })}
        />
      </label>
      <RegionChoice {...props} />
      <Segmented
        label="Style of the overlay"
        name="overlay-style"
        options={STYLES}
        value={view().overlayStyle}
        disabled={!view().overlay}
        onChange={(overlayStyle) => setView({ overlayStyle })}
      />
      <Show when={hasTint()}>
        <label class="range-row">
          <span>Tint</span>
          <input
            type="range"
            class="range"
            min="0"
            max="100"
            value={Math.round(view().overlayOpacity * 100)}
            disabled={!view().overlay}
            aria-label="Opacity of the tint"
            aria-valuetext={`${Math.round(view().overlayOpacity * 100)} %`}
            onInput={(event) =>
              setView({ overlayOpacity: event.currentTarget.valueAsNumber / 100 })
            }
          />
          <span class="range-value">{Math.round(view().overlayOpacity * 100)} %</span>
        </label>
      </Show>
    </>
  );
}

/** Which region is tinted, outlined or cut out. */
function RegionChoice(props: OverlayControlsProps): JSX.Element {
  const view = () => props.model.state.view;
  const regions = () => overlayRegionsOf(props.case);
  const chosen = (): OverlayRegion | undefined =>
    regions().find((region) => region === view().overlayRegion) ?? regions()[0];
  return (
    <label class="range-row">
      <span>Region</span>
      <select
        class="tool-select"
        data-testid="overlay-region"
        value={chosen()}
        disabled={!view().overlay}
        onChange={(event) => {
          const region = regions().find((known) => known === event.currentTarget.value);
          if (region) props.model.commands.setView({ overlayRegion: region });
        }}
      >
        <For each={regions()}>
          {(region) => (
            <option value={region} selected={region === chosen()}>
              {overlayTitle(region, view().boundaryRadius)}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}
