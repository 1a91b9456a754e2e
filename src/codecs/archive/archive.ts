import type { ArchiveApi } from '../../protocol/archive.ts';
import { asResult } from '../asResult.ts';
import { type OpenArchive, openArchive } from './read.ts';
import { writeArchive } from './write.ts';

/** Archives that are open, by handle. */
export function makeArchives(): ArchiveApi {
  const open = new Map<string, OpenArchive>();
  let opened = 0;
  return {
    open: (file, name) =>
      asResult(`Opening “${name}”`, async () => {
        const archive = await openArchive(file, name);
        opened += 1;
        const handle = `archive-${opened}`;
        open.set(handle, archive);
        const { entries, remarks } = archive;
        return { handle, entries, remarks };
      }),
    read: (handle, path) =>
      asResult(`Unpacking “${path}”`, async () => {
        const archive = open.get(handle);
        if (!archive) throw new Error(`the archive ${handle} is not open`);
        return archive.read(path);
      }),
    async close(handle) {
      const archive = open.get(handle);
      open.delete(handle);
      await archive?.close();
    },
    write: (parts) => asResult('Writing the archive', () => writeArchive(parts)),
  };
}
