import type { JSX } from 'solid-js';
import { Dialog } from '../common/Dialog.tsx';
import { KeyGroups } from '../help/KeyGroups.tsx';
import { KEY_BINDINGS, OTHER_KEYS } from '../keys.ts';

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
      <KeyGroups groups={groups} />
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
