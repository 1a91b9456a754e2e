import { describe, expect, it } from 'vitest';
import { KEY_BINDINGS } from '../../src/ui/keys.ts';
import { movedTo } from '../../src/ui/palette/choice.ts';
import { fuzzyFilter, fuzzyScore } from '../../src/ui/palette/fuzzy.ts';

const labels = KEY_BINDINGS.map(({ label }) => label);
const find = (query: string) => fuzzyFilter(query, labels, (label) => label);

describe('a few letters', () => {
  it('fit where they come in their order, whatever their case', () => {
    expect(fuzzyScore('exup', 'Exposure up half a stop')).not.toBeNull();
    expect(fuzzyScore('EX UP', 'Exposure up half a stop')).not.toBeNull();
    expect(fuzzyScore('upex', 'Exposure up half a stop')).toBeNull();
    expect(fuzzyScore('upz', 'Exposure up half a stop')).toBeNull();
    expect(fuzzyScore('', 'Fit')).toBe(0);
  });

  it('find words by their beginnings first', () => {
    expect(find('zi')[0]).toBe('Zoom in');
    expect(find('gamma')[0]).toBe('Gamma up');
    expect(find('clip')[0]).toBe('Clipping warning');
    expect(find('emap')[0]).toBe('Error map of the output');
  });

  it('find the best place, not the first', () => {
    const late = fuzzyScore('map', 'make a map');
    const never = fuzzyScore('map', 'make a lap');
    expect(late).not.toBeNull();
    expect(never).not.toBeNull();
    expect(late ?? 0).toBeGreaterThan(never ?? 0);
  });

  it('leave everything in its order while there are none', () => {
    expect(find('')).toEqual(labels);
    expect(find('qqqq')).toEqual([]);
  });
});

describe('the chosen command', () => {
  it('moves by arrows round the list and by pages to its ends', () => {
    expect(movedTo('ArrowDown', 0, 3)).toBe(1);
    expect(movedTo('ArrowUp', 0, 3)).toBe(2);
    expect(movedTo('ArrowDown', 2, 3)).toBe(0);
    expect(movedTo('PageDown', 1, 30)).toBe(9);
    expect(movedTo('PageDown', 1, 3)).toBe(2);
    expect(movedTo('PageUp', 1, 3)).toBe(0);
    expect(movedTo('a', 1, 3)).toBeNull();
    expect(movedTo('ArrowDown', 0, 0)).toBeNull();
    expect([movedTo('ArrowUp', -1, 3), movedTo('ArrowDown', -1, 3)]).toEqual([2, 0]);
  });
});
