import { createUniqueId, type JSX, onCleanup, onMount, Show } from 'solid-js';

interface DialogProps {
  readonly title: string;
  readonly children: JSX.Element;
  /** Esc, a click beside the dialog, or the close button. */
  readonly onClose: () => void;
  readonly testId?: string;
  readonly class?: string;
}

/** A modal dialog that is open as long as it exists; the browser keeps and gives back the focus. */
export function Dialog(props: DialogProps): JSX.Element {
  const titleId = createUniqueId();
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  // Closed before it is taken away: only closing gives the focus back to where it was.
  onCleanup(() => dialog?.close());
  return (
    <dialog
      ref={dialog}
      class={`dialog ${props.class ?? ''}`}
      aria-labelledby={titleId}
      data-testid={props.testId}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        props.onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) props.onClose();
      }}
    >
      <div class="dialog-body">
        <h2 id={titleId} class="dialog-title">
          {props.title}
        </h2>
        {props.children}
      </div>
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before something is lost. The harmless answer comes first and has the focus. */
export function ConfirmDialog(props: ConfirmProps): JSX.Element {
  return (
    <Dialog title={props.title} onClose={props.onNo} class="confirm">
      <Show when={props.text}>
        <p>{props.text}</p>
      </Show>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => props.onNo()}>
          {props.no}
        </button>
        <button type="button" class="button danger" onClick={() => props.onYes()}>
          {props.yes}
        </button>
      </div>
    </Dialog>
  );
}
