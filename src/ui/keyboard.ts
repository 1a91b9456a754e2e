import { onCleanup, onMount } from 'solid-js';
import {
  belongsToField,
  bindingFor,
  type KeyAction,
  type KeyBinding,
  type KeyMode,
} from './keys.ts';

export interface KeyboardHandlers {
  /** Whether the page has these keys now; while somebody votes, others are at work. */
  readonly enabled: () => boolean;
  /** Whether single-character keys are on. */
  readonly characterKeys: () => boolean;
  /** What the page is in the middle of, with keys of its own. */
  readonly mode: () => KeyMode | null;
  /** @param key as in `KeyboardEvent.key`: some actions have several */
  readonly press: (action: KeyAction, key: string) => void;
  readonly release: (action: KeyAction) => void;
}

/** Listens to the window's keys while the owner lives; silent in fields and in open dialogs. */
export function createKeyboard(handlers: KeyboardHandlers): void {
  let held: KeyBinding | null = null;

  const letGo = () => {
    if (!held) return;
    handlers.release(held.action);
    held = null;
  };
  const down = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !handlers.enabled() || isElsewhere(event)) return;
    const binding = bindingFor(event, handlers.characterKeys(), handlers.mode());
    if (!binding) return;
    event.preventDefault();
    if (binding.held) held = binding;
    handlers.press(binding.action, event.key);
  };
  const up = (event: KeyboardEvent) => {
    if (held?.keys.includes(event.key.toLowerCase())) letGo();
  };

  onMount(() => {
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', letGo);
  });
  onCleanup(() => {
    window.removeEventListener('keydown', down);
    window.removeEventListener('keyup', up);
    window.removeEventListener('blur', letGo);
  });
}

function isElsewhere(event: KeyboardEvent): boolean {
  if (document.querySelector('dialog:modal')) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return belongsToField(event, {
    tagName: target.tagName,
    type: target.getAttribute('type'),
    role: target.getAttribute('role'),
    editable: target.isContentEditable,
  });
}
