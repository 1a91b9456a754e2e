import type { CodecApi, DecodedPicture } from '../protocol/codec.ts';
import type { ErrorKind, Result } from '../protocol/result.ts';
import type { LoupeStorage } from '../storage/openStorage.ts';
import type { StoredPicture } from '../storage/records.ts';
import { releaseSoon } from './context.ts';
import type { WorkerClient } from './workerClient.ts';

/** Decoded pictures of the case on screen, and of a job while it runs. They are large: few are held. */
export interface PictureCache {
  /** The decoded picture, if it is held. */
  peek(sha256: string): DecodedPicture | null;
  /** Hands a picture over that was decoded elsewhere. Returns the one to use from now on. */
  adopt(decoded: DecodedPicture): DecodedPicture;
  /** Reads a stored picture. The error names the file where it is gone or damaged. */
  load(kind: 'picture' | 'output', picture: StoredPicture): Promise<Result<DecodedPicture>>;
  /** Lets everything go that is not in `wanted`, bitmaps included. */
  retain(wanted: ReadonlySet<string>): void;
}

const REMEDIES: Readonly<Record<'picture' | 'output', string>> = {
  picture: 'Drop the file again to go on with it.',
  output: 'Restore the input again to get it back.',
};

/** What a decoder says of bytes that are not what they were; a worker that died says nothing of them. */
const DAMAGE: readonly ErrorKind[] = ['empty-file', 'not-an-image', 'damaged-file'];

/**
 * Pictures are addressed by content: one that decodes to another address, or not at all, was damaged
 * on disk. It is forgotten, so that the same file can be kept anew.
 */
async function read(
  storage: LoupeStorage,
  codec: WorkerClient<CodecApi>,
  kind: 'picture' | 'output',
  { sha256, name }: StoredPicture,
): Promise<Result<DecodedPicture>> {
  const failed = (what: string): Result<DecodedPicture> => ({
    ok: false,
    error: { kind: 'damaged-file', message: `“${name}” ${what}. ${REMEDIES[kind]}` },
  });
  const file = await storage.getFile(kind, sha256);
  if (file === null) return failed('is no longer in the browser’s storage');
  const decoded = await codec.call((api) => api.decode(file, name));
  if (decoded.ok && decoded.value.sha256 === sha256) return decoded;
  if (!decoded.ok && !DAMAGE.includes(decoded.error.kind)) return decoded;
  if (decoded.ok) decoded.value.bitmap.close();
  await storage.removeFile(kind, sha256).catch(() => undefined);
  return failed('was damaged in the browser’s storage');
}

/** See `PictureCache`. */
export function makePictureCache(
  storage: LoupeStorage,
  codec: WorkerClient<CodecApi>,
): PictureCache {
  const held = new Map<string, DecodedPicture>();
  const loading = new Map<string, Promise<Result<DecodedPicture>>>();

  function adopt(decoded: DecodedPicture): DecodedPicture {
    const known = held.get(decoded.sha256);
    if (known === undefined) {
      held.set(decoded.sha256, decoded);
      return decoded;
    }
    if (known !== decoded) decoded.bitmap.close();
    return known;
  }

  async function load(
    kind: 'picture' | 'output',
    picture: StoredPicture,
  ): Promise<Result<DecodedPicture>> {
    const known = held.get(picture.sha256);
    if (known !== undefined) return { ok: true, value: known };
    const running = loading.get(picture.sha256);
    if (running !== undefined) return running;
    const promise = read(storage, codec, kind, picture)
      .then((result) => (result.ok ? { ok: true as const, value: adopt(result.value) } : result))
      .finally(() => loading.delete(picture.sha256));
    loading.set(picture.sha256, promise);
    return promise;
  }

  function retain(wanted: ReadonlySet<string>): void {
    for (const [sha256, { bitmap }] of held) {
      if (wanted.has(sha256)) continue;
      held.delete(sha256);
      releaseSoon(() => bitmap.close());
    }
  }

  return { peek: (sha256) => held.get(sha256) ?? null, adopt, load, retain };
}

/** What is stored about a picture: the screen's facts about it, without its pixels. */
export function storedPictureOf(
  decoded: DecodedPicture,
  name: string,
  bytes: number,
): StoredPicture {
  return {
    sha256: decoded.sha256,
    name,
    bytes,
    width: decoded.pixels.width,
    height: decoded.pixels.height,
    format: decoded.format,
    bitDepth: decoded.bitDepth,
    exact: decoded.exact,
    profileName: decoded.profile?.name ?? null,
  };
}
