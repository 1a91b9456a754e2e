import { onCleanup, onMount } from 'solid-js';

/** Parts of the page that can take the focus of what has vanished from within them. */
const SHELTERS = 'section, aside, nav, main, dialog';

/**
 * Keeps the keyboard's place while the owner lives: an element that goes away with the focus leaves
 * it to the nearest part of the page that is still there, where the browser would start again at
 * the top.
 */
export function createFocusKeeper(): void {
  let last: Element | null = null;
  let shelters: HTMLElement[] = [];
  const remember = (event: FocusEvent) => {
    last = event.target instanceof Element ? event.target : null;
    shelters = [];
    for (let at = last?.parentElement ?? null; at; at = at.parentElement) {
      if (at.matches(SHELTERS)) shelters.push(at);
    }
  };
  // A press elsewhere leaves the place by will: nothing is to be rescued then.
  const forget = (event: PointerEvent) => {
    if (event.target instanceof Node && !last?.contains(event.target)) last = null;
  };
  const rescue = () => {
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    last = null;
    const shelter = shelters.find((candidate) => candidate.isConnected);
    if (!shelter) return;
    if (!shelter.hasAttribute('tabindex')) shelter.tabIndex = -1;
    shelter.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(rescue);
  onMount(() => {
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', forget);
    observer.observe(document.body, { childList: true, subtree: true });
  });
  onCleanup(() => {
    document.removeEventListener('focusin', remember);
    document.removeEventListener('pointerdown', forget);
    observer.disconnect();
  });
}
