import { createSignal, createUniqueId, type JSX, onCleanup } from 'solid-js';

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
  const [open, setOpen] = createSignal(false);
  let anchor: HTMLButtonElement | undefined;
  let popover: HTMLDivElement | undefined;
  let leaving = 0;

  const show = () => {
    clearTimeout(leaving);
    if (open() || !anchor || !popover) return;
    popover.showPopover();
    place(popover, anchor);
    setOpen(true);
  };
  const hide = () => {
    clearTimeout(leaving);
    if (popover?.matches(':popover-open')) popover.hidePopover();
    setOpen(false);
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = window.setTimeout(hide, LEAVE_MS);
  };
  onCleanup(() => clearTimeout(leaving));

  return (
    <>
      <button
        ref={anchor}
        type="button"
        class={`hint-anchor ${props.class ?? ''}`}
        data-testid={props.testId}
        data-value={props.value}
        aria-describedby={id}
        onPointerEnter={show}
        onPointerLeave={leave}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && open()) {
            event.preventDefault();
            hide();
          }
        }}
      >
        {props.children}
      </button>
      <div
        ref={popover}
        id={id}
        popover="manual"
        role="tooltip"
        class="hint"
        onPointerEnter={() => clearTimeout(leaving)}
        onPointerLeave={leave}
      >
        {props.hint}
      </div>
    </>
  );
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
