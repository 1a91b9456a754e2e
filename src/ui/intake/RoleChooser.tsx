import { createSignal, For, type JSX, Show } from 'solid-js';
import type { Role, UnclearFile } from '../../app/model.ts';
import { Dialog } from '../common/Dialog.tsx';
import { formatSize } from '../format.ts';

type Choice = Role | 'leave-out';

interface RoleChooserProps {
  readonly files: readonly UnclearFile[];
  readonly onChoose: (fileId: string, role: Role | null) => Promise<void>;
}

const CHOICES: readonly { readonly value: Choice; readonly label: string }[] = [
  { value: 'input', label: 'Input' },
  { value: 'output', label: 'Output' },
  { value: 'gt', label: 'Ground truth' },
  { value: 'mask', label: 'Person mask' },
  { value: 'leave-out', label: 'Leave out' },
];

/** Asks what a file is where its name does not tell. The best guess is already chosen. */
export function RoleChooser(props: RoleChooserProps): JSX.Element {
  const [changed, setChanged] = createSignal<Readonly<Record<string, Choice>>>({});
  const choiceFor = (file: UnclearFile): Choice => changed()[file.id] ?? file.guess;
  const several = () => props.files.length > 1;
  const finish = async (answer: (file: UnclearFile) => Role | null) => {
    for (const file of [...props.files]) await props.onChoose(file.id, answer(file));
  };
  const accept = (file: UnclearFile): Role | null => {
    const choice = choiceFor(file);
    return choice === 'leave-out' ? null : choice;
  };
  return (
    <Dialog
      title={several() ? `What are these ${props.files.length} pictures?` : 'What is this picture?'}
      testId="role-chooser"
      class="role-chooser"
      onClose={() => void finish(() => null)}
    >
      <form
        class="role-form"
        onSubmit={(event) => {
          event.preventDefault();
          void finish(accept);
        }}
      >
        <div class="role-files">
          <For each={props.files}>
            {(file) => (
              <RoleQuestion
                file={file}
                choice={choiceFor(file)}
                onChange={(choice) => setChanged({ ...changed(), [file.id]: choice })}
              />
            )}
          </For>
        </div>
        <div class="dialog-actions">
          <Show when={several()}>
            <button type="button" class="button" onClick={() => void finish(() => null)}>
              Leave all out
            </button>
          </Show>
          <button type="submit" class="button primary">
            Continue
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function RoleQuestion(props: {
  readonly file: UnclearFile;
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}): JSX.Element {
  return (
    <fieldset class="role-question">
      <legend class="visually-hidden">{props.file.name}</legend>
      <img class="role-preview" src={props.file.previewUrl} alt="" />
      <div class="role-answer">
        <p class="role-name" title={props.file.name}>
          {props.file.name}
        </p>
        <p class="role-size">{formatSize(props.file)}</p>
        <For each={CHOICES}>
          {(choice) => (
            <label class="radio-row">
              <input
                type="radio"
                name={`role-${props.file.id}`}
                value={choice.value}
                checked={props.choice === choice.value}
                autofocus={props.choice === choice.value}
                onChange={() => props.onChange(choice.value)}
              />
              {choice.label}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
