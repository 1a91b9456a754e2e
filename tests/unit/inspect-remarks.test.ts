import { describe, expect, test } from 'vitest';
import {
  editRemarks,
  isSilent,
  mergeRemarks,
  type RemarkEdit,
  reverseOf,
} from '../../src/core/inspect/remarkEdits.ts';
import { NO_REMARKS, ownTag, type Remarks, readRemarks } from '../../src/core/inspect/tags.ts';
import { tagWords, withTagWords } from '../../src/core/inspect/tagWords.ts';

const halo = { id: 'halo', title: 'Halo' };
const all = (...edits: readonly RemarkEdit[]): Remarks =>
  edits.reduce((remarks, edit, at) => editRemarks(remarks, edit, at), NO_REMARKS);

const FULL = all(
  { kind: 'tag', tag: halo, method: null },
  { kind: 'tag', tag: halo, method: 'net' },
  { kind: 'tag', tag: ownTag('Too  Red'), method: null },
  { kind: 'note', id: 'n', method: null, text: 'a rim' },
  { kind: 'pin', id: 'p', method: 'net', x: 0.25, y: 1.5, text: 'here' },
  { kind: 'rate', method: 'net', stars: 2 },
);

describe('remarks', () => {
  test('each edit says one thing, and what came of it can be read back', () => {
    expect(FULL.tags.map(({ tag, method }) => [tag, method])).toEqual([
      ['halo', null],
      ['halo', 'net'],
      ['own:too red', null],
    ]);
    expect(FULL.pins[0]).toMatchObject({ x: 0.25, y: 1, text: 'here' });
    expect(readRemarks(JSON.parse(JSON.stringify(FULL)))).toEqual({ remarks: FULL });
  });

  test('the same tag is given once, another rating, text or place replaces the one before', () => {
    const again = [
      { kind: 'tag', tag: halo, method: null },
      { kind: 'rate', method: 'net', stars: 5 },
      { kind: 'note', id: 'n', method: null, text: 'a wider rim' },
      { kind: 'pin', id: 'p', method: 'net', x: 0, y: 0, text: 'there' },
    ] as const;
    const next = again.reduce((now, edit) => editRemarks(now, edit, 9), FULL);
    expect(next.tags).toHaveLength(3);
    expect(next.ratings).toEqual([{ method: 'net', stars: 5, at: 9 }]);
    expect(next.notes).toEqual([{ id: 'n', method: null, text: 'a wider rim', at: 9 }]);
    expect(next.pins).toEqual([{ id: 'p', method: 'net', x: 0, y: 0, text: 'there', at: 9 }]);
  });

  test('what an edit takes away comes back by its reverse', () => {
    const takings = [
      { kind: 'untag', tag: 'halo', method: 'net' },
      { kind: 'rate', method: 'net', stars: null },
      { kind: 'remove', id: 'n' },
      { kind: 'remove', id: 'p' },
    ] as const;
    for (const edit of takings) {
      const without = editRemarks(FULL, edit, 7);
      expect(without).not.toEqual(FULL);
      const back = reverseOf(FULL, edit);
      if (back === null) throw new Error(`${edit.kind} has no reverse`);
      const { tags, notes, pins, ratings } = editRemarks(without, back, 8);
      expect([tags.length, notes.length, pins.length, ratings.length]).toEqual([3, 1, 1, 1]);
    }
    expect(reverseOf(FULL, { kind: 'remove', id: 'gone' })).toBeNull();
    expect(reverseOf(FULL, { kind: 'tag', tag: halo, method: null })).toBeNull();
  });

  test('a case takes no more of a kind than can be read back', () => {
    const edits = Array.from({ length: 200 }, (_, i) => ({
      kind: 'tag' as const,
      tag: ownTag(`tag ${i}`),
      method: null,
    }));
    const full = all(...edits);
    expect('remarks' in readRemarks(full)).toBe(true);
    expect(() => editRemarks(full, { kind: 'tag', tag: halo, method: null }, 0)).toThrow(
      'A case takes 200 tags',
    );
  });

  test('two tellings of one case become one, the newer word counting', () => {
    const other = editRemarks(FULL, { kind: 'note', id: 'n', method: null, text: 'newer' }, 50);
    const more = editRemarks(other, { kind: 'note', id: 'm', method: null, text: 'more' }, 51);
    const merged = mergeRemarks(FULL, more);
    expect(merged.notes.map(({ text }) => text)).toEqual(['newer', 'more']);
    expect(merged.tags).toHaveLength(3);
    expect(mergeRemarks(NO_REMARKS, FULL)).toEqual(FULL);
    expect([isSilent(NO_REMARKS), isSilent(FULL)]).toEqual([true, false]);
  });

  test('tags are words for filters; words become tags, known ones in any case', () => {
    expect(tagWords(FULL)).toEqual(['halo', 'too-red']);
    const changed = withTagWords(FULL, ['HALO', 'noise', 'x'.repeat(90)], 3);
    expect(changed.tags.map(({ tag, method }) => [tag, method])).toEqual([
      ['halo', null],
      ['halo', 'net'],
      ['noise', null],
      [`own:${'x'.repeat(40)}`, null],
    ]);
    expect(changed.notes).toEqual(FULL.notes);
    expect(withTagWords(FULL, [], 3).tags).toEqual([]);
  });
});
