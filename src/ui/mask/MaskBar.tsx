import Brush from 'lucide-solid/icons/brush';
import Contrast from 'lucide-solid/icons/contrast';
import Eraser from 'lucide-solid/icons/eraser';
import Eye from 'lucide-solid/icons/eye';
import Lasso from 'lucide-solid/icons/lasso';
import PaintBucket from 'lucide-solid/icons/paint-bucket';
import Redo from 'lucide-solid/icons/redo-2';
import SquareDashed from 'lucide-solid/icons/square-dashed';
import Undo from 'lucide-solid/icons/undo-2';
import { For, type JSX, Show } from 'solid-js';
import type { AppModel, CaseView, MaskTarget } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import type { MaskToolName } from './brush-state.ts';
import { WIDEST_FEATHER } from './brush-state.ts';
import { MaskActions } from './MaskActions.tsx';
import type { MaskTool } from './mask-state.ts';
import { fromSlider, SLIDER_END, toSlider } from './slider.ts';
import { MASK_TARGETS, targetTitle } from './targets.ts';
import './mask.css';
import '../viewer/map-bar.css';

const TOOLS: readonly SegmentedOption<MaskToolName>[] = [
  { value: 'brush', label: 'Brush', icon: () => <Brush />, title: 'Brush (B)' },
  { value: 'eraser', label: 'Eraser', icon: () => <Eraser />, title: 'Eraser (E)' },
  { value: 'lasso', label: 'Lasso', icon: () => <Lasso />, title: 'Lasso (L)' },
];

const SIDES: readonly SegmentedOption<'add' | 'erase'>[] = [
  { value: 'add', label: 'Add', title: 'What is circled becomes inside (X)' },
  { value: 'erase', label: 'Take away', title: 'What is circled becomes outside (X)' },
];

interface MaskBarProps {
  readonly model: AppModel;
  readonly case: CaseView | null;
  readonly tool: MaskTool;
}

/** Beneath the pictures while a mask is painted: what with, the whole mask at once, and the way out. */
export function MaskBar(props: MaskBarProps): JSX.Element {
  return (
    <Show when={props.tool.painting()}>
      {(target) => (
        <section class="map-bar mask-bar" aria-label="Mask editing" data-testid="mask-bar">
          <TargetSelect tool={props.tool} target={target()} />
          <Segmented
            label="What to paint with"
            name="mask-tool"
            options={TOOLS}
            value={props.tool.brush.tool()}
            onChange={props.tool.brush.setTool}
          />
          <Show when={props.tool.brush.tool() === 'lasso'} fallback={<Sliders tool={props.tool} />}>
            <Segmented
              label="What the lasso does (X)"
              name="mask-side"
              options={SIDES}
              value={props.tool.brush.side()}
              onChange={props.tool.brush.turn}
            />
          </Show>
          <Whole tool={props.tool} />
          <History tool={props.tool} />
          {/* Those of the person stand in the panel. */}
          <Show when={target() !== 'person' && props.case}>
            {(item) => (
              <MaskActions
                model={props.model}
                case={item()}
                target={target()}
                busy={props.tool.busy(target())}
                compact
              />
            )}
          </Show>
          <span class="mask-end">
            <State tool={props.tool} />
            <button
              type="button"
              class="tool-text"
              data-testid="mask-done"
              title="Stop painting (Esc)"
              onClick={() => props.tool.paint(null)}
            >
              Done
            </button>
          </span>
          <span id="mask-keys" class="mask-keys">
            Arrows move the brush, Space paints or sets a corner of the lasso, Enter closes the
            lasso, Esc leaves
          </span>
        </section>
      )}
    </Show>
  );
}

function TargetSelect(props: {
  readonly tool: MaskTool;
  readonly target: MaskTarget;
}): JSX.Element {
  return (
    <select
      class="tool-select"
      aria-label="Mask that is painted"
      data-testid="mask-target"
      value={props.target}
      onChange={(event) => {
        const { value } = event.currentTarget;
        const chosen = MASK_TARGETS.find((target) => target === value);
        if (chosen) props.tool.paint(chosen);
      }}
    >
      <For each={MASK_TARGETS}>
        {(target) => (
          <option value={target} selected={target === props.target}>
            {targetTitle(target)}
          </option>
        )}
      </For>
    </select>
  );
}

function Sliders(props: { readonly tool: MaskTool }): JSX.Element {
  const { brush } = props.tool;
  return (
    <>
      <Slider
        title="Size"
        label="Size of the brush ([ and ])"
        most={SLIDER_END}
        value={toSlider(brush.size(), brush.largest())}
        words={`${brush.size()} px`}
        testId="mask-size"
        onInput={(value) => brush.setSize(fromSlider(value, brush.largest()))}
      />
      <Slider
        title="Soft"
        label="Softness of the brush’s edge (Shift [ and Shift ])"
        most={100}
        value={brush.softness()}
        words={`${brush.softness()} %`}
        testId="mask-softness"
        onInput={brush.setSoftness}
      />
    </>
  );
}

function Slider(props: {
  readonly title: string;
  readonly label: string;
  readonly most: number;
  readonly value: number;
  /** The value as it is read. */
  readonly words: string;
  readonly testId: string;
  readonly onInput: (value: number) => void;
}): JSX.Element {
  return (
    <label class="mask-slider">
      <span>{props.title}</span>
      <input
        type="range"
        class="range"
        min="0"
        max={props.most}
        value={props.value}
        aria-label={props.label}
        aria-valuetext={props.words}
        data-testid={props.testId}
        onInput={(event) => props.onInput(event.currentTarget.valueAsNumber)}
      />
      <output class="mask-value">{props.words}</output>
    </label>
  );
}

/** What happens to all of the mask at once. */
function Whole(props: { readonly tool: MaskTool }): JSX.Element {
  const { tool } = props;
  const busy = () => tool.session()?.busy() ?? false;
  return (
    <>
      <span class="stepper">
        {/* Pressed by keys it keeps the focus, which a disabled button would lose. */}
        <button
          type="button"
          class="tool-text"
          aria-disabled={busy()}
          title="Soften the edge of the whole mask (Shift F)"
          data-testid="mask-feather"
          onClick={() => tool.feather()}
        >
          Feather
        </button>
        <input
          type="number"
          min="1"
          max={WIDEST_FEATHER}
          step="1"
          value={tool.brush.featherBy()}
          aria-label="Width of the feather in pixels"
          onChange={(event) => {
            tool.brush.setFeatherBy(event.currentTarget.valueAsNumber);
            event.currentTarget.valueAsNumber = tool.brush.featherBy();
          }}
        />
        px
      </span>
      <span class="mask-group">
        <IconButton
          label="Invert the mask"
          hotkey="I"
          disabled={busy()}
          onClick={() => tool.invert()}
        >
          <Contrast />
        </IconButton>
        <IconButton
          label="Fill the mask"
          hotkey="A"
          disabled={busy()}
          onClick={() => tool.fill(true)}
        >
          <PaintBucket />
        </IconButton>
        <IconButton
          label="Clear the mask"
          hotkey="Del"
          disabled={busy()}
          onClick={() => tool.fill(false)}
        >
          <SquareDashed />
        </IconButton>
      </span>
    </>
  );
}

function History(props: { readonly tool: MaskTool }): JSX.Element {
  const session = () => props.tool.session();
  return (
    <span class="mask-group">
      <IconButton
        label="Take back"
        hotkey="Ctrl/⌘ Z"
        data-testid="mask-undo"
        disabled={!session()?.canUndo()}
        onClick={() => session()?.undo()}
      >
        <Undo />
      </IconButton>
      <IconButton
        label="Do again"
        hotkey="Ctrl/⌘ Shift Z"
        data-testid="mask-redo"
        disabled={!session()?.canRedo()}
        onClick={() => session()?.redo()}
      >
        <Redo />
      </IconButton>
      <IconButton
        label="Show the mask"
        hotkey="M"
        aria-pressed={props.tool.maskShown()}
        onClick={() => props.tool.setMaskShown(!props.tool.maskShown())}
      >
        <Eye />
      </IconButton>
    </span>
  );
}

/** Whether everything is kept, and, for those who paint by keys, where the brush is. */
function State(props: { readonly tool: MaskTool }): JSX.Element {
  const state = () => {
    const session = props.tool.session();
    if (!session) return 'reading';
    if (session.busy()) return 'softening';
    return session.saved() ? 'saved' : 'saving';
  };
  const WORDS = {
    reading: 'Reading…',
    softening: 'Softening…',
    saving: 'Saving…',
    saved: 'Saved',
  } as const;
  return (
    <>
      <output class="mask-spoken">{props.tool.stroke.spoken()}</output>
      <span class="mask-state" data-testid="mask-state" data-state={state()}>
        {WORDS[state()]}
      </span>
    </>
  );
}
