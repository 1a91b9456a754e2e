import { describe, expect, test } from 'vitest';
import { ownTag, READY_TAGS } from '../../src/core/inspect/tags.ts';
import { tagOptions } from '../../src/ui/remarks/tag-choice.ts';

const OWN = [{ id: 'own:too red', title: 'Too red' }];
const titles = (query: string) => tagOptions(query, OWN, []).map(({ tag }) => tag.title);

describe('tags by a few letters', () => {
  test('nothing typed offers all that are known, those of one’s own behind the ready ones', () => {
    expect(titles('')).toEqual([...READY_TAGS.map(({ title }) => title), 'Too red']);
  });

  test('the best fit comes first, and what is typed can be a tag of one’s own', () => {
    expect(titles('halo')).toEqual(['Halo']);
    expect(titles('iden')[0]).toBe('Identity change');
    expect(titles('too r').at(0)).toBe('Too red');
    const [last] = tagOptions(' plastic  hair ', OWN, []).toReversed();
    expect(last).toEqual({ tag: ownTag('plastic hair'), given: false, isNew: true });
    expect(tagOptions('q'.repeat(99), [], [])[0]?.tag.title).toHaveLength(40);
  });

  test('what is given already is marked, a known title makes no second tag', () => {
    const given = [{ tag: 'halo', title: 'Halo', method: null, at: 1 }];
    expect(tagOptions('HALO ', OWN, given)).toMatchObject([{ tag: { id: 'halo' }, given: true }]);
    expect(titles('too RED')).toEqual(['Too red']);
  });
});
