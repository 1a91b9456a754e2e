import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageId, isPicturePath, maskNames, stemOf } from '../../src/core/dataset/ids.ts';
import { listNames, pairById } from '../../src/core/dataset/pairing.ts';

describe('IDs in file names', () => {
  it.each([
    ['001.png', '001'],
    ['portrait_017_v2.jpg', '017'],
    ['IMG20240101.png', '202'],
    ['sub/folder123/004.bmp', '004'],
    ['12.png', null],
    ['photo.001', null],
  ])('%s has %s', (path, id) => {
    expect(imageId(path)).toBe(id);
  });

  it('come from the stem only', () => {
    expect(stemOf('a/b.c/001.x.png')).toBe('001.x');
    expect(imageId('x.jp1000')).toBeNull();
  });

  it.each([
    ['001.png', true],
    ['001.JPG', true],
    ['set/001.jpeg', true],
    ['001.webp', false],
    ['001.txt', false],
    ['001_mask.png', false],
    ['001_Mask.png', false],
    ['masks/001.png', false],
    ['a/mask_personmask/b/001.png', false],
    ['._001.png', false],
    ['png', false],
  ])('%s is a picture: %s', (path, expected) => {
    expect(isPicturePath(path)).toBe(expected);
  });

  it('name masks in the order of the scoring program', () => {
    expect(maskNames('007')).toEqual(['007.jpg', '007.jpeg', '007.png', '007.bmp']);
  });
});

describe('Pairing', () => {
  it('goes by ID, never by position or extension', () => {
    const { pairs, problems } = pairById(
      ['b/out_002.jpg', '001.png', 'mask/001.png'],
      ['gt_001.jpg', 'gt_002.bmp', '001_mask.png', 'notes.txt'],
    );
    expect(problems).toEqual([]);
    expect(pairs).toEqual([
      { id: '001', output: '001.png', groundTruth: 'gt_001.jpg' },
      { id: '002', output: 'b/out_002.jpg', groundTruth: 'gt_002.bmp' },
    ]);
  });

  it('does not depend on the order of the files', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(ids, fc.infiniteStream(fc.integer()), (numbers, order) => {
        const names = numbers.map((number) => `${String(number).padStart(3, '0')}.png`);
        const shuffled = names
          .map((name) => ({ name, at: order.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ name }) => name);
        const pairing = pairById(shuffled, names);
        expect(pairing.problems).toEqual([]);
        expect(pairing.pairs.map(({ output }) => output)).toEqual(names.toSorted());
        expect(pairing.pairs.every(({ output, groundTruth }) => output === groundTruth)).toBe(true);
      }),
    );
  });

  it('names missing and extra predictions and duplicate IDs', () => {
    const { pairs, problems } = pairById(
      ['001.png', '001.jpg', '004.png'],
      ['001.png', '002.png', '003.png'],
    );
    expect(problems).toEqual([
      'the ID 001 is there more than once among the predictions (001.jpg, 001.png)',
      'predictions are missing for 002, 003',
      'predictions without ground truth: 004',
    ]);
    expect(pairs.map(({ id }) => id)).toEqual(['001']);
  });

  it('has a problem where there is nothing to score', () => {
    expect(pairById([], []).problems).toEqual(['there is no ground truth with a three-digit ID']);
  });

  it('leaves out pictures without an ID and tells which', () => {
    const { problems, ignored } = pairById(['001.png', 'logo.png'], ['001.png', 'a1.bmp']);
    expect(problems).toEqual([]);
    expect(ignored).toEqual(['a1.bmp', 'logo.png']);
  });

  it('shortens long lists', () => {
    const names = Array.from({ length: 13 }, (_, index) => String(index));
    expect(listNames(names)).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 3 more');
  });
});
