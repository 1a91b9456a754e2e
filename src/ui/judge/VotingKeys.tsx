import { For, type JSX } from 'solid-js';
import { Dialog } from '../common/Dialog.tsx';
import { KEY_BINDINGS, OTHER_KEYS } from '../keys.ts';
import '../help/help.css';

/** Actions of Look whose keys do the same while voting. */
const SHARED = [
  ...['next-in-place', 'previous-in-place', 'peek', 'next-look', 'fit', 'zoom-in', 'zoom-out'],
  ...['smooth', 'exposure-up', 'exposure-down', 'gamma-up', 'gamma-down', 'clipping'],
  ...['next-channel', 'display', 'reset-display', 'inspector', 'scopes'],
];

/** Every key of the voting page. */
export function VotingKeys(props: { readonly onClose: () => void }): JSX.Element {
  const groups = [
    { title: 'Answer', rows: OTHER_KEYS.filter(({ group }) => group === 'Judging') },
    { title: 'Look', rows: KEY_BINDINGS.filter(({ action }) => SHARED.includes(action)) },
  ];
  return (
    <Dialog title="Keys" onClose={props.onClose} class="keys-dialog">
      <div class="key-groups">
        <For each={groups}>
          {({ title, rows }) => (
            <section class="key-group">
              <h3>{title}</h3>
              <dl>
                <For each={rows}>
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
        A letter that names a picture names it; it does what is written here only where there is no
        such picture.
      </p>
      <div class="dialog-actions">
        <button type="button" class="button" autofocus onClick={() => props.onClose()}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
