import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { PaneKey } from '../../app/model.ts';
import { PaneCanvas } from '../viewer/PaneCanvas.tsx';
import { PaneGrid } from '../viewer/PaneGrid.tsx';
import { goesByPixels, type Mix, type Scene } from '../viewer/paint.ts';
import { SplitHandle } from '../viewer/SplitHandle.tsx';
import { placesOf } from '../viewer/shared-places.ts';
import { type BlindPicture, blindKey } from './blind-looks.ts';
import type { VotingDesk } from './voting-state.ts';

/** The pictures of an item, in lock-step, under letters that say nothing. */
export function VotingPanes(props: { readonly desk: VotingDesk }): JSX.Element {
  const looks = () => props.desk;
  const isShared = () =>
    ['split', 'onion', 'difference'].includes(looks().look()) && looks().pictures().length > 1;
  const inView = createMemo(() => {
    const { desk } = props;
    return desk.look() === 'single'
      ? desk.pictures().filter((picture) => blindKey(picture) === desk.single())
      : desk.pictures();
  });
  return (
    <Switch>
      <Match when={isShared()}>
        <Shared desk={props.desk} />
      </Match>
      <Match when={true}>
        <PaneGrid count={inView().length} frame={props.desk.frame()}>
          <For each={inView()}>{(picture) => <Pane desk={props.desk} picture={picture} />}</For>
        </PaneGrid>
      </Match>
    </Switch>
  );
}

const describe = ({ letter }: Pick<BlindPicture, 'letter'>) =>
  letter.length === 1 || /^[A-Z]+$/.test(letter) ? `Picture ${letter}` : letter;

/** What a canvas with these pictures has to draw; while peeking, the untouched one. */
function sceneOf(desk: VotingDesk, pictures: readonly (BlindPicture | null)[]): Scene | null {
  const frame = desk.frame();
  if (!frame) return null;
  const peeked = desk.peeked();
  const bitmaps = peeked ? [peeked] : pictures.map((picture) => picture?.bitmap ?? null);
  if (bitmaps.every((bitmap) => bitmap === null)) return null;
  const mix = mixOf(desk);
  return {
    frame,
    viewport: desk.viewport(),
    smooth: desk.smooth(),
    colorSpace: 'srgb',
    layers: bitmaps.map((bitmap) => bitmap && { bitmap, dimmed: false, map: false }),
    mix,
    shownAs: desk.shownAs(),
    moving: goesByPixels(mix, desk.shownAs()) && desk.moving(),
    instruments: { mark: desk.inspected() },
    overlay: null,
    overlayStyle: { overlayStyle: 'contour', overlayOpacity: 0 },
  };
}

function mixOf(desk: VotingDesk): Mix {
  if (desk.look() === 'onion') return { kind: 'onion', opacity: desk.onion() };
  if (desk.look() === 'difference') {
    return { kind: 'difference', settings: { gain: desk.gain(), signed: desk.signed() } };
  }
  return { kind: 'split', lines: [desk.splitAt()], into: 'columns' };
}

function Pane(props: { readonly desk: VotingDesk; readonly picture: BlindPicture }): JSX.Element {
  const scene = createMemo(() => sceneOf(props.desk, [props.picture]));
  return (
    <figure class="pane" data-picture={props.picture.letter}>
      <figcaption>
        <div class="caption">
          <span class="caption-role">{props.picture.letter}</span>
        </div>
      </figcaption>
      <div class="pane-picture">
        <PaneCanvas viewer={props.desk} scene={scene()} label={describe(props.picture)} />
        <Show when={props.picture.bitmap === null}>
          <p class="picture-missing">This picture is missing. Skip the item.</p>
        </Show>
      </div>
    </figure>
  );
}

/** Two pictures in one pane: on both sides of a line, one over the other, or their difference. */
function Shared(props: { readonly desk: VotingDesk }): JSX.Element {
  const sides = () => props.desk.split();
  const pictures = createMemo(() => sides().map(props.desk.picture));
  const scene = createMemo(() => sceneOf(props.desk, pictures()));
  const places = () => placesOf(props.desk.look(), 2, 'columns');
  const name = (index: number) => describe({ letter: props.desk.title(sides()[index] ?? '') });
  const label = () =>
    props.desk.look() === 'difference'
      ? `Difference: ${name(1)} minus ${name(0)}`
      : `${name(0)} ${places()[0]}, ${name(1)} ${places()[1]}`;
  return (
    <PaneGrid count={1} frame={props.desk.frame()}>
      <figure class="pane shared" data-picture="shared">
        <figcaption class="shared-captions">
          <Side desk={props.desk} index={0} label={`Picture ${places()[0]}`} />
          <Side desk={props.desk} index={1} label={`Picture ${places()[1]}`} />
        </figcaption>
        <div class="pane-picture">
          <PaneCanvas viewer={props.desk} scene={scene()} label={label()} />
          <Show when={props.desk.look() === 'split' && !props.desk.peeked()}>
            <SplitHandle
              value={props.desk.splitAt()}
              margin={props.desk.margin().x}
              rows={false}
              before={name(0)}
              after={name(1)}
              onChange={props.desk.setSplitAt}
              onReset={() => props.desk.setSplitAt(0.5)}
            />
          </Show>
          <Show when={pictures().some((picture) => !picture?.bitmap)}>
            <p class="picture-missing">A picture is missing. Skip the item.</p>
          </Show>
        </div>
      </figure>
    </PaneGrid>
  );
}

/** Which picture stands on this side; with two there is nothing to choose. */
function Side(props: {
  readonly desk: VotingDesk;
  readonly index: 0 | 1;
  readonly label: string;
}): JSX.Element {
  const own = () => props.desk.split()[props.index];
  return (
    <div class="shared-caption">
      <div class="caption">
        <Show
          when={props.desk.pictures().length > 2}
          fallback={<span class="caption-role">{props.desk.title(own())}</span>}
        >
          <select
            class="tool-select"
            aria-label={props.label}
            onChange={(event) => {
              const { value } = event.currentTarget;
              const key = props.desk.everyPane().find((pane) => pane === value);
              if (key) props.desk.setSide(props.index, key);
            }}
          >
            <For each={props.desk.everyPane()}>
              {(key: PaneKey) => (
                <option value={key} selected={key === own()}>
                  {props.desk.title(key)}
                </option>
              )}
            </For>
          </select>
        </Show>
      </div>
    </div>
  );
}
