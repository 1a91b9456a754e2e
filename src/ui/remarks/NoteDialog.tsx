import { createUniqueId, type JSX, untrack } from 'solid-js';
import { LONGEST_NOTE } from '../../core/inspect/tags.ts';
import { Dialog } from '../common/Dialog.tsx';

interface NoteDialogProps {
  readonly title: string;
  readonly label: string;
  /** What the field begins with. */
  readonly text: string;
  readonly head: JSX.Element;
  /** With the text, which may be empty. */
  readonly onSave: (text: string) => void;
  readonly onClose: () => void;
}

/** A few words, kept with Enter. */
export function NoteDialog(props: NoteDialogProps): JSX.Element {
  const id = createUniqueId();
  // Only what it begins with: another remark that arrives meanwhile must not undo the typing.
  const first = untrack(() => props.text);
  let field: HTMLTextAreaElement | undefined;
  const save = () => {
    props.onSave(field?.value.trim() ?? '');
    props.onClose();
  };
  return (
    <Dialog title={props.title} onClose={props.onClose} class="say-dialog" testId="note-dialog">
      {props.head}
      <textarea
        ref={field}
        class="note-field"
        aria-label={props.label}
        aria-describedby={id}
        rows={4}
        maxlength={LONGEST_NOTE}
        autofocus
        value={first}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          save();
        }}
      />
      <div class="dialog-actions spread">
        <span id={id} class="palette-count">
          Enter keeps it, Shift and Enter begin a line
        </span>
        <button type="button" class="button primary" onClick={save}>
          Keep
        </button>
      </div>
    </Dialog>
  );
}
