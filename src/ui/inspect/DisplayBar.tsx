import Minus from 'lucide-solid/icons/minus';
import Plus from 'lucide-solid/icons/plus';
import { type JSX, Show } from 'solid-js';
import type { DisplayChannel } from '../../core/inspect/displayTransform.ts';
import { IconButton } from '../common/IconButton.tsx';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import { formatExposure, formatGamma } from '../format.ts';
import type { DisplayTool } from './display-state.ts';
import './inspect.css';

const CHANNELS: readonly SegmentedOption<DisplayChannel>[] = [
  { value: 'rgb', label: 'RGB', title: 'All channels' },
  { value: 'red', label: 'R', title: 'Red alone' },
  { value: 'green', label: 'G', title: 'Green alone' },
  { value: 'blue', label: 'B', title: 'Blue alone' },
  { value: 'luma', label: 'Y′', title: 'Luma (BT.601)' },
];

const FOR_THE_EYE = 'For the eye only: numbers, error maps and files never change';

/** Exposure, gamma, channel and clipping warning of everything that is shown. */
export function DisplayBar(props: { readonly tool: DisplayTool }): JSX.Element {
  return (
    <Show when={props.tool.displayOpen()}>
      <section
        class="map-bar display-bar"
        aria-label="Display"
        title={FOR_THE_EYE}
        data-testid="display-bar"
      >
        <Light tool={props.tool} />
        <Segmented
          label="Channel (Shift C)"
          name="channel"
          options={CHANNELS}
          value={props.tool.shownAs().channel}
          onChange={props.tool.setChannel}
        />
        <button
          type="button"
          class="tool-text"
          title="Lost shadows blue, lost highlights red, as they stand on the screen (C)"
          aria-pressed={props.tool.shownAs().clipping}
          onClick={() => props.tool.toggleClipping()}
        >
          Clipping
        </button>
        <span class="bar-note">{FOR_THE_EYE}</span>
        <button
          type="button"
          class="tool-text"
          title="Show pictures as they are (R)"
          onClick={() => props.tool.resetDisplay()}
        >
          Reset
        </button>
      </section>
    </Show>
  );
}

function Light(props: { readonly tool: DisplayTool }): JSX.Element {
  return (
    <>
      <Stepper
        name="Exposure"
        hotkey="E"
        value={formatExposure(props.tool.shownAs().exposure)}
        onStep={props.tool.stepExposure}
      />
      <Stepper
        name="Gamma"
        hotkey="G"
        value={formatGamma(props.tool.shownAs().gamma)}
        onStep={props.tool.stepGamma}
      />
    </>
  );
}

interface StepperProps {
  readonly name: string;
  readonly hotkey: string;
  readonly value: string;
  readonly onStep: (step: 1 | -1) => void;
}

function Stepper(props: StepperProps): JSX.Element {
  return (
    <div class="stepper">
      <span>{props.name}</span>
      <IconButton
        label={`${props.name} down`}
        hotkey={`Shift ${props.hotkey}`}
        onClick={() => props.onStep(-1)}
      >
        <Minus />
      </IconButton>
      <output class="stepper-value" aria-label={props.name}>
        {props.value}
      </output>
      <IconButton label={`${props.name} up`} hotkey={props.hotkey} onClick={() => props.onStep(1)}>
        <Plus />
      </IconButton>
    </div>
  );
}
