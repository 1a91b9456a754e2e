import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import type { UploadFile } from '../helpers/samples.ts';

/** A file of `tests/fixtures/onnx` as it lies there. */
export function network(name: string): UploadFile {
  return {
    name,
    mimeType: 'application/octet-stream',
    buffer: readFileSync(`tests/fixtures/onnx/${name}`),
  };
}

/** Drops files on the window, as a file manager does. */
export async function dropOnWindow(page: Page, files: readonly UploadFile[]): Promise<void> {
  await page.evaluate(
    (list) => {
      const transfer = new DataTransfer();
      for (const { base64, name, type } of list) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type }));
      }
      for (const event of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(
          new DragEvent(event, { bubbles: true, cancelable: true, dataTransfer: transfer }),
        );
      }
    },
    files.map(({ name, mimeType, buffer }) => ({
      name,
      type: mimeType,
      base64: buffer.toString('base64'),
    })),
  );
}
