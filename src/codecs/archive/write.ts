import {
  BlobReader,
  BlobWriter,
  configure,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import type { ArchivePart } from '../../protocol/archive.ts';

configure({ useWebWorkers: false });

const COMPRESSED = /\.(png|jpe?g|webp|avif|heic|onnx|zip)$/i;

/** The same files give the same bytes: no time of writing goes in. 1980 is the oldest zip knows. */
const NO_DATE = new Date(1980, 0, 1);

/** A zip archive; what is compressed already is stored as it is. */
export async function writeArchive(parts: readonly ArchivePart[]): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter('application/zip'), {
    extendedTimestamp: false,
    lastModDate: NO_DATE,
  });
  for (const { path, data } of parts) {
    await writer.add(path, new BlobReader(data), { level: COMPRESSED.test(path) ? 0 : 6 });
  }
  return writer.close();
}
