import { createUniqueId, type JSX, onCleanup } from 'solid-js';

interface HintProps {
  /** What is always seen. */
  readonly children: JSX.Element;
  /** What is explained on hover, focus and tap. */
  readonly hint: JSX.Element;
  readonly class?: string;
  readonly testId?: string;
  /** For scripts: a value that does not depend on the wording. */
  readonly value?: string | undefined;
}

/** Time to move the pointer from the words onto their explanation. */
const LEAVE_MS = 160;
const GAP = 6;
const MARGIN = 8;

/** Words with an explanation that opens on hover, focus and tap, and closes on Esc. */
export function Hint(props: HintProps): JSX.Element {
  const id = createUniqueId();
  const popover = createPopover();
  return (
    <>
      <button
        ref={popover.setAnchor}
        type="button"
        class={`hint-anchor ${props.class ?? ''}`}
        data-testid={props.testId}
        data-value={props.value}
        aria-describedby={id}
        onPointerEnter={popover.show}
        onPointerLeave={popover.leave}
        onFocus={popover.show}
        onBlur={popover.hide}
        onClick={popover.show}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && popover.hide()) event.preventDefault();
        }}
      >
        {props.children}
      </button>
      <div
        ref={popover.setElement}
        id={id}
        popover="manual"
        role="tooltip"
        class="hint"
        onPointerEnter={popover.stay}
        onPointerLeave={popover.leave}
      >
        {props.hint}
      </div>
    </>
  );
}

/** An element of the top layer that opens beside its anchor. */
function createPopover() {
  let anchor: HTMLElement | undefined;
  let element: HTMLElement | undefined;
  let leaving = 0;
  const isOpen = () => element?.matches(':popover-open') ?? false;
  const stay = () => clearTimeout(leaving);
  const show = () => {
    stay();
    if (isOpen() || !anchor || !element) return;
    element.showPopover();
    place(element, anchor);
  };
  /** Returns whether there was anything to hide. */
  const hide = (): boolean => {
    stay();
    const wasOpen = isOpen();
    if (wasOpen) element?.hidePopover();
    return wasOpen;
  };
  const leave = () => {
    stay();
    leaving = window.setTimeout(hide, LEAVE_MS);
  };
  onCleanup(stay);
  return {
    setAnchor: (next: HTMLElement) => {
      anchor = next;
    },
    setElement: (next: HTMLElement) => {
      element = next;
    },
    show,
    hide,
    stay,
    leave,
  };
}

/** Under its words where there is room, else above; never outside the window. */
function place(popover: HTMLElement, anchor: HTMLElement): void {
  const from = anchor.getBoundingClientRect();
  const box = popover.getBoundingClientRect();
  const below = from.bottom + GAP;
  const top = below + box.height + MARGIN > innerHeight ? from.top - GAP - box.height : below;
  const left = Math.min(from.left, innerWidth - MARGIN - box.width);
  popover.style.setProperty('--top', `${Math.max(MARGIN, top)}px`);
  popover.style.setProperty('--left', `${Math.max(MARGIN, left)}px`);
}
