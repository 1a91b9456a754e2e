import { describe, expect, it } from 'vitest';
import {
  type DroppedEntry,
  type DroppedFile,
  type DroppedFolder,
  filesOfEntries,
} from '../../src/ui/intake/dropped-files.ts';

const gone = () => new DOMException('gone', 'NotFoundError');

function file(fullPath: string, readable = true): DroppedFile {
  const name = fullPath.slice(fullPath.lastIndexOf('/') + 1);
  return {
    isFile: true,
    isDirectory: false,
    name,
    fullPath,
    file: (found, failed) => (readable ? found(new File(['x'], name)) : failed(gone())),
  };
}

/** A folder that gives its entries in portions, as Chromium gives 100 at a time. */
function folder(fullPath: string, entries: DroppedEntry[], portion = 2): DroppedFolder {
  return {
    isFile: false,
    isDirectory: true,
    name: fullPath.slice(fullPath.lastIndexOf('/') + 1),
    fullPath,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (found) => {
          found(entries.slice(at, at + portion));
          at += portion;
        },
      };
    },
  };
}

describe('files of a drop', () => {
  it('are found in folders of folders, however many portions they come in', async () => {
    const files = await filesOfEntries([
      folder('/set', [
        folder('/set/input', [file('/set/input/002.jpg'), file('/set/input/001.jpg')]),
        folder('/set/gt', [
          file('/set/gt/001.jpg'),
          file('/set/gt/002.jpg'),
          file('/set/gt/010.jpg'),
        ]),
        folder('/set/empty', []),
      ]),
    ]);
    expect(files.map((item) => item.webkitRelativePath)).toEqual([
      'set/gt/001.jpg',
      'set/gt/002.jpg',
      'set/gt/010.jpg',
      'set/input/001.jpg',
      'set/input/002.jpg',
    ]);
  });

  it('come in the order of their numbers and carry no path of their own', async () => {
    const files = await filesOfEntries([file('/10.png'), file('/9.png')]);
    expect(files.map((item) => item.name)).toEqual(['9.png', '10.png']);
    expect(files.some((item) => item.webkitRelativePath)).toBe(false);
  });

  it('leave out what file managers put there', async () => {
    const files = await filesOfEntries([
      folder('/set', [
        file('/set/.DS_Store'),
        file('/set/Thumbs.db'),
        file('/set/desktop.ini'),
        folder('/set/__MACOSX', [file('/set/__MACOSX/a.jpg')]),
        file('/set/a.jpg'),
      ]),
    ]);
    expect(files.map((item) => item.name)).toEqual(['a.jpg']);
  });

  it('leave out what cannot be read any more and keep the rest', async () => {
    const unreadable: DroppedFolder = {
      ...folder('/locked', []),
      createReader: () => ({ readEntries: (_found, failed) => failed(gone()) }),
    };
    const files = await filesOfEntries([unreadable, file('/a.jpg', false), file('/b.jpg')]);
    expect(files.map((item) => item.name)).toEqual(['b.jpg']);
  });
});
