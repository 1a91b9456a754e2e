import { type JSX, splitProps } from 'solid-js';

interface IconButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Name for screen readers and for the hover. */
  readonly label: string;
  /** Key that does the same, shown behind the label. */
  readonly hotkey?: string;
}

/** A square button that shows an icon and says its name. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['label', 'hotkey', 'class']);
  return (
    <button
      type="button"
      class={`icon-button ${own.class ?? ''}`}
      aria-label={own.label}
      title={own.hotkey ? `${own.label} (${own.hotkey})` : own.label}
      {...rest}
    />
  );
}
