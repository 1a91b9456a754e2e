import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right';
import Images from 'lucide-solid/icons/images';
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import { type AppModel, MOST_PANES, type ViewSettings } from '../../app/model.ts';
import { DropDown } from '../common/DropDown.tsx';
import { IconButton } from '../common/IconButton.tsx';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import { createMedia } from '../media.ts';
import { isShared } from './looks.ts';
import type { PaneKey } from './panes.ts';
import type { Viewer } from './viewer-state.ts';

interface LookOptionsProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

/** With more pictures than this the buttons become a list. */
const MOST_BUTTONS = 4;

type Into = ViewSettings['splitInto'];

const INTO: readonly SegmentedOption<Into>[] = [
  { value: 'columns', label: 'Columns', title: 'Beside each other' },
  { value: 'rows', label: 'Rows', title: 'Beneath each other' },
];

/** What the chosen way of looking can be told: sides to swap, which pictures, which one alone. */
export function LookOptions(props: LookOptionsProps): JSX.Element {
  const look = () => props.viewer.look();
  const count = () => props.viewer.everyPane().length;
  return (
    <Switch>
      <Match when={look() === 'single'}>
        <SinglePicture viewer={props.viewer} />
      </Match>
      <Match when={count() > 1}>
        <Show when={isShared(look())}>
          <IconButton label="Swap sides" hotkey="S" onClick={() => props.viewer.swapSides()}>
            <ArrowLeftRight />
          </IconButton>
        </Show>
        <Show when={look() === 'split' || (look() === 'side-by-side' && count() > 2)}>
          <Pictures {...props} />
        </Show>
      </Match>
    </Switch>
  );
}

/** Which pictures stand beside each other, or share the split. */
function Pictures(props: LookOptionsProps): JSX.Element {
  const isSplit = () => props.viewer.look() === 'split';
  const chosen = (pane: PaneKey) =>
    isSplit() ? props.viewer.split().includes(pane) : props.viewer.inView(pane);
  const count = () => (isSplit() ? props.viewer.split() : props.viewer.panes()).length;
  /** Two at least, six at most; side by side, the output that the numbers speak of stays. */
  const fixed = (pane: PaneKey) =>
    chosen(pane)
      ? count() <= 2 || (!isSplit() && pane === 'output')
      : count() >= Math.min(MOST_PANES, props.viewer.everyPane().length);
  const toggle = (pane: PaneKey) => {
    if (isSplit()) props.viewer.toggleSide(pane);
    else props.viewer.setInView(pane, !chosen(pane));
  };
  return (
    <DropDown
      testId="pictures-menu"
      class="icon-button"
      bodyClass="pictures-body"
      label={
        <>
          <Images />
          <span class="visually-hidden">Pictures in view</span>
        </>
      }
    >
      <fieldset class="pictures-list">
        <legend class="section-title">
          {isSplit() ? 'In the split, 2 to 6' : 'Side by side, 2 to 6'}
        </legend>
        <For each={props.viewer.everyPane()}>
          {(pane) => (
            <label class="menu-item">
              <input
                type="checkbox"
                checked={chosen(pane)}
                disabled={fixed(pane)}
                onChange={() => toggle(pane)}
              />
              <span>{props.viewer.title(pane)}</span>
            </label>
          )}
        </For>
      </fieldset>
      <Show when={isSplit()}>
        <Segmented
          label="Split into"
          name="split-into"
          options={INTO}
          value={props.model.state.view.splitInto}
          onChange={(splitInto) => props.model.commands.setView({ splitInto })}
        />
      </Show>
    </DropDown>
  );
}

/** Which picture is shown alone. */
function SinglePicture(props: { readonly viewer: Viewer }): JSX.Element {
  const tight = createMedia('(max-width: 1199px)');
  return (
    <Show
      when={props.viewer.everyPane().length <= MOST_BUTTONS && !tight()}
      fallback={<PaneSelect viewer={props.viewer} />}
    >
      <div class="toolbar-group">
        <For each={props.viewer.everyPane()}>
          {(pane) => (
            <button
              type="button"
              class="tool-text"
              aria-pressed={props.viewer.single() === pane}
              onClick={() => props.viewer.show(pane)}
            >
              {props.viewer.title(pane)}
            </button>
          )}
        </For>
      </div>
    </Show>
  );
}

function PaneSelect(props: { readonly viewer: Viewer }): JSX.Element {
  return (
    <select
      class="tool-select"
      aria-label="Picture that is shown alone"
      value={props.viewer.single()}
      onChange={(event) => {
        const { value } = event.currentTarget;
        const chosen = props.viewer.everyPane().find((pane) => pane === value);
        if (chosen) props.viewer.show(chosen);
      }}
    >
      <For each={props.viewer.everyPane()}>
        {(pane) => (
          <option value={pane} selected={pane === props.viewer.single()}>
            {props.viewer.title(pane)}
          </option>
        )}
      </For>
    </select>
  );
}
