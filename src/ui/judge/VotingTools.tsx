import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right';
import ChartArea from 'lucide-solid/icons/chart-area';
import Columns from 'lucide-solid/icons/columns-2';
import Grid from 'lucide-solid/icons/grid-3x3';
import ImageIcon from 'lucide-solid/icons/image';
import Keyboard from 'lucide-solid/icons/keyboard';
import Layers from 'lucide-solid/icons/layers-2';
import Pipette from 'lucide-solid/icons/pipette';
import SquareMinus from 'lucide-solid/icons/square-minus';
import Split from 'lucide-solid/icons/square-split-horizontal';
import StepBack from 'lucide-solid/icons/step-back';
import StepForward from 'lucide-solid/icons/step-forward';
import Sun from 'lucide-solid/icons/sun-medium';
import { type JSX, Show } from 'solid-js';
import type { LookMode } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import { DisplayBar } from '../inspect/DisplayBar.tsx';
import { InspectorBar } from '../inspect/InspectorBar.tsx';
import { PairBar } from '../inspect/PairBar.tsx';
import { ScopesBar } from '../inspect/ScopesBar.tsx';
import { LOOK_TITLES } from '../viewer/looks.ts';
import { ZoomTools } from '../viewer/ZoomTools.tsx';
import type { VotingDesk } from './voting-state.ts';
import '../viewer/map-bar.css';

interface ToolsProps {
  readonly desk: VotingDesk;
}

const ICONS: Readonly<Record<LookMode, () => JSX.Element>> = {
  'side-by-side': () => <Columns />,
  split: () => <Split />,
  onion: () => <Layers />,
  difference: () => <SquareMinus />,
  single: () => <ImageIcon />,
};

const LOOKS = (Object.keys(ICONS) as LookMode[]).map(
  (value): SegmentedOption<LookMode> => ({
    value,
    label: LOOK_TITLES[value],
    icon: ICONS[value],
    title: LOOK_TITLES[value],
  }),
);

/** Everything to look with that tells nothing of whose pictures they are. */
export function VotingTools(props: ToolsProps): JSX.Element {
  return (
    <div class="toolbar voting-tools">
      <Show when={props.desk.pictures().length > 1}>
        <Segmented
          label="Way of looking (V)"
          name="look"
          options={LOOKS}
          value={props.desk.look()}
          onChange={props.desk.setLook}
        />
        <Flip {...props} />
      </Show>
      <span class="toolbar-space" />
      <Instruments {...props} />
      <ZoomTools lens={props.desk} />
    </div>
  );
}

/** One picture in the place of another; sides change places. */
function Flip(props: ToolsProps): JSX.Element {
  const isPair = () => ['split', 'onion', 'difference'].includes(props.desk.look());
  return (
    <div class="toolbar-group">
      <Show
        when={!isPair()}
        fallback={
          <IconButton label="Swap sides" hotkey="W" onClick={() => props.desk.swap()}>
            <ArrowLeftRight />
          </IconButton>
        }
      >
        <IconButton label="Previous picture alone" hotkey="," onClick={() => props.desk.step(-1)}>
          <StepBack />
        </IconButton>
        <IconButton label="Next picture alone" hotkey="." onClick={() => props.desk.step(1)}>
          <StepForward />
        </IconButton>
      </Show>
    </div>
  );
}

function Instruments(props: ToolsProps): JSX.Element {
  return (
    <div class="toolbar-group">
      <IconButton
        label="Exposure, gamma and channel"
        hotkey="X"
        aria-pressed={props.desk.displayOpen()}
        onClick={() => props.desk.toggleDisplay()}
      >
        <Sun />
      </IconButton>
      <IconButton
        label="Pixel inspector"
        hotkey="I"
        aria-pressed={props.desk.inspecting()}
        onClick={() => props.desk.toggleInspector()}
      >
        <Pipette />
      </IconButton>
      <IconButton
        label="Histogram and waveform"
        hotkey="P"
        aria-pressed={props.desk.scopesOpen()}
        onClick={() => props.desk.toggleScopes()}
      >
        <ChartArea />
      </IconButton>
      <IconButton
        label="Sharp pixels"
        hotkey="T"
        aria-pressed={!props.desk.smooth()}
        onClick={() => props.desk.setSmooth(!props.desk.smooth())}
      >
        <Grid />
      </IconButton>
      <IconButton label="Keys" hotkey="?" onClick={() => props.desk.setHelp(true)}>
        <Keyboard />
      </IconButton>
    </div>
  );
}

/** What the instruments say, beneath the pictures. */
export function VotingInstruments(props: ToolsProps): JSX.Element {
  return (
    <div class="stage-edge">
      <PairBar viewer={props.desk} />
      <DisplayBar tool={props.desk} />
      <ScopesBar viewer={props.desk} />
      <InspectorBar viewer={props.desk} />
    </div>
  );
}
