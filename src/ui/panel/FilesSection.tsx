import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { For, type JSX, Show } from 'solid-js';
import type { CaseView, PictureRef, PictureView, Role } from '../../app/model.ts';
import type { RegionName } from '../../core/dataset/roles.ts';
import { IconButton } from '../common/IconButton.tsx';
import { formatBytes, formatSize } from '../format.ts';
import { madeName } from '../origins.ts';

interface FilesSectionProps {
  readonly case: CaseView;
  readonly onAddFile: (role: Role) => void;
  readonly onRemove: (role: Role) => void;
  readonly onRemoveRegionMask: (region: RegionName) => void;
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

const REGIONS: readonly { readonly region: RegionName; readonly title: string }[] = [
  { region: 'hair', title: 'Hair mask' },
  { region: 'skin', title: 'Skin mask' },
  { region: 'face-skin', title: 'Face mask' },
  { region: 'sky', title: 'Sky mask' },
];

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
        <For each={REGIONS}>
          {({ region, title }) => (
            <Show when={props.case.regionMasks[region]}>
              {(picture) => (
                <li class="file">
                  <span class="file-role">{title}</span>
                  <Picture picture={picture()} onRemove={() => props.onRemoveRegionMask(region)} />
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
      <button type="button" class="link quiet" onClick={() => props.onRemoveCase()}>
        Remove this case
      </button>
    </section>
  );
}

function FileRow(props: {
  readonly title: string;
  readonly picture: PictureView | null;
  readonly onAdd: () => void;
  readonly onRemove: () => void;
}): JSX.Element {
  let removed = false;
  /** The keyboard's place stays in the row: what was taken out can be added again from there. */
  const takeFocus = (button: HTMLButtonElement) => {
    if (removed) queueMicrotask(() => button.focus());
    removed = false;
  };
  return (
    <li class="file">
      <span class="file-role">{props.title}</span>
      <Show
        when={props.picture}
        fallback={
          <button ref={takeFocus} type="button" class="link" onClick={() => props.onAdd()}>
            <Plus /> Add
          </button>
        }
      >
        {(picture) => (
          <Picture
            picture={picture()}
            onRemove={() => {
              removed = true;
              props.onRemove();
            }}
          />
        )}
      </Show>
    </li>
  );
}

function Picture(props: {
  readonly picture: PictureRef;
  readonly onRemove: () => void;
}): JSX.Element {
  const facts = () =>
    [props.picture.name, formatSize(props.picture), formatBytes(props.picture.bytes)].join(', ');
  return (
    <>
      <span class="file-name" title={facts()}>
        {madeName(props.picture)}
      </span>
      <IconButton label={`Take out ${props.picture.name}`} onClick={() => props.onRemove()}>
        <X />
      </IconButton>
    </>
  );
}
