import { onCleanup, onMount } from 'solid-js';

/** Parts of the page that can take the focus of what has vanished from within them. */
const SHELTERS = 'section, aside, nav, main, dialog';

/** A button that is disabled for longer than this leaves its focus to the part of the page around it. */
const PATIENCE_MS = 1000;

const sheltersOf = (element: Element | null): HTMLElement[] => {
  const found: HTMLElement[] = [];
  for (let at = element?.parentElement ?? null; at; at = at.parentElement) {
    if (at.matches(SHELTERS)) found.push(at);
  }
  return found;
};

/** Gives the focus to an element that need not be a control. */
function lodge(shelter: HTMLElement): void {
  if (!shelter.hasAttribute('tabindex')) shelter.tabIndex = -1;
  shelter.focus({ preventScroll: true });
}

/**
 * Keeps the keyboard's place while the owner lives, where the browser would start again at the top. An
 * element that goes away with the focus leaves it to the nearest part of the page that is still there;
 * so does one that is disabled, but it gets the focus back as soon as it is enabled.
 */
export function createFocusKeeper(): void {
  let last: Element | null = null;
  let shelters: HTMLElement[] = [];
  /** Runs since `last` was disabled, and stays set when it has run out. */
  let timer: number | null = null;
  /** The part of the page that holds the place of `last` while that is disabled. */
  let haven: HTMLElement | null = null;

  const setLast = (element: Element | null) => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    haven = null;
    last = element;
    shelters = sheltersOf(element);
  };
  const remember = (event: FocusEvent) => {
    if (event.target === haven) return;
    setLast(event.target instanceof Element ? event.target : null);
  };
  // A press elsewhere leaves the place by will: nothing is to be rescued then.
  const forget = (event: PointerEvent) => {
    if (event.target instanceof Node && !last?.contains(event.target)) setLast(null);
  };
  const shelter = () => shelters.find((candidate) => candidate.isConnected);
  const rescue = () => {
    if (document.activeElement !== document.body) return;
    const found = shelter();
    setLast(null);
    if (found) lodge(found);
  };
  /** Browsers differ in whether a disabled element still counts as the one with the focus. */
  const isNowhere = () => [document.body, last, haven].includes(document.activeElement);
  const moveOut = () => {
    haven = isNowhere() ? (shelter() ?? null) : null;
    if (haven) lodge(haven);
  };
  const watch = () => {
    if (!last) return;
    if (!last.isConnected) return rescue();
    if (last.matches(':disabled')) {
      timer ??= window.setTimeout(moveOut, PATIENCE_MS);
    } else if (timer !== null) {
      const back = isNowhere() ? last : null;
      setLast(last);
      if (back instanceof HTMLElement) back.focus({ preventScroll: true });
    }
  };

  const observer = new MutationObserver(watch);
  onMount(() => {
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', forget);
    const attributeFilter = ['disabled'];
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter });
  });
  onCleanup(() => {
    setLast(null);
    document.removeEventListener('focusin', remember);
    document.removeEventListener('pointerdown', forget);
    observer.disconnect();
  });
}
