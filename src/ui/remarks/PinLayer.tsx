import { For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { arrowStep } from '../common/arrows.ts';
import type { Point } from '../viewer/viewport.ts';
import type { PinMark, PinTool } from './pin-state.ts';
import type { SayTool } from './say-state.ts';
import './pins.css';

interface PinLayerProps {
  readonly say: SayTool;
  /** One pane's pins take the keys; the others are for the pointer. */
  readonly primary: boolean;
}

/** CSS pixels that an arrow moves a pin, alone and with Shift. */
const STEP = 2;
const STRIDE = 20;
/** A press that moves further is no click, and one on a pin moves it. */
const SLOP = 5;
/** What a marker needs beside its place. */
const ROOM = 26;

/** The pins over a pane, and the place where the next one is to be. */
export function PinLayer(props: PinLayerProps): JSX.Element {
  const { pins } = props.say;
  let layer: HTMLDivElement | undefined;
  onMount(() => {
    const pane = layer?.parentElement;
    if (pane) onCleanup(attachDropping(pane, pins));
  });
  return (
    <div ref={layer} class="pins" data-testid={props.primary ? 'pins' : undefined}>
      <For each={pins.marks().map(({ id }) => id)}>
        {(id) => (
          <Show when={pins.marks().find((mark) => mark.id === id)}>
            {(mark) => <Marker {...props} mark={mark()} />}
          </Show>
        )}
      </For>
      <Show when={pins.cursor()}>
        {(place) => (
          <Show
            when={props.primary}
            fallback={<span class="pin-cursor" style={at(pins, place())} />}
          >
            <Cursor pins={pins} place={place()} />
          </Show>
        )}
      </Show>
    </div>
  );
}

function at(pins: PinTool, place: Point): JSX.CSSProperties {
  const { x, y } = pins.inPane(place);
  return { '--x': `${x}px`, '--y': `${y}px` };
}

function arrowOf(event: KeyboardEvent): Point | null {
  const arrow = arrowStep(event);
  const step = event.shiftKey ? STRIDE : STEP;
  return arrow && { x: arrow.x * step, y: arrow.y * step };
}

/** A click anywhere on the pane drops the pin; panning and zooming go on beneath. */
function attachDropping(pane: HTMLElement, pins: PinTool): () => void {
  const off = new AbortController();
  let pressed: Point | null = null;
  const placeOf = ({ clientX, clientY }: MouseEvent) => {
    const box = pane.getBoundingClientRect();
    return pins.placeAt({ x: clientX - box.left, y: clientY - box.top });
  };
  const down = (event: PointerEvent) => {
    pressed = { x: event.clientX, y: event.clientY };
  };
  const click = (event: MouseEvent) => {
    const onPin = event.target instanceof Element && event.target.closest('.pin') !== null;
    const still =
      pressed !== null && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < SLOP;
    const place = pins.placing() && still && !onPin ? placeOf(event) : null;
    if (place) pins.drop(place);
  };
  pane.addEventListener('pointerdown', down, { signal: off.signal });
  pane.addEventListener('click', click, { signal: off.signal });
  return () => off.abort();
}

/** Where Enter drops the pin; it has the keys until then. */
function Cursor(props: { readonly pins: PinTool; readonly place: Point }): JSX.Element {
  let element: HTMLButtonElement | undefined;
  onMount(() => element?.focus({ preventScroll: true }));
  const press = (event: KeyboardEvent) => {
    const by = arrowOf(event);
    if (by) props.pins.moveCursor(by.x, by.y);
    else if (event.key === 'Enter') props.pins.drop(props.place);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div role="application" aria-label="Place of the pin">
      <button
        ref={element}
        type="button"
        class="pin-cursor"
        style={at(props.pins, props.place)}
        aria-label={`Pin at ${percent(props.place.x)} from the left, ${percent(props.place.y)} from the top`}
        aria-describedby="pin-keys"
        data-testid="pin-cursor"
        onKeyDown={press}
      />
    </div>
  );
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** A numbered pin: dragged it moves, clicked it is chosen, and its keys change or take it back. */
function Marker(props: PinLayerProps & { readonly mark: PinMark }): JSX.Element {
  const { pins } = props.say;
  const id = props.mark.id;
  let element: HTMLButtonElement | undefined;
  const drag = createDrag(id, pins);
  onMount(() => {
    if (!props.primary || !pins.takeFresh(id)) return;
    // The focus first: it comes back here when the words are said.
    element?.focus({ preventScroll: true });
    props.say.open({ kind: 'pin', id });
  });
  const press = (event: KeyboardEvent) => {
    const by = arrowOf(event);
    if (by) pins.nudge(id, by.x, by.y);
    else if (event.key === 'Enter') props.say.open({ kind: 'pin', id });
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      props.say.say({ kind: 'remove', id });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const lean = () => {
    const { x, y } = pins.inPane(props.mark.pin);
    return { left: x > pins.paneWidth() - ROOM, below: y < ROOM };
  };
  const name = () => {
    const { number, pin } = props.mark;
    return `Pin ${number}: ${pin.text || 'no text'}`;
  };
  return (
    <button
      ref={element}
      type="button"
      class="pin"
      classList={{ chosen: pins.selected() === id, ...lean() }}
      style={at(pins, props.mark.pin)}
      tabIndex={props.primary ? 0 : -1}
      aria-label={name()}
      title={name()}
      aria-describedby={pins.selected() === id ? 'pin-keys' : undefined}
      data-testid={props.primary ? `pin-${props.mark.number}` : undefined}
      onFocus={() => pins.select(id)}
      onClick={() => pins.select(id)}
      onDblClick={() => props.say.open({ kind: 'pin', id })}
      onPointerDown={drag.down}
      onPointerMove={drag.move}
      onPointerUp={drag.up}
      onPointerCancel={drag.cancel}
      onKeyDown={press}
    >
      {props.mark.number}
    </button>
  );
}

/** Moves a pin with the pointer, from where it was taken hold of; less than the slop is a click. */
function createDrag(id: string, pins: PinTool) {
  let from: { readonly pointer: Point; readonly pin: Point } | null = null;
  let moving = false;
  const placeOf = ({ clientX, clientY }: PointerEvent) => {
    if (!from) return null;
    const { pointer, pin } = from;
    return pins.placeAt({ x: pin.x + clientX - pointer.x, y: pin.y + clientY - pointer.y });
  };
  const pinNow = () => pins.marks().find((mark) => mark.id === id)?.pin;
  const end = () => {
    from = null;
    moving = false;
  };
  return {
    down: (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
      const pin = pinNow();
      if (event.button !== 0 || !pin) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from = { pointer: { x: event.clientX, y: event.clientY }, pin: pins.inPane(pin) };
    },
    move: (event: PointerEvent) => {
      if (!from) return;
      const { pointer } = from;
      moving ||= Math.hypot(event.clientX - pointer.x, event.clientY - pointer.y) > SLOP;
      const place = moving ? placeOf(event) : null;
      if (place) pins.moveTo(id, place, false);
    },
    up: (event: PointerEvent) => {
      const last = placeOf(event) ?? pinNow();
      if (moving && last) pins.moveTo(id, last, true);
      end();
    },
    cancel: end,
  };
}
