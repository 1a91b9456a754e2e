import type { JSX } from 'solid-js';
import type { Role } from '../../app/model.ts';

/** The hidden picker behind every "choose files" button; `open` is handed out once it exists. */
export function FileInput(props: {
  readonly onFiles: (files: readonly File[], role?: Role) => void;
  readonly onReady: (open: (role?: Role) => void) => void;
}): JSX.Element {
  let wanted: Role | undefined;
  return (
    <input
      ref={(element) =>
        props.onReady((role) => {
          wanted = role;
          element.multiple = role === undefined;
          element.click();
        })
      }
      type="file"
      hidden
      data-testid="file-input"
      multiple
      accept="image/*,.png,.jpg,.jpeg,.bmp,.webp,.avif,.heic,.pth,.onnx,.data,.bin,.weights,.cube"
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        // Choosing the same file again must be a change again.
        event.currentTarget.value = '';
        const role = wanted;
        wanted = undefined;
        if (files.length > 0) props.onFiles(files, role);
      }}
    />
  );
}
