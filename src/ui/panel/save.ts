import type { AppCommands } from '../../app/model.ts';

/** The browser reads the URL after the click has been handled; then the memory can go. */
const REVOKE_AFTER_MS = 10_000;

/** Hands a file to the browser's downloads. */
export async function saveFile(file: File): Promise<void> {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}

/** Whether the system has a share sheet that takes PNG files. */
export function canShareImages(): boolean {
  const probe = new File([], 'probe.png', { type: 'image/png' });
  return navigator.canShare?.({ files: [probe] }) ?? false;
}

/** Opens the share sheet; closing it without choosing is no error. */
export async function shareFile(file: File, notify: AppCommands['notify']): Promise<void> {
  try {
    await navigator.share({ files: [file], title: file.name });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    notify('error', `${file.name} could not be shared. Download it and share the file instead.`);
  }
}
