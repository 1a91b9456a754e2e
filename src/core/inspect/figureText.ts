/*
 * Texts of a figure before anybody has measured them: the same lines must fit in the SVG, whose font is the
 * reader's, and on the page's canvas. Widths are those of common sans-serif faces, on the wide side.
 */

const NARROW = /^[ijltfrI.,:;|!'’()[\]\s\p{M}]$/u;
const WIDE = /^[mwMW@%—]$/u;
const UPPER = /^\p{Lu}$/u;
/** Han, kana, hangul and pictures: as wide as they are high. */
const SQUARE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one letter: an emoji of several parts is not cut in two. */
const letters = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

function advance(letter: string): number {
  if (SQUARE.test(letter)) return 1.3;
  if (NARROW.test(letter)) return 0.34;
  if (WIDE.test(letter)) return 0.92;
  return UPPER.test(letter) ? 0.74 : 0.6;
}

/** About how wide a text is. @param size of the font, in the units of the answer */
export function textWidth(text: string, size: number): number {
  return size * letters(text).reduce((sum, letter) => sum + advance(letter), 0);
}

/**
 * The text, or as much of its beginning and end as fits: file names differ at both.
 * @param width in the units of `size`, the font's
 */
export function fittedText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const all = letters(text);
  for (let kept = all.length - 1; kept > 0; kept -= 1) {
    const head = Math.ceil(kept / 2);
    const tail = kept - head;
    const shorter = `${all.slice(0, head).join('')}…${tail > 0 ? all.slice(-tail).join('') : ''}`;
    if (textWidth(shorter, size) <= width) return shorter;
  }
  return '…';
}
