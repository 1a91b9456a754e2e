import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFocusKeeper } from '../../src/ui/common/focus.ts';

/** As much of an element as the keyboard's place depends on. */
class Part {
  readonly parentElement: Part | null;
  readonly tag: string;
  isConnected = true;
  disabled = false;
  tabIndex = 0;

  constructor(tag: string, parent: Part | null = null) {
    this.tag = tag;
    this.parentElement = parent;
  }

  matches(selector: string): boolean {
    return selector === ':disabled' ? this.disabled : selector.split(', ').includes(this.tag);
  }

  contains(other: Part): boolean {
    return other === this;
  }

  hasAttribute(): boolean {
    return false;
  }

  focus(): void {
    page.activeElement = this;
    page.tell('focusin', this);
  }
}

const listeners = new Map<string, (event: { readonly target: Part }) => void>();
const body = new Part('body');
const page = {
  body,
  activeElement: body,
  addEventListener: (type: string, listener: (event: { readonly target: Part }) => void) =>
    listeners.set(type, listener),
  removeEventListener: (type: string) => listeners.delete(type),
  tell: (type: string, target: Part) => listeners.get(type)?.({ target }),
};

/** What is called when the document changes. */
let changed = (): void => undefined;
let dispose = (): void => undefined;

beforeEach(() => {
  vi.useFakeTimers();
  for (const name of ['Element', 'HTMLElement', 'Node']) vi.stubGlobal(name, Part);
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal(
    'MutationObserver',
    class {
      observe = () => undefined;
      disconnect = () => undefined;

      constructor(callback: () => void) {
        changed = callback;
      }
    },
  );
  createRoot((end) => {
    dispose = end;
    createFocusKeeper();
  });
});

afterEach(() => {
  dispose();
  page.activeElement = body;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const section = new Part('section', new Part('main'));

function focusedButton(): Part {
  const button = new Part('button', new Part('div', section));
  button.focus();
  return button;
}

/** The browser gives up the focus of an element that is disabled or gone. */
function setDisabled(button: Part, disabled: boolean): void {
  button.disabled = disabled;
  if (disabled) page.activeElement = body;
  changed();
}

describe('the focus of a button that is disabled while it works', () => {
  it('comes back with the end of the work', () => {
    const button = focusedButton();
    setDisabled(button, true);
    expect(page.activeElement).toBe(body);
    setDisabled(button, false);
    expect(page.activeElement).toBe(button);
  });

  it('waits in the section around it where that takes longer, or for good', () => {
    const button = focusedButton();
    setDisabled(button, true);
    vi.advanceTimersByTime(1500);
    expect(page.activeElement).toBe(section);
    changed();
    expect(page.activeElement).toBe(section);
    setDisabled(button, false);
    expect(page.activeElement).toBe(button);
  });

  it('stays where it was put meanwhile', () => {
    for (const wait of [0, 1500]) {
      const button = focusedButton();
      setDisabled(button, true);
      vi.advanceTimersByTime(wait);
      const other = focusedButton();
      vi.advanceTimersByTime(1500);
      setDisabled(button, false);
      expect(page.activeElement).toBe(other);
    }
  });

  it('is given up by a press elsewhere', () => {
    const button = focusedButton();
    setDisabled(button, true);
    page.tell('pointerdown', section);
    vi.advanceTimersByTime(1500);
    setDisabled(button, false);
    expect(page.activeElement).toBe(body);
  });
});

it('the focus of an element that goes away is left to the section around it', () => {
  const button = focusedButton();
  button.isConnected = false;
  page.activeElement = body;
  changed();
  expect(page.activeElement).toBe(section);
});
