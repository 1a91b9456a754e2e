import { describe, expect, it } from 'vitest';
import {
  belongsToField,
  bindingFor,
  KEY_BINDINGS,
  type KeyAction,
  type KeyPress,
} from '../../src/ui/keys.ts';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    repeat: false,
    ...more,
  };
}

function actionFor(key: string, more: Partial<KeyPress> = {}, on = true): KeyAction | undefined {
  return bindingFor(press(key, more), on)?.action;
}

describe('the table of keys', () => {
  it('gives every press to one action only', () => {
    for (const binding of KEY_BINDINGS) {
      for (const key of binding.keys) {
        const shift = binding.shift ?? false;
        const takers = KEY_BINDINGS.filter(
          (other) =>
            other.keys.includes(key) &&
            (other.shift === null || other.shift === shift) &&
            other.command === binding.command &&
            other.mode === binding.mode,
        );
        expect(takers, key).toEqual([binding]);
      }
    }
  });

  it('binds every action once and says what it does', () => {
    const actions = KEY_BINDINGS.map((binding) => binding.action);
    expect(new Set(actions).size).toBe(actions.length);
    for (const binding of KEY_BINDINGS) {
      expect(binding.label).not.toBe('');
      expect(binding.caps.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ['1', 'show-input'],
    ['2', 'show-output'],
    ['3', 'show-gt'],
    ['4', 'show-method'],
    ['9', 'show-method'],
    ['Escape', 'leave'],
    ['.', 'next-in-place'],
    [',', 'previous-in-place'],
    ['b', 'peek'],
    ['v', 'next-look'],
    ['s', 'swap'],
    ['e', 'exposure-up'],
    ['g', 'gamma-up'],
    ['c', 'clipping'],
    ['r', 'reset-display'],
    ['m', 'overlay'],
    ['d', 'error-map'],
    ['[', 'previous-map'],
    [']', 'next-map'],
    ['w', 'rectangle'],
    ['f', 'fit'],
    ['0', 'actual-size'],
    ['-', 'zoom-out'],
    ['t', 'smooth'],
    ['h', 'panels'],
    ['q', 'edit-mask'],
    ['ArrowLeft', 'previous-case'],
    ['ArrowRight', 'next-case'],
  ] as const)('%s means %s', (key, action) => {
    expect(actionFor(key)).toBe(action);
  });

  it('gives keys to the mode that is on, and the others as ever', () => {
    const during = (key: string, more: Partial<KeyPress> = {}, on = true) =>
      bindingFor(press(key, more), on, 'mask')?.action;
    expect([during('b'), actionFor('b')]).toEqual(['mask-brush', 'peek']);
    expect([during('['), actionFor('[')]).toEqual(['mask-smaller', 'previous-map']);
    expect([during('Escape'), actionFor('Escape')]).toEqual(['mask-leave', 'leave']);
    expect([during('z', { ctrlKey: true }), actionFor('z', { ctrlKey: true })]).toEqual([
      'mask-undo',
      'undo',
    ]);
    expect(during('z', { metaKey: true, shiftKey: true })).toBe('mask-redo');
    expect(during('{', { shiftKey: true })).toBe('mask-harder');
    expect([during('f'), during('+'), during('v')]).toEqual(['fit', 'zoom-in', 'next-look']);
    expect([during('ArrowLeft'), during('ArrowLeft', { shiftKey: true })]).toEqual([
      'mask-left',
      'pan-left',
    ]);
    expect(during('ArrowLeft', { repeat: true })).toBe('mask-left');
    expect(during(' ', { repeat: true })).toBeUndefined();
    expect([actionFor(' '), actionFor('Enter')]).toEqual([undefined, undefined]);
  });

  it('lets a mode be left and painted in where character keys are off', () => {
    const during = (key: string) => bindingFor(press(key), false, 'mask')?.action;
    expect([during('Escape'), during('ArrowUp'), during('Enter')]).toEqual([
      'mask-leave',
      'mask-up',
      'mask-close',
    ]);
    expect([during(' '), during('b')]).toEqual(['mask-paint', undefined]);
  });

  it('tells keys apart by Shift', () => {
    expect(actionFor('M', { shiftKey: true })).toBe('overlay-style');
    expect(actionFor('ArrowLeft', { shiftKey: true })).toBe('pan-left');
  });

  it('reads a letter the same with Caps Lock on', () => {
    expect(actionFor('F')).toBe('fit');
  });

  it('finds plus and the question mark with and without Shift', () => {
    expect(actionFor('+')).toBe('zoom-in');
    expect(actionFor('+', { shiftKey: true })).toBe('zoom-in');
    expect(actionFor('?', { shiftKey: true })).toBe('help');
  });

  it('leaves the shortcuts of the browser alone', () => {
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey'] as const) {
      expect(actionFor('s', { [modifier]: true })).toBeUndefined();
      expect(actionFor('ArrowLeft', { [modifier]: true })).toBeUndefined();
    }
  });

  it('takes back with Ctrl or ⌘ and Z only', () => {
    expect(actionFor('z', { ctrlKey: true })).toBe('undo');
    expect(actionFor('z', { metaKey: true }, false)).toBe('undo');
    expect(actionFor('z')).toBeUndefined();
    expect(actionFor('Z', { ctrlKey: true, shiftKey: true })).toBeUndefined();
  });

  it('keeps only keys that type nothing where character keys are off', () => {
    const left = KEY_BINDINGS.filter(
      ({ keys, shift, mode }) =>
        mode === undefined &&
        keys.some((key) => actionFor(key, { shiftKey: shift ?? false }, false)),
    );
    expect(left.map((binding) => binding.action).toSorted()).toEqual([
      'leave',
      'next-case',
      'pan-down',
      'pan-left',
      'pan-right',
      'pan-up',
      'previous-case',
    ]);
  });

  it('repeats what moves, but does not flicker switches', () => {
    expect(actionFor('+', { repeat: true })).toBe('zoom-in');
    expect(actionFor('ArrowRight', { repeat: true })).toBe('next-case');
    expect(actionFor('.', { repeat: true })).toBe('next-in-place');
    expect(actionFor('m', { repeat: true })).toBeUndefined();
    expect(actionFor('v', { repeat: true })).toBeUndefined();
  });
});

describe('fields keep their keys', () => {
  const element = { tagName: 'BODY', type: null, role: null, editable: false };

  it('leaves everything to what is typed into', () => {
    for (const field of [
      { ...element, tagName: 'TEXTAREA' },
      { ...element, tagName: 'SELECT' },
      { ...element, tagName: 'INPUT' },
      { ...element, tagName: 'INPUT', type: 'number' },
      { ...element, tagName: 'DIV', editable: true },
    ]) {
      expect(belongsToField({ key: 'f' }, field)).toBe(true);
      expect(belongsToField({ key: 'ArrowLeft' }, field)).toBe(true);
    }
  });

  it('leaves the arrows to sliders and radio buttons, and the letters to the page', () => {
    for (const field of [
      { ...element, tagName: 'INPUT', type: 'range' },
      { ...element, tagName: 'INPUT', type: 'radio' },
      { ...element, tagName: 'DIV', role: 'slider' },
    ]) {
      expect(belongsToField({ key: 'ArrowLeft' }, field)).toBe(true);
      expect(belongsToField({ key: 'f' }, field)).toBe(false);
    }
  });

  it('leaves what presses them to buttons, links and check boxes', () => {
    for (const tagName of ['BUTTON', 'A', 'SUMMARY']) {
      expect(belongsToField({ key: ' ' }, { ...element, tagName })).toBe(true);
      expect(belongsToField({ key: 'Enter' }, { ...element, tagName })).toBe(true);
    }
    const checkbox = { ...element, tagName: 'INPUT', type: 'checkbox' };
    expect(belongsToField({ key: ' ' }, checkbox)).toBe(true);
    expect(belongsToField({ key: ' ' }, element)).toBe(false);
  });

  it('keeps nothing else from the page on buttons and check boxes', () => {
    for (const field of [
      element,
      { ...element, tagName: 'BUTTON' },
      { ...element, tagName: 'INPUT', type: 'checkbox' },
    ]) {
      expect(belongsToField({ key: 'ArrowLeft' }, field)).toBe(false);
      expect(belongsToField({ key: 'b' }, field)).toBe(false);
    }
  });
});
