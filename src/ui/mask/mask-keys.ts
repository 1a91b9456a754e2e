import type { KeyBinding } from '../keys.ts';

/** What keys do while a mask is painted. */
export type MaskAction =
  | 'mask-brush'
  | 'mask-eraser'
  | 'mask-lasso'
  | 'mask-side'
  | 'mask-smaller'
  | 'mask-larger'
  | 'mask-harder'
  | 'mask-softer'
  | 'mask-left'
  | 'mask-right'
  | 'mask-up'
  | 'mask-down'
  | 'mask-paint'
  | 'mask-close'
  | 'mask-feather'
  | 'mask-invert'
  | 'mask-fill'
  | 'mask-clear'
  | 'mask-show'
  | 'mask-undo'
  | 'mask-redo'
  | 'mask-leave';

/** Part of the page's one table of keys. */
export const MASK_KEYS: readonly KeyBinding[] = [
  bind('mask-brush', ['b'], 'Brush'),
  bind('mask-eraser', ['e'], 'Eraser'),
  bind('mask-lasso', ['l'], 'Lasso'),
  bind('mask-side', ['x'], 'Add or take away'),
  bind('mask-smaller', ['['], 'Smaller brush', { shift: null }),
  bind('mask-larger', [']'], 'Larger brush', { shift: null }),
  bind('mask-harder', ['{'], 'Harder edge', { shift: null, caps: ['Shift', '['] }),
  bind('mask-softer', ['}'], 'Softer edge', { shift: null, caps: ['Shift', ']'] }),
  bind('mask-left', ['arrowleft'], 'Move the brush left', { caps: ['←'] }),
  bind('mask-right', ['arrowright'], 'Move the brush right', { caps: ['→'] }),
  bind('mask-up', ['arrowup'], 'Move the brush up', { caps: ['↑'] }),
  bind('mask-down', ['arrowdown'], 'Move the brush down', { caps: ['↓'] }),
  bind('mask-paint', [' '], 'Hold: paint; a corner of the lasso', { caps: ['Space'], held: true }),
  bind('mask-close', ['enter'], 'Close the lasso', { caps: ['Enter'] }),
  bind('mask-feather', ['f'], 'Feather the mask', { shift: true, caps: ['Shift', 'F'] }),
  bind('mask-invert', ['i'], 'Invert the mask'),
  bind('mask-fill', ['a'], 'Fill the mask'),
  bind('mask-clear', ['delete', 'backspace'], 'Clear the mask', { shift: null, caps: ['Del'] }),
  bind('mask-show', ['m'], 'Hide or show the mask'),
  bind('mask-undo', ['z'], 'Take back a stroke', { command: true, caps: ['Ctrl/⌘', 'Z'] }),
  bind('mask-redo', ['z'], 'Do it again', {
    command: true,
    shift: true,
    caps: ['Ctrl/⌘', 'Shift', 'Z'],
  }),
  bind('mask-leave', ['escape'], 'Stop painting', { shift: null, caps: ['Esc'] }),
];

function bind(
  action: MaskAction,
  keys: readonly string[],
  label: string,
  more: Partial<KeyBinding> = {},
): KeyBinding {
  const caps = keys.map((key) => key.toUpperCase());
  return { action, keys, shift: false, caps, label, group: 'Mask editing', mode: 'mask', ...more };
}
