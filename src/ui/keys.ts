/** Every key of the page, in one table: the keyboard handler, the help and the palette read it. */

import { MASK_KEYS, type MaskAction } from './mask/mask-keys.ts';

export type KeyAction =
  | 'show-input'
  | 'show-output'
  | 'show-gt'
  | 'show-method'
  | 'next-in-place'
  | 'previous-in-place'
  | 'peek'
  | 'next-look'
  | 'previous-look'
  | 'swap'
  | 'error-map'
  | 'previous-map'
  | 'next-map'
  | 'rectangle'
  | 'leave'
  | 'tag'
  | 'note'
  | 'rating'
  | 'pin'
  | 'figure'
  | 'overlay'
  | 'overlay-style'
  | 'exposure-up'
  | 'exposure-down'
  | 'gamma-up'
  | 'gamma-down'
  | 'clipping'
  | 'next-channel'
  | 'display'
  | 'reset-display'
  | 'inspector'
  | 'magnifier'
  | 'profile'
  | 'alignment'
  | 'hints'
  | 'scopes'
  | 'fit'
  | 'actual-size'
  | 'zoom-in'
  | 'zoom-out'
  | 'smooth'
  | 'pan-left'
  | 'pan-right'
  | 'pan-up'
  | 'pan-down'
  | 'previous-case'
  | 'next-case'
  | 'worst-case'
  | 'panels'
  | 'undo'
  | 'edit-mask'
  | MaskAction
  | 'palette'
  | 'help';

/** In the order of the help. */
export const KEY_GROUPS = [
  'Compare',
  'Zoom',
  'Display',
  'Error map',
  'Regions',
  'Mask editing',
  'Say it',
  'Page',
  'Judging',
] as const;
export type KeyGroup = (typeof KEY_GROUPS)[number];

/** What the page may be in the middle of, with keys of its own: the person mask is being painted. */
export type KeyMode = 'mask';

export interface KeyBinding {
  readonly action: KeyAction;
  /** `KeyboardEvent.key` in lower case; several where keyboards differ. */
  readonly keys: readonly string[];
  /** Null: the key itself needs Shift on some keyboards, so either will do. */
  readonly shift: boolean | null;
  /** As printed on the key. */
  readonly caps: readonly string[];
  readonly label: string;
  readonly group: KeyGroup;
  /** Held keys act until they are let go; the others act once a press. */
  readonly held?: true;
  /** With Ctrl, or ⌘ on a Mac. */
  readonly command?: true;
  /** Serves in this mode only, where it wins over the plain binding of the same key. */
  readonly mode?: KeyMode;
}

export const KEY_BINDINGS: readonly KeyBinding[] = [
  bind('show-input', '1', 'Input alone', 'Compare'),
  bind('show-output', '2', 'Output alone', 'Compare'),
  bind('show-gt', '3', 'Ground truth alone', 'Compare'),
  {
    ...bind('show-method', '4', 'Further methods alone', 'Compare'),
    keys: ['4', '5', '6', '7', '8', '9'],
    caps: ['4', '…', '9'],
  },
  bind('next-in-place', '.', 'Next picture in place', 'Compare'),
  bind('previous-in-place', ',', 'Previous picture in place', 'Compare'),
  { ...bind('peek', 'b', 'Hold: look at the input', 'Compare'), held: true },
  bind('next-look', 'v', 'Next way of looking', 'Compare'),
  shifted('previous-look', 'v', 'Previous way of looking', 'Compare'),
  bind('swap', 's', 'Swap sides', 'Compare'),
  bind('fit', 'f', 'Fit', 'Zoom'),
  bind('actual-size', '0', 'One to one', 'Zoom'),
  { ...bind('zoom-in', '+', 'Zoom in', 'Zoom'), keys: ['+', '='], shift: null },
  { ...bind('zoom-out', '-', 'Zoom out', 'Zoom'), keys: ['-', '_'], caps: ['−'], shift: null },
  bind('smooth', 't', 'Sharp or smooth pixels', 'Zoom'),
  arrow('pan-left', 'arrowleft', '←', 'Move left', true),
  arrow('pan-right', 'arrowright', '→', 'Move right', true),
  arrow('pan-up', 'arrowup', '↑', 'Move up', true),
  arrow('pan-down', 'arrowdown', '↓', 'Move down', true),
  bind('exposure-up', 'e', 'Exposure up half a stop', 'Display'),
  shifted('exposure-down', 'e', 'Exposure down half a stop', 'Display'),
  bind('gamma-up', 'g', 'Gamma up', 'Display'),
  shifted('gamma-down', 'g', 'Gamma down', 'Display'),
  bind('clipping', 'c', 'Clipping warning', 'Display'),
  shifted('next-channel', 'c', 'Next channel', 'Display'),
  bind('display', 'x', 'Display settings', 'Display'),
  bind('reset-display', 'r', 'Show pictures as they are', 'Display'),
  bind('inspector', 'i', 'Pixel inspector', 'Display'),
  bind('magnifier', 'l', 'Magnifier', 'Display'),
  shifted('profile', 'l', 'Line profile', 'Display'),
  bind('alignment', 'a', 'Alignment check', 'Display'),
  bind('hints', 'u', 'Hints', 'Display'),
  bind('scopes', 'p', 'Histogram and waveform', 'Display'),
  bind('error-map', 'd', 'Error map of the output', 'Error map'),
  bind('previous-map', '[', 'Previous map', 'Error map'),
  bind('next-map', ']', 'Next map', 'Error map'),
  bind('overlay', 'm', 'Mask overlay', 'Regions'),
  shifted('overlay-style', 'm', 'Style of the overlay', 'Regions'),
  bind('rectangle', 'w', 'Draw a rectangle', 'Regions'),
  bind('edit-mask', 'q', 'Paint the mask', 'Regions'),
  {
    ...bind('leave', 'escape', 'Leave the instrument', 'Display'),
    caps: ['Esc'],
  },
  bind('tag', 'y', 'Tag', 'Say it'),
  bind('rating', 'j', 'Rating', 'Say it'),
  bind('note', 'n', 'Note', 'Say it'),
  bind('pin', 'k', 'Drop a pin', 'Say it'),
  shifted('figure', 'f', 'Figure for a paper', 'Say it'),
  arrow('previous-case', 'arrowleft', '←', 'Previous case', false),
  arrow('next-case', 'arrowright', '→', 'Next case', false),
  bind('worst-case', 'o', 'Worst case first, then the next worse', 'Page'),
  bind('panels', 'h', 'Hide or show the panels', 'Page'),
  {
    ...bind('undo', 'z', 'Undo the last change', 'Page'),
    command: true,
    caps: ['Ctrl/⌘', 'Z'],
  },
  { ...bind('palette', 'k', 'Every command', 'Page'), command: true, caps: ['Ctrl/⌘', 'K'] },
  { ...bind('help', '?', 'This list', 'Page'), shift: null },
  ...MASK_KEYS,
];

/** Keys that the browser or another handler serves, listed in the help for completeness. */
export const OTHER_KEYS: readonly Pick<KeyBinding, 'caps' | 'label' | 'group'>[] = [
  { caps: ['←', '→', '↑', '↓'], label: 'Move the rectangle', group: 'Regions' },
  { caps: ['Shift', '←', '→', '↑', '↓'], label: 'Resize the rectangle', group: 'Regions' },
  { caps: ['Del'], label: 'Clear the rectangle', group: 'Regions' },
  { caps: ['←', '→', '↑', '↓'], label: 'Move the pin', group: 'Say it' },
  { caps: ['Enter'], label: 'Drop the pin, change its text', group: 'Say it' },
  { caps: ['Del'], label: 'Take the pin back', group: 'Say it' },
  { caps: ['Ctrl/⌘', 'V'], label: 'Paste a picture', group: 'Page' },
  { caps: ['Enter'], label: 'Next item', group: 'Judging' },
  { caps: ['PgUp'], label: 'Item before', group: 'Judging' },
  { caps: ['S'], label: 'Skip the item', group: 'Judging' },
  { caps: ['←', '→'], label: 'Left or right is better; again: much', group: 'Judging' },
  { caps: ['↓'], label: 'No difference', group: 'Judging' },
  { caps: ['1', '…', '9'], label: 'Mark, step or reason', group: 'Judging' },
  { caps: ['↑', '↓'], label: 'Question before or next', group: 'Judging' },
  { caps: ['A', 'B', '…'], label: 'Name the best, best first', group: 'Judging' },
  { caps: ['Backspace'], label: 'Take the last name back', group: 'Judging' },
  { caps: ['W'], label: 'Swap sides', group: 'Judging' },
];

function bind(action: KeyAction, key: string, label: string, group: KeyGroup): KeyBinding {
  const shift = /^[a-z]$/.test(key) ? false : null;
  return { action, keys: [key], shift, caps: [key.toUpperCase()], label, group };
}

function shifted(action: KeyAction, key: string, label: string, group: KeyGroup): KeyBinding {
  const binding = bind(action, key, label, group);
  return { ...binding, shift: true, caps: ['Shift', ...binding.caps] };
}

function arrow(
  action: KeyAction,
  key: string,
  cap: string,
  label: string,
  shift: boolean,
): KeyBinding {
  const caps = shift ? ['Shift', cap] : [cap];
  return { action, keys: [key], shift, caps, label, group: shift ? 'Zoom' : 'Page' };
}

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'
>;

/**
 * The binding a key press asks for.
 * @param characterKeys false where the user switched single-character keys off (WCAG 2.1.4): only
 *   keys that type nothing, such as arrows, are then looked at
 * @param mode its bindings come before the plain ones
 */
export function bindingFor(
  press: KeyPress,
  characterKeys: boolean,
  mode: KeyMode | null = null,
): KeyBinding | null {
  const command = press.ctrlKey || press.metaKey;
  if (press.altKey) return null;
  const types = press.key.length === 1 && press.key !== ' ';
  if (types && !command && !characterKeys) return null;
  const key = press.key.toLowerCase();
  const fitting = KEY_BINDINGS.filter(
    (binding) =>
      (binding.mode === undefined || binding.mode === mode) &&
      binding.keys.includes(key) &&
      (binding.command ?? false) === command &&
      (binding.shift === null || binding.shift === press.shiftKey),
  );
  const found = fitting.find((binding) => binding.mode !== undefined) ?? fitting[0];
  if (!found || (press.repeat && !repeats(found.action))) return null;
  return found;
}

/** A key that is kept down goes on zooming, moving and browsing, but does not flicker switches. */
function repeats(action: KeyAction): boolean {
  return /^(zoom|pan|exposure|gamma)-|-case$|-in-place$|^mask-(left|right|up|down|.*er)$/.test(
    action,
  );
}

/** What the keyboard handler needs to know of the element that has the focus. */
export interface FocusedElement {
  readonly tagName: string;
  readonly type: string | null;
  readonly role: string | null;
  readonly editable: boolean;
}

const TEXT_FREE_INPUTS = ['range', 'radio', 'checkbox', 'button', 'file'];

/** True where the press belongs to the focused field, slider, button or list rather than to the page. */
export function belongsToField(press: Pick<KeyPress, 'key'>, focused: FocusedElement): boolean {
  const tag = focused.tagName.toLowerCase();
  if (focused.editable || tag === 'textarea' || tag === 'select') return true;
  const isPressed = tag === 'button' || tag === 'a' || tag === 'summary';
  if (isPressed && (press.key === ' ' || press.key === 'Enter')) return true;
  if (focused.type === 'checkbox' && press.key === ' ') return true;
  const isInput = tag === 'input';
  if (isInput && !TEXT_FREE_INPUTS.includes(focused.type ?? 'text')) return true;
  const movesByArrows =
    focused.role === 'slider' ||
    (isInput && (focused.type === 'range' || focused.type === 'radio'));
  return movesByArrows && press.key.startsWith('Arrow');
}
