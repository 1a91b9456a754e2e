import { createMemo, type JSX, Show } from 'solid-js';
import type { AppModel } from '../../app/model.ts';
import { Caption } from './Caption.tsx';
import { PaneCanvas } from './PaneCanvas.tsx';
import { Placeholder } from './Placeholder.tsx';
import type { Shown } from './panes.ts';
import { RectangleBox } from './RectangleBox.tsx';
import { SplitHandle } from './SplitHandle.tsx';
import { sceneOf, shownPane } from './scene.ts';
import type { Look, Viewer } from './viewer-state.ts';

interface PairProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

/** What the two pictures of a pair are called in each way of looking, for lists and descriptions. */
const PLACES: Readonly<Record<string, readonly [string, string]>> = {
  split: ['on the left', 'on the right'],
  onion: ['beneath', 'on top'],
  difference: ['that is subtracted', 'it is subtracted from'],
};

function placesOf(look: Look): readonly [string, string] {
  return PLACES[look] ?? ['on the left', 'on the right'];
}

/** Two pictures in one pane: beside a line, one over the other, or their difference. */
export function PairPane(props: PairProps): JSX.Element {
  const look = () => props.viewer.look();
  const isDifference = () => look() === 'difference';
  const sides = (): readonly [Shown, Shown] =>
    isDifference() ? props.viewer.compared() : props.viewer.sides();
  const peeking = () => shownPane(props.viewer, 'output', true) === 'input';
  const choices = (): readonly Shown[] =>
    props.viewer.canMap() && !isDifference()
      ? [...props.viewer.everyPane(), 'map']
      : props.viewer.everyPane();
  const choose = (side: 0 | 1, shown: Shown) => {
    if (!isDifference()) props.viewer.setShownSide(side, shown);
    else if (shown !== 'map') props.viewer.setCompared(side, shown);
  };
  const drawn = (): readonly Shown[] => (peeking() ? ['input'] : sides());
  const scene = createMemo(() => sceneOf(props.viewer, props.model.state, drawn()));
  const name = (side: 0 | 1) => props.viewer.title(sides()[side]);
  const caption = (side: 0 | 1) => (
    <Caption
      pane={peeking() ? 'input' : sides()[side]}
      title={props.viewer.title}
      picture={props.viewer.picture(peeking() ? 'input' : sides()[side])}
      choices={choices()}
      chooseLabel={`Picture ${placesOf(look())[side]}`}
      onChoose={(pane) => choose(side, pane)}
    />
  );
  return (
    <figure class="pane split" data-pane={look()}>
      <figcaption class="split-captions">
        {caption(0)}
        {caption(1)}
      </figcaption>
      <div class="pane-picture">
        <PaneCanvas
          viewer={props.viewer}
          scene={scene()}
          label={
            isDifference()
              ? `Difference: ${name(1)} minus ${name(0)}`
              : `${name(0)} ${placesOf(look())[0]}, ${name(1)} ${placesOf(look())[1]}`
          }
        />
        <Show when={look() === 'split' && !peeking()}>
          <SplitHandle
            value={props.model.state.view.splitAt}
            left={name(0)}
            right={name(1)}
            onChange={(splitAt) => props.model.commands.setView({ splitAt })}
          />
        </Show>
        <RectangleBox viewer={props.viewer} primary />
        <Waiting {...props} sides={sides()} />
      </div>
    </figure>
  );
}

/** What stands in for the first picture of the pair that is not there yet. */
function Waiting(props: PairProps & { readonly sides: readonly [Shown, Shown] }): JSX.Element {
  const waiting = () => props.sides.findIndex((pane) => !props.viewer.picture(pane)?.bitmap);
  return (
    <Show when={props.sides[waiting()]}>
      {(pane) => (
        <div
          classList={{
            'split-side': props.viewer.look() === 'split',
            left: waiting() === 0,
          }}
          style={{ '--split': String(props.model.state.view.splitAt) }}
        >
          <OutputPlaceholder {...props} pane={pane()} />
        </div>
      )}
    </Show>
  );
}

/** Progress, or a way to begin, where an output is still to come. */
export function OutputPlaceholder(props: PairProps & { readonly pane: Shown }): JSX.Element {
  const job = () => (props.pane === 'output' ? props.model.state.job : null);
  return (
    <Placeholder
      picture={props.viewer.picture(props.pane)}
      job={job()}
      preview={props.pane === 'output' && props.viewer.case()?.preview != null}
      caseId={props.model.state.currentCaseId}
      ready={props.model.state.engine.status !== 'starting'}
      onRestore={() => void props.model.commands.restore()}
    />
  );
}
