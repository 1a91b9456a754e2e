import type { JSX } from 'solid-js';

/** A table of numbers that scrolls inside its own box, by keys too. */
export function TableBox(props: {
  readonly label: string;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <section
      class="table-box"
      aria-label={props.label}
      ref={(box) => {
        box.tabIndex = 0;
      }}
    >
      {props.children}
    </section>
  );
}
