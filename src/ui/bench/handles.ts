/*
 * The parts of the file-system access API that TypeScript's DOM library does not know yet. Where a
 * browser has them, a data set is read where it lies and need not be copied.
 */

interface HandleItem {
  /** Null for what is no file of the file system, as items made by a program. */
  getAsFileSystemHandle(): Promise<FileSystemHandle | null>;
}

interface FolderPickingWindow {
  showDirectoryPicker(options: { mode: 'read'; id: string }): Promise<FileSystemDirectoryHandle>;
}

export function givesHandles<T extends object>(item: T): item is T & HandleItem {
  return 'getAsFileSystemHandle' in item;
}

export function picksFolders<T extends object>(window: T): window is T & FolderPickingWindow {
  return 'showDirectoryPicker' in window;
}

export function isFolderHandle(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory';
}

export function isFileHandle(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}
