import { type JSX, onMount } from 'solid-js';
import type { BenchIntake } from './intake.ts';
import { sourcesOfFiles } from './sources.ts';

export interface Pickers {
  readonly folder: () => void;
  readonly files: () => void;
}

/** The hidden pickers behind the buttons; they are handed out once they exist. */
export function FilePickers(props: {
  readonly intake: BenchIntake;
  readonly onReady: (pickers: Pickers) => void;
}): JSX.Element {
  let folder: HTMLInputElement | undefined;
  let files: HTMLInputElement | undefined;
  const taken = (input: HTMLInputElement) => {
    const sources = sourcesOfFiles(input.files ?? []);
    // Choosing the same files again must be a change again.
    input.value = '';
    if (sources.length > 0) void props.intake.take(sources);
  };
  onMount(() =>
    props.onReady({
      folder: () => {
        if (!props.intake.pickFolder()) folder?.click();
      },
      files: () => files?.click(),
    }),
  );
  return (
    <>
      <input
        ref={(element) => {
          folder = element;
          element.webkitdirectory = true;
        }}
        type="file"
        hidden
        multiple
        data-testid="bench-folder-input"
        onChange={(event) => taken(event.currentTarget)}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        data-testid="bench-file-input"
        onChange={(event) => taken(event.currentTarget)}
      />
    </>
  );
}
