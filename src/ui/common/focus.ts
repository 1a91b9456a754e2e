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
function lodge(shelter: HTMLElement | null): void {
  if (!shelter) return;
  if (!shelter.hasAttribute('tabindex')) shelter.tabIndex = -1;
  shelter.focus({ preventScroll: true });
}

/** The place in the page that the keyboard is at, and what is done to keep it. */
function createPlace() {
  let last: Element | null = null;
  let shelters: HTMLElement[] = [];
  /** Runs since `last` was disabled, and stays set when it has run out. */
  let timer: number | null = null;
  /** The part of the page that holds the place of `last` while that is disabled. */
  let haven: HTMLElement | null = null;

  const set = (element: Element | null) => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    haven = null;
    last = element;
    shelters = sheltersOf(element);
  };
  const shelter = () => shelters.find((candidate) => candidate.isConnected) ?? null;
  const rescue = () => {
    if (document.activeElement !== document.body) return;
    const found = shelter();
    set(null);
    lodge(found);
  };
  /** Browsers differ in whether a disabled element still counts as the one with the focus. */
  const isNowhere = () => [document.body, last, haven].includes(document.activeElement);
  const moveOut = () => {
    haven = isNowhere() ? shelter() : null;
    lodge(haven);
  };
  const comeBack = () => {
    const back = isNowhere() ? last : null;
    set(last);
    if (back instanceof HTMLElement) back.focus({ preventScroll: true });
  };
  return {
    moved: (target: Element | null) => {
      if (target === null || target !== haven) set(target);
    },
    // A press elsewhere leaves the place by will: nothing is to be rescued then.
    pressed: (target: Node) => {
      if (!last?.contains(target)) set(null);
    },
    /** To be called when the document has changed. */
    check: () => {
      if (!last) return;
      if (!last.isConnected) rescue();
      else if (last.matches(':disabled')) timer ??= window.setTimeout(moveOut, PATIENCE_MS);
      else if (timer !== null) comeBack();
    },
  };
}

/**
 * Keeps the keyboard's place while the owner lives, where the browser would start again at the top. An
 * element that goes away with the focus leaves it to the nearest part of the page that is still there;
 * so does one that stays disabled, but it gets the focus back as soon as it is enabled.
 */
export function createFocusKeeper(): void {
  const place = createPlace();
  const onFocus = ({ target }: FocusEvent) =>
    place.moved(target instanceof Element ? target : null);
  const onPress = ({ target }: PointerEvent) => {
    if (target instanceof Node) place.pressed(target);
  };
  const observer = new MutationObserver(place.check);
  onMount(() => {
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onPress);
    const attributeFilter = ['disabled'];
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter });
  });
  onCleanup(() => {
    place.moved(null);
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('pointerdown', onPress);
    observer.disconnect();
  });
}
