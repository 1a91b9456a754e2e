import type { JSX } from 'solid-js';
import { Dialog } from '../common/Dialog.tsx';
import { KEY_BINDINGS, KEY_GROUPS, OTHER_KEYS } from '../keys.ts';
import { KeyGroups } from './KeyGroups.tsx';

interface KeysDialogProps {
  readonly shortcuts: boolean;
  readonly onShortcuts: (on: boolean) => void;
  readonly onClose: () => void;
}

/** Every key the page listens to, and the switch for those that a slip could press. */
export function KeysDialog(props: KeysDialogProps): JSX.Element {
  const all = [...KEY_BINDINGS, ...OTHER_KEYS];
  const groups = KEY_GROUPS.map((title) => ({
    title,
    rows: all.filter(({ group }) => group === title),
  }));
  return (
    <Dialog title="Keys" onClose={props.onClose} class="keys-dialog">
      <KeyGroups groups={groups} off={!props.shortcuts} />
      <p class="keys-note">
        The wheel zooms at the pointer, dragging moves, a double click switches between fit and one
        to one. A line of the split view moves with the arrow keys while it has the focus, so does
        the rectangle; a double click on one spaces all lines evenly.
      </p>
      <div class="dialog-actions spread">
        <label class="switch-row">
          <input
            type="checkbox"
            class="switch"
            checked={props.shortcuts}
            onChange={(event) => props.onShortcuts(event.currentTarget.checked)}
          />
          <span>Single-letter keys</span>
        </label>
        <button type="button" class="button" autofocus onClick={() => props.onClose()}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
