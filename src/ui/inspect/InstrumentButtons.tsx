import ChartArea from 'lucide-solid/icons/chart-area';
import Pipette from 'lucide-solid/icons/pipette';
import Sun from 'lucide-solid/icons/sun-medium';
import type { JSX } from 'solid-js';
import { IconButton } from '../common/IconButton.tsx';
import type { Viewer } from '../viewer/viewer-state.ts';

/** The switches of the instruments whose bars stand beneath the pictures. */
export function InstrumentButtons(props: { readonly viewer: Viewer }): JSX.Element {
  return (
    <>
      <IconButton
        label="Pixel inspector"
        hotkey="I"
        aria-pressed={props.viewer.inspecting()}
        onClick={() => props.viewer.toggleInspector()}
      >
        <Pipette />
      </IconButton>
      <IconButton
        label="Display settings"
        hotkey="X"
        aria-pressed={props.viewer.displayOpen()}
        onClick={() => props.viewer.toggleDisplay()}
      >
        <Sun />
      </IconButton>
      <IconButton
        label="Histogram and waveform"
        hotkey="P"
        aria-pressed={props.viewer.scopesOpen()}
        onClick={() => props.viewer.toggleScopes()}
      >
        <ChartArea />
      </IconButton>
    </>
  );
}
