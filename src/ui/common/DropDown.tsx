import { type JSX, onCleanup, onMount } from 'solid-js';
import './menu.css';

interface DropDownProps {
  readonly label: JSX.Element;
  readonly children: JSX.Element;
  /** Of the button. */
  readonly class: string;
  readonly bodyClass: string;
  readonly testId?: string;
  /** Closed by what is chosen in it. */
  readonly closesOnChoice?: boolean;
}

/** A button that opens a box beneath it; Esc, a click beside it or leaving it closes it again. */
export function DropDown(props: DropDownProps): JSX.Element {
  let menu: HTMLDetailsElement | undefined;
  let button: HTMLElement | undefined;
  const close = () => menu?.removeAttribute('open');
  const isOutside = (target: EventTarget | null) =>
    target instanceof Node && !menu?.contains(target);
  const press = (event: PointerEvent) => {
    if (isOutside(event.target)) close();
  };
  onMount(() => document.addEventListener('pointerdown', press));
  onCleanup(() => document.removeEventListener('pointerdown', press));
  return (
    <details
      class="menu"
      ref={menu}
      data-testid={props.testId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu?.open) return;
        event.preventDefault();
        close();
        button?.focus();
      }}
      onFocusOut={(event) => {
        if (isOutside(event.relatedTarget)) close();
      }}
      onClick={(event) => {
        const { target } = event;
        if (!props.closesOnChoice || !(target instanceof Element)) return;
        if (!target.closest('.menu-item')) return;
        // Whatever was chosen may have taken the focus for itself.
        const within = menu?.contains(document.activeElement) ?? false;
        close();
        if (within) button?.focus();
      }}
    >
      <summary class={props.class} ref={button}>
        {props.label}
      </summary>
      <div class={`menu-body ${props.bodyClass}`}>{props.children}</div>
    </details>
  );
}
