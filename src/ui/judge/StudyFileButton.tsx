import FolderOpen from 'lucide-solid/icons/folder-open';
import type { JSX } from 'solid-js';
import type { JudgeModel } from '../../app/judge/model.ts';

/** Picks study, vote and key files, in any order. */
export function StudyFileButton(props: { readonly judge: JudgeModel }): JSX.Element {
  return (
    <label class="button file-button">
      <FolderOpen /> Open a study, votes or a key
      <input
        type="file"
        class="visually-hidden"
        multiple
        accept=".zip,.json"
        data-testid="judge-file-input"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // Choosing the same file again must be a change again.
          event.currentTarget.value = '';
          void props.judge.commands.addFiles(files);
        }}
      />
    </label>
  );
}
