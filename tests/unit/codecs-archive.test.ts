import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeArchives } from '../../src/codecs/archive/archive.ts';
import { isClutter, safePath } from '../../src/codecs/archive/paths.ts';
import type { ArchivePart } from '../../src/protocol/archive.ts';

const archives = makeArchives();

async function zipOf(parts: readonly ArchivePart[]): Promise<Uint8Array<ArrayBuffer>> {
  const written = await archives.write(parts);
  if (!written.ok) throw new Error(written.error.message);
  return new Uint8Array(await written.value.arrayBuffer());
}

const part = (path: string, text: string): ArchivePart => ({ path, data: new Blob([text]) });

async function open(bytes: Uint8Array<ArrayBuffer>, name = 'team.zip') {
  return archives.open(new Blob([bytes]), name);
}

/** Overwrites a 16- or 32-bit field after every signature of that kind. */
function patched(
  bytes: Uint8Array<ArrayBuffer>,
  signature: number,
  offset: number,
  change: (view: DataView, at: number) => void,
): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 4 < copy.length; at += 1) {
    if (view.getUint32(at, true) === signature) change(view, at + offset);
  }
  return copy;
}

const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;

describe('archives', () => {
  it('come back as they were written, and are the same bytes every time', async () => {
    const parts = [part('m/001.png', 'a'.repeat(5000)), part('notes.csv', 'x,y\n'.repeat(999))];
    const bytes = await zipOf(parts);
    expect(await zipOf(parts)).toEqual(bytes);
    const opened = await open(bytes);
    if (!opened.ok) throw new Error(opened.error.message);
    const { handle, entries, remarks } = opened.value;
    expect(entries).toEqual([
      { path: 'm/001.png', bytes: 5000 },
      { path: 'notes.csv', bytes: 3996 },
    ]);
    expect(remarks).toEqual([]);
    for (const { path, data } of parts) {
      const read = await archives.read(handle, path);
      if (!read.ok) throw new Error(read.error.message);
      expect(await read.value.text()).toBe(await data.text());
    }
    expect(await archives.read(handle, 'none')).toMatchObject({
      ok: false,
      error: { message: 'There is no “none” in “team.zip”.' },
    });
    await archives.close(handle);
    expect((await archives.read(handle, 'm/001.png')).ok).toBe(false);
  });

  it('leave out what is encrypted or leads outside, and say so', async () => {
    const bytes = await zipOf([part('ok.png', '1'), part('../../evil.png', '2')]);
    const opened = await open(bytes);
    if (!opened.ok) throw new Error(opened.error.message);
    expect(opened.value.entries.map(({ path }) => path)).toEqual(['ok.png']);
    expect(opened.value.remarks[0]).toContain('../../evil.png');
    const locked = patched(await zipOf([part('a.png', '1')]), DIRECTORY, 8, (view, at) =>
      view.setUint16(at, view.getUint16(at, true) | 1, true),
    );
    const result = await open(locked);
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.entries).toEqual([]);
    expect(result.value.remarks[0]).toContain('encrypted');
  });

  it('are refused where they would unpack to far more than they are', async () => {
    const bomb = await open(await zipOf([part('zeros.bin', '\0'.repeat(8 * 2 ** 20))]), 'bomb.zip');
    expect(bomb).toMatchObject({ ok: false, error: { kind: 'too-large' } });
    if (!bomb.ok) expect(bomb.error.message).toContain('“bomb.zip” is not opened');
  });

  it('never unpack to more than the table of contents says', async () => {
    const honest = await zipOf([part('a.csv', 'x'.repeat(5000))]);
    const shrink = (view: DataView, at: number) => view.setUint32(at, 100, true);
    const lying = patched(patched(honest, DIRECTORY, 24, shrink), LOCAL, 22, shrink);
    const opened = await open(lying);
    if (!opened.ok) return;
    const read = await archives.read(opened.value.handle, 'a.csv');
    expect(read).toMatchObject({ ok: false, error: { kind: 'damaged-file' } });
  });

  it('that are cut or bent are refused with their name, whatever the bytes', async () => {
    const bytes = await zipOf([part('m/001.png', 'abc'), part('m/002.png', 'defg')]);
    expect(await open(bytes.slice(0, 40))).toMatchObject({
      ok: false,
      error: { kind: 'damaged-file' },
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const bent = bytes.slice();
          bent[at] = (bent[at] ?? 0) ^ flip;
          const opened = await open(bent);
          if (!opened.ok) {
            expect(opened.error.kind).not.toBe('internal');
            return;
          }
          for (const { path } of opened.value.entries) {
            const read = await archives.read(opened.value.handle, path);
            if (!read.ok) expect(read.error.kind).toBe('damaged-file');
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('paths in archives', () => {
  it.each([
    ['a/b.png', 'a/b.png'],
    ['/a//./b.png', 'a/b.png'],
    ['C:\\sets\\gt\\001.png', 'sets/gt/001.png'],
    ['../a.png', null],
    ['a/../../b.png', null],
    ['', null],
    ['a\u0000b/<img>.png', 'ab/<img>.png'],
    ['x/'.repeat(40), null],
  ])('%j becomes %j', (raw, expected) => {
    expect(safePath(raw)).toBe(expected);
  });

  it('of operating systems’ own files are known', () => {
    expect(isClutter('__MACOSX/gt/._001.png')).toBe(true);
    expect(isClutter('gt/.DS_Store')).toBe(true);
    expect(isClutter('gt/001.png')).toBe(false);
  });
});
