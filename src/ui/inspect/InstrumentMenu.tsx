import ChevronUp from 'lucide-solid/icons/chevron-up';
import Ruler from 'lucide-solid/icons/ruler';
import { For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { DropDown } from '../common/DropDown.tsx';
import {
  INSTRUMENTS,
  type Instrument,
  type InstrumentContext,
  instrumentName,
} from './instruments.ts';
import './instruments.css';

/** Every instrument by its name, with its key and whether it is on, in a menu above the toolbar. */
export function InstrumentMenu(props: InstrumentContext): JSX.Element {
  const there = () => INSTRUMENTS.filter(({ isThere }) => isThere?.(props) ?? true);
  const on = () => there().filter(({ isOn }) => isOn(props)).length;
  return (
    <DropDown
      testId="instruments"
      class="tool-text instruments-button"
      bodyClass="instruments-body"
      closesOnChoice
      label={
        <>
          <Ruler />
          <span class="instruments-label">Instruments</span>
          <Show when={on() > 0}>
            <span class="instruments-count">
              {on()}
              <span class="visually-hidden"> on</span>
            </span>
          </Show>
          <ChevronUp class="instruments-chevron" />
        </>
      }
    >
      <fieldset class="instruments-list" onKeyDown={moveFocus}>
        <legend class="visually-hidden">Instruments</legend>
        <For each={there()}>{(instrument) => <Item {...props} instrument={instrument} />}</For>
      </fieldset>
    </DropDown>
  );
}

function Item(props: InstrumentContext & { readonly instrument: Instrument }): JSX.Element {
  const { label, caps } = instrumentName(props.instrument);
  return (
    <button
      type="button"
      class="menu-item instrument"
      aria-pressed={props.instrument.isOn(props)}
      aria-keyshortcuts={caps.join('+')}
      onClick={() => props.instrument.toggle(props)}
    >
      <Dynamic component={props.instrument.icon} />
      <span class="instrument-label">{label}</span>
      <span class="instrument-keys" aria-hidden="true">
        <For each={caps}>{(cap) => <kbd>{cap}</kbd>}</For>
      </span>
    </button>
  );
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrows go through the menu, where the page's own would browse cases. */
function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('.menu-item')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}
