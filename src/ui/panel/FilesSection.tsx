import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { createSignal, For, type JSX, Show } from 'solid-js';
import type { CaseView, PictureView, Role } from '../../app/model.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { IconButton } from '../common/IconButton.tsx';
import { formatBytes, formatSize } from '../format.ts';

interface FilesSectionProps {
  readonly case: CaseView;
  readonly onAddFile: (role: Role) => void;
  readonly onRemove: (role: Role) => void;
  readonly onRemoveCase: () => void;
}

const ROLES: readonly { readonly role: Role; readonly title: string }[] = [
  { role: 'input', title: 'Input' },
  { role: 'output', title: 'Output' },
  { role: 'gt', title: 'Ground truth' },
  { role: 'mask', title: 'Person mask' },
];

function pictureFor(item: CaseView, role: Role): PictureView | null {
  return role === 'output' ? (item.output?.picture ?? null) : item[role];
}

/** The case's files by role: what is there can be taken out, what is missing can be added. */
export function FilesSection(props: FilesSectionProps): JSX.Element {
  return (
    <section class="section files" aria-label="Files">
      <h2 class="section-title">Files</h2>
      <ul class="file-list">
        <For each={ROLES}>
          {({ role, title }) => (
            <FileRow
              title={title}
              picture={pictureFor(props.case, role)}
              onAdd={() => props.onAddFile(role)}
              onRemove={() => props.onRemove(role)}
            />
          )}
        </For>
      </ul>
      <RemoveCase title={props.case.title} onRemove={props.onRemoveCase} />
    </section>
  );
}

function FileRow(props: {
  readonly title: string;
  readonly picture: PictureView | null;
  readonly onAdd: () => void;
  readonly onRemove: () => void;
}): JSX.Element {
  const facts = (picture: PictureView) =>
    [picture.name, formatSize(picture), formatBytes(picture.bytes)].join(', ');
  return (
    <li class="file">
      <span class="file-role">{props.title}</span>
      <Show
        when={props.picture}
        fallback={
          <button type="button" class="link" onClick={() => props.onAdd()}>
            <Plus /> Add
          </button>
        }
      >
        {(picture) => (
          <>
            <span class="file-name" title={facts(picture())}>
              {picture().name}
            </span>
            <IconButton label={`Take out ${picture().name}`} onClick={() => props.onRemove()}>
              <X />
            </IconButton>
          </>
        )}
      </Show>
    </li>
  );
}

function RemoveCase(props: { readonly title: string; readonly onRemove: () => void }): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  return (
    <>
      <button type="button" class="link quiet" onClick={() => setAsking(true)}>
        Remove this case
      </button>
      <Show when={asking()}>
        <ConfirmDialog
          title={`Remove ${props.title}?`}
          text="Its pictures and results are deleted from this browser. Your own files stay where they are."
          yes="Remove"
          no="Keep"
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            props.onRemove();
          }}
        />
      </Show>
    </>
  );
}
