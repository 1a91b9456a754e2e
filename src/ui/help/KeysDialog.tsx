import { For, type JSX } from 'solid-js';
import { Dialog } from '../common/Dialog.tsx';
import { KEY_BINDINGS, KEY_GROUPS, type KeyGroup, OTHER_KEYS } from '../keys.ts';
import './help.css';

interface KeysDialogProps {
  readonly shortcuts: boolean;
  readonly onShortcuts: (on: boolean) => void;
  readonly onClose: () => void;
}

/** Every key the page listens to, and the switch for those that a slip could press. */
export function KeysDialog(props: KeysDialogProps): JSX.Element {
  const rows = (group: KeyGroup) =>
    [...KEY_BINDINGS, ...OTHER_KEYS].filter((binding) => binding.group === group);
  return (
    <Dialog title="Keys" onClose={props.onClose} class="keys-dialog">
      <div class="key-groups" classList={{ off: !props.shortcuts }}>
        <For each={KEY_GROUPS}>
          {(group) => (
            <section class="key-group">
              <h3>{group}</h3>
              <dl>
                <For each={rows(group)}>
                  {(row) => (
                    <div class="key-row">
                      <dt>{row.label}</dt>
                      <dd>
                        <For each={row.caps}>{(cap) => <kbd>{cap}</kbd>}</For>
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
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
