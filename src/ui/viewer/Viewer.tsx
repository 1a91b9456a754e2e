import { createMemo, For, type JSX, Show } from 'solid-js';
import type { AppModel } from '../../app/model.ts';
import { AlignmentBar } from '../inspect/AlignmentBar.tsx';
import { DisplayBar } from '../inspect/DisplayBar.tsx';
import { InspectorBar } from '../inspect/InspectorBar.tsx';
import { Magnifier } from '../inspect/Magnifier.tsx';
import { MagnifierBar } from '../inspect/MagnifierBar.tsx';
import { PairBar } from '../inspect/PairBar.tsx';
import { ProfileBar } from '../inspect/ProfileBar.tsx';
import { ScopesBar } from '../inspect/ScopesBar.tsx';
import { MaskBar } from '../mask/MaskBar.tsx';
import { MaskLayer } from '../mask/MaskLayer.tsx';
import { PinBar } from '../remarks/PinBar.tsx';
import { PinLayer } from '../remarks/PinLayer.tsx';
import { SayDialogs } from '../remarks/SayDialogs.tsx';
import { Announcement } from './Announcement.tsx';
import { Caption } from './Caption.tsx';
import { GuessBar } from './GuessBar.tsx';
import { LightingOffer } from './LightingOffer.tsx';
import { copyViewLink } from './link-state.ts';
import { isShared } from './looks.ts';
import { MapBar } from './MapBar.tsx';
import { PaneCanvas } from './PaneCanvas.tsx';
import { PaneGrid } from './PaneGrid.tsx';
import { OutputPlaceholder } from './Placeholder.tsx';
import { lasting, methodIn, type PaneKey, type Shown, settled } from './panes.ts';
import { RectangleBar } from './RectangleBar.tsx';
import { RectangleBox } from './RectangleBox.tsx';
import { SharedPane } from './SharedPane.tsx';
import { sceneOf, shownPane } from './scene.ts';
import { Toolbar } from './Toolbar.tsx';
import type { Viewer as ViewerState } from './viewer-state.ts';
import './viewer.css';
import './split.css';
import './toolbar.css';

interface ViewerProps {
  readonly model: AppModel;
  readonly viewer: ViewerState;
}

/** The current case's pictures, in the way of looking that was chosen, and the tools beneath them. */
export function Viewer(props: ViewerProps): JSX.Element {
  return (
    <section
      class="viewer"
      data-testid="viewer"
      aria-label="Viewer"
      style={{
        '--margin-x': `${props.viewer.margin().x}px`,
        '--margin-y': `${props.viewer.margin().y}px`,
      }}
    >
      <Announcement viewer={props.viewer} />
      <GuessBar model={props.model} viewer={props.viewer} />
      <LightingOffer tool={props.viewer} />
      <div class="stage">
        <Show
          when={isShared(props.viewer.look()) && props.viewer.everyPane().length > 1}
          fallback={<Panes {...props} />}
        >
          <SharedPane {...props} />
        </Show>
        <Magnifier {...props} />
      </div>
      <div class="stage-edge" classList={{ kept: props.viewer.canMap() }}>
        <PairBar viewer={props.viewer} />
        <DisplayBar tool={props.viewer} />
        <ScopesBar viewer={props.viewer} />
        <InspectorBar viewer={props.viewer} />
        <MagnifierBar viewer={props.viewer} />
        <RectangleBar viewer={props.viewer} />
        <MaskBar model={props.model} case={props.viewer.case()} tool={props.viewer.mask} />
        <PinBar
          say={props.viewer.say}
          onLink={() => void copyViewLink(props.model, props.viewer)}
        />
        <ProfileBar model={props.model} viewer={props.viewer} />
        <AlignmentBar model={props.model} viewer={props.viewer} />
        <MapBar model={props.model} viewer={props.viewer} />
      </div>
      <Toolbar model={props.model} viewer={props.viewer} />
      <Show when={props.viewer.case()}>
        {(item) => <SayDialogs {...props} say={props.viewer.say} case={item()} />}
      </Show>
    </section>
  );
}

function Panes(props: ViewerProps): JSX.Element {
  const shown = createMemo<readonly PaneKey[]>(() =>
    props.viewer.look() === 'single' ? [props.viewer.single()] : props.viewer.panes(),
  );
  // A pane stays the same element when another method becomes the shown one.
  const keys = createMemo(() => shown().map((pane) => lasting(props.viewer.case(), pane)));
  return (
    <PaneGrid count={shown().length} frame={props.viewer.frame()}>
      <For each={keys()}>
        {(key) => (
          <Pane
            {...props}
            pane={settled(props.viewer.case(), key)}
            alone={keys().length === 1}
            primary={keys()[0] === key}
          />
        )}
      </For>
    </PaneGrid>
  );
}

function Pane(
  props: ViewerProps & {
    readonly pane: PaneKey;
    readonly alone: boolean;
    readonly primary: boolean;
  },
): JSX.Element {
  const pane = () => shownPane(props.viewer, props.pane, props.alone);
  const scene = createMemo(() => sceneOf(props.viewer, props.model.state, [pane()]));
  /** Beside other methods, a click on the name makes this the shown one. */
  const onShow = () => {
    const item = props.viewer.case();
    const id = item && item.methods.length > 1 ? methodIn(item, props.pane) : null;
    return id === null || props.alone ? undefined : () => void props.model.commands.showMethod(id);
  };
  return (
    <figure class="pane" data-pane={props.pane} data-shown={pane()}>
      <figcaption>
        <Caption
          pane={pane()}
          title={props.viewer.title}
          picture={props.viewer.picture(pane())}
          shown={props.pane === 'output'}
          onShow={onShow()}
        />
      </figcaption>
      <div class="pane-picture">
        <PaneCanvas viewer={props.viewer} scene={scene()} label={describe(props.viewer, pane())} />
        <OutputPlaceholder {...props} pane={pane()} />
        <MaskLayer
          viewer={props.viewer}
          opacity={props.model.state.view.overlayOpacity}
          primary={props.primary}
        />
        <RectangleBox viewer={props.viewer} primary={props.primary} />
        <PinLayer say={props.viewer.say} primary={props.primary} />
      </div>
    </figure>
  );
}

function describe(viewer: ViewerState, pane: Shown): string {
  const name = viewer.picture(pane)?.name;
  return name ? `${viewer.title(pane)}: ${name}` : `${viewer.title(pane)}, not there yet`;
}
