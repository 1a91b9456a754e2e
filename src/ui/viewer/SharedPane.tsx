import { createMemo, For, type JSX, Show } from 'solid-js';
import type { AppModel } from '../../app/model.ts';
import { MaskLayer } from '../mask/MaskLayer.tsx';
import { PinLayer } from '../remarks/PinLayer.tsx';
import { Caption } from './Caption.tsx';
import { isPreviewed } from './output-wait.ts';
import { PaneCanvas } from './PaneCanvas.tsx';
import { OutputPlaceholder } from './Placeholder.tsx';
import type { Shown } from './panes.ts';
import { RectangleBox } from './RectangleBox.tsx';
import { SplitHandle } from './SplitHandle.tsx';
import { sceneOf, shownPane } from './scene.ts';
import { placesOf } from './shared-places.ts';
import { waitingSide } from './sides.ts';
import type { Viewer } from './viewer-state.ts';

interface SharedProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

/** The pictures that the way of looking lays into one pane. */
export function sharedPictures(viewer: Viewer): readonly Shown[] {
  if (viewer.look() === 'difference') return viewer.compared();
  return viewer.look() === 'onion' ? viewer.sides().slice(0, 2) : viewer.sides();
}

/** Several pictures in one pane: between lines, one over the other, or the difference of two. */
export function SharedPane(props: SharedProps): JSX.Element {
  const look = () => props.viewer.look();
  const isDifference = () => look() === 'difference';
  const into = () => props.model.state.view.splitInto;
  const sides = createMemo(() => sharedPictures(props.viewer));
  const peeking = () => shownPane(props.viewer, 'output', true) === 'input';
  const drawn = (): readonly Shown[] => (peeking() ? ['input'] : sides());
  const scene = createMemo(() => sceneOf(props.viewer, props.model.state, drawn()));
  const places = () => placesOf(look(), sides().length, into());
  const label = () => {
    const names = sides().map(props.viewer.title);
    if (isDifference()) return `Difference: ${names[1]} minus ${names[0]}`;
    return names.map((name, i) => `${name} ${places()[i]}`).join(', ');
  };
  return (
    <figure
      class="pane shared"
      classList={{ rows: look() === 'split' && into() === 'rows' }}
      data-pane={look()}
    >
      <figcaption class="shared-captions">
        <For each={sides().map((_, index) => index)}>
          {(index) => (
            <SideCaption
              {...props}
              index={index}
              pane={peeking() ? 'input' : (sides()[index] ?? 'output')}
              label={`Picture ${places()[index]}`}
            />
          )}
        </For>
      </figcaption>
      <div class="pane-picture">
        <PaneCanvas viewer={props.viewer} scene={scene()} label={label()} />
        <MaskLayer viewer={props.viewer} opacity={props.model.state.view.overlayOpacity} primary />
        <Show when={look() === 'split' && !peeking()}>
          <Lines {...props} sides={sides()} />
        </Show>
        <RectangleBox viewer={props.viewer} primary />
        <PinLayer say={props.viewer.say} primary />
        <Waiting {...props} sides={drawn()} />
      </div>
    </figure>
  );
}

/** The name of a picture in the shared pane, and the choice of another. */
function SideCaption(
  props: SharedProps & { readonly index: number; readonly pane: Shown; readonly label: string },
): JSX.Element {
  const isDifference = () => props.viewer.look() === 'difference';
  const choices = (): readonly Shown[] =>
    props.viewer.canMap() && !isDifference()
      ? [...props.viewer.everyPane(), 'map']
      : props.viewer.everyPane();
  const choose = (shown: Shown) => {
    if (!isDifference()) props.viewer.setShownSide(props.index, shown);
    else if (shown !== 'map') props.viewer.setCompared(props.index, shown);
  };
  return (
    <div class="shared-caption" style={span(props.viewer, props.index)}>
      <Caption
        pane={props.pane}
        title={props.viewer.title}
        picture={props.viewer.picture(props.pane)}
        choices={choices()}
        chooseLabel={props.label}
        onChoose={choose}
      />
    </div>
  );
}

/** Where a picture of the split begins and ends, 0..1 of what is seen of the frame. */
function span(viewer: Viewer, index: number): JSX.CSSProperties {
  const lines = viewer.look() === 'split' ? viewer.lines() : [];
  return { '--from': String(lines[index - 1] ?? 0), '--to': String(lines[index] ?? 1) };
}

/** The lines between the pictures of the split. */
function Lines(props: SharedProps & { readonly sides: readonly Shown[] }): JSX.Element {
  const name = (index: number) => props.viewer.title(props.sides[index] ?? 'output');
  const rows = () => props.model.state.view.splitInto === 'rows';
  return (
    <For each={props.sides.slice(1).map((_, index) => index)}>
      {(index) => (
        <SplitHandle
          value={props.viewer.lines()[index] ?? 0.5}
          margin={rows() ? props.viewer.margin().y : props.viewer.margin().x}
          rows={rows()}
          before={name(index)}
          after={name(index + 1)}
          onChange={(value) => props.viewer.moveLine(index, value)}
          onReset={() => props.viewer.spreadLines()}
        />
      )}
    </For>
  );
}

/** What stands in for the first of the pictures that is not there yet, or says that it is a preview. */
function Waiting(props: SharedProps & { readonly sides: readonly Shown[] }): JSX.Element {
  const isThere = (pane: Shown) => props.viewer.picture(pane)?.bitmap != null;
  const previewed = () => isPreviewed(props.model.state.job, props.viewer.case());
  const waiting = () => waitingSide(props.sides, isThere, previewed());
  return (
    <Show when={props.sides[waiting()]}>
      {(pane) => (
        <div
          classList={{ 'split-side': props.viewer.look() === 'split' }}
          style={span(props.viewer, waiting())}
        >
          <OutputPlaceholder {...props} pane={pane()} />
        </div>
      )}
    </Show>
  );
}
