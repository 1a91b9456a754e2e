import type { Result } from './result.ts';

/** A file inside an archive. */
export interface ArchiveEntry {
  /** With "/", without "..", unique in the archive. */
  readonly path: string;
  /** Uncompressed, as the archive says. */
  readonly bytes: number;
}

export interface ArchiveListing {
  /** What `read` and `close` know the archive by. */
  readonly handle: string;
  /** In the archive's order. */
  readonly entries: readonly ArchiveEntry[];
  /** Finished sentences about what was left out (encrypted files, paths that lead outside). */
  readonly remarks: readonly string[];
}

/** A file to be put into an archive. */
export interface ArchivePart {
  readonly path: string;
  readonly data: Blob;
}

/** The worker that reads and writes zip archives. It executes and decodes nothing of what is inside. */
export interface ArchiveApi {
  /** Reads the table of contents; nothing is unpacked. */
  open(file: Blob, name: string): Promise<Result<ArchiveListing>>;
  /** One file, unpacked; never more bytes than the table of contents says. */
  read(handle: string, path: string): Promise<Result<Blob>>;
  close(handle: string): Promise<void>;
  /** A zip archive of these files. Pictures are stored as they are: they are compressed already. */
  write(parts: readonly ArchivePart[]): Promise<Result<Blob>>;
}
