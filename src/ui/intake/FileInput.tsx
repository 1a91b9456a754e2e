import type { JSX } from 'solid-js';

/** The hidden picker behind every "choose files" button; `open` is handed out once it exists. */
export function FileInput(props: {
  readonly onFiles: (files: readonly File[]) => void;
  readonly onReady: (open: () => void) => void;
}): JSX.Element {
  return (
    <input
      ref={(element) => props.onReady(() => element.click())}
      type="file"
      hidden
      data-testid="file-input"
      multiple
      accept="image/*,.png,.jpg,.jpeg,.bmp,.webp,.avif,.heic"
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        // Choosing the same file again must be a change again.
        event.currentTarget.value = '';
        if (files.length > 0) props.onFiles(files);
      }}
    />
  );
}
