import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readView } from '../../src/app/state.ts';
import { placeOf } from '../../src/ui/doors.ts';
import {
  isViewLink,
  type LinkedView,
  linkedSettings,
  readViewHash,
  viewHash,
} from '../../src/ui/viewer/view-link.ts';
import { FIT } from '../../src/ui/viewer/viewport.ts';

const PLAIN: LinkedView = {
  caseId: 'b7e2',
  picture: 'a'.repeat(64),
  method: null,
  settings: linkedSettings(readView(null)),
  viewport: FIT,
  shownAs: { exposure: 0, gamma: 1, channel: 'rgb', clipping: false },
};

const FULL: LinkedView = {
  ...PLAIN,
  // Digits alone, and signs that mean something in an address.
  caseId: '12e4',
  method: 'user-a&b=c/ü',
  settings: linkedSettings(
    readView({
      ...PLAIN.settings,
      mode: 'split',
      split: ['gt', 'method:user-a&b=c/ü', 'input'],
      splitLines: [1 / 3, 0.9],
      splitInto: 'rows',
      inView: { gt: false, 'method:x': true },
      gain: 16,
      errorMap: 'deltae',
      overlay: true,
      overlayStyle: 'cut-out',
      overlayRegion: 'background',
    }),
  ),
  viewport: { fit: false, scale: Math.E, x: 0.1 + 0.2, y: 1 / 7 },
  shownAs: { exposure: -1.5, gamma: 2.2, channel: 'luma', clipping: true },
};

describe('a link to a view', () => {
  it.each([
    ['an untouched view', PLAIN],
    ['a view with everything set', FULL],
  ])('brings back %s exactly', (_, view) => {
    const hash = viewHash(view);
    expect(isViewLink(hash)).toBe(true);
    expect(readViewHash(hash)).toEqual({ ok: true, view });
  });

  it('survives an address bar and leads to Look', () => {
    const { hash } = new URL(viewHash(FULL), 'https://example.org/loupe/');
    expect(readViewHash(hash)).toEqual({ ok: true, view: FULL });
    expect(placeOf(hash)).toEqual({ door: 'look', item: null });
  });

  it('brings back every zoom and position', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e5, noNaN: true }), share, share, (scale, x, y) => {
        const view = { ...PLAIN, viewport: { fit: false, scale, x, y } };
        const read = readViewHash(viewHash(view));
        expect(read.ok && read.view.viewport).toEqual(view.viewport);
      }),
    );
  });

  it.each([
    ['no case', (hash: string) => hash.replace('case=b7e2', 'case='), 'names no case'],
    ['an unknown way', (hash: string) => hash.replace('side-by-side', 'upside'), '“mode”'],
    ['a setting cut off', (hash: string) => hash.slice(0, hash.indexOf('onion')), '“onion”'],
    ['a zoom that is none', (hash: string) => hash.replace('zoom=fit', 'zoom=far'), 'zoom'],
    [
      'an exposure beyond reach',
      (hash: string) => hash.replace('exposure=0', 'exposure=99'),
      'exposure',
    ],
  ])('with %s says in a sentence what is wrong', (_, damage, word) => {
    const read = readViewHash(damage(viewHash(PLAIN)));
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.sentence).toMatch(new RegExp(`^This link.*${word}.*\\.$`));
  });

  it('is told from other addresses', () => {
    expect(['', '#/', '#/bench', '#/models/x', '#/look'].some(isViewLink)).toBe(false);
  });

  it.each(['#/look?', '#/look?case=%', '#/look?case=1&split=[', '#/look?case=1&split={"a":1}'])(
    'is refused when it is nonsense: %s',
    (hash) => expect(readViewHash(hash).ok).toBe(false),
  );
});
