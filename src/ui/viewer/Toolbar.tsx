import Columns from 'lucide-solid/icons/columns-2';
import Contrast from 'lucide-solid/icons/contrast';
import Diff from 'lucide-solid/icons/diff';
import ImageIcon from 'lucide-solid/icons/image';
import Layers from 'lucide-solid/icons/layers-2';
import Link from 'lucide-solid/icons/link';
import SquareMinus from 'lucide-solid/icons/square-minus';
import Split from 'lucide-solid/icons/square-split-horizontal';
import { type JSX, Show } from 'solid-js';
import type { AppModel, LookMode } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import { InstrumentMenu } from '../inspect/InstrumentMenu.tsx';
import { LookOptions } from './LookOptions.tsx';
import { copyViewLink } from './link-state.ts';
import { LOOK_TITLES } from './looks.ts';
import type { Viewer } from './viewer-state.ts';
import { ZoomTools } from './ZoomTools.tsx';

interface ToolbarProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

const LOOKS: readonly SegmentedOption<LookMode>[] = [
  {
    value: 'side-by-side',
    label: LOOK_TITLES['side-by-side'],
    icon: () => <Columns />,
    title: 'Side by side',
  },
  { value: 'split', label: LOOK_TITLES.split, icon: () => <Split />, title: 'Split view' },
  {
    value: 'onion',
    label: LOOK_TITLES.onion,
    icon: () => <Layers />,
    title: 'Onion: one over the other',
  },
  {
    value: 'difference',
    label: LOOK_TITLES.difference,
    icon: () => <SquareMinus />,
    title: 'Difference of two pictures',
  },
  {
    value: 'single',
    label: LOOK_TITLES.single,
    icon: () => <ImageIcon />,
    title: 'One picture, flip in place (1, 2, 3 or . and ,)',
  },
];

/** The tools beneath the pictures: way of looking, before, mask, zoom. */
export function Toolbar(props: ToolbarProps): JSX.Element {
  return (
    <div class="toolbar">
      <Segmented
        label="Way of looking (V)"
        name="look"
        options={LOOKS}
        value={props.viewer.look()}
        onChange={(look) => props.viewer.setLook(look)}
      />
      <LookOptions {...props} />
      <span class="toolbar-space" />
      <Before viewer={props.viewer} />
      <Show when={props.viewer.canMap()}>
        <IconButton
          label="Error map"
          hotkey="D"
          aria-pressed={props.viewer.errorMap() !== null}
          onClick={() => props.viewer.toggleMap()}
        >
          <Diff />
        </IconButton>
      </Show>
      <Show when={props.viewer.case()?.mask}>
        <IconButton
          class="mask-tool"
          label="Mask overlay"
          hotkey="M"
          aria-pressed={props.model.state.view.overlay}
          onClick={() => props.model.commands.setView({ overlay: !props.model.state.view.overlay })}
        >
          <Contrast />
        </IconButton>
      </Show>
      <InstrumentMenu {...props} />
      <IconButton
        class="copy-link"
        label="Copy link to this view"
        onClick={() => void copyViewLink(props.model, props.viewer)}
      >
        <Link />
      </IconButton>
      <ZoomTools lens={props.viewer} actualSizeKey="0" />
    </div>
  );
}

/** Shows the input in the output's place while it is held, by finger, mouse or keyboard. */
function Before(props: { readonly viewer: Viewer }): JSX.Element {
  const hold = (on: boolean) => props.viewer.setPeeking(on);
  return (
    <button
      type="button"
      class="tool-text before"
      title="Hold to look at the input (B)"
      aria-pressed={props.viewer.peeking()}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        hold(true);
      }}
      onPointerUp={() => hold(false)}
      onPointerCancel={() => hold(false)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === ' ' || event.key === 'Enter') hold(true);
      }}
      onKeyUp={() => hold(false)}
      onBlur={() => hold(false)}
    >
      Before
    </button>
  );
}
