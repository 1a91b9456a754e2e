import { describe, expect, test } from 'vitest';
import { NO_REMARKS, ownTag, READY_TAGS } from '../../src/core/inspect/tags.ts';
import { readTable } from '../../src/core/text/csv.ts';
import { remarksFile } from '../../src/ui/remarks/remarks-file.ts';
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

describe('what was said, as a file', () => {
  const rated = (stars: number) => ({
    ...NO_REMARKS,
    ratings: [{ method: null, stars, at: 0 }],
  });

  test('tells cases of one name apart and leaves out those of which nothing was said', async () => {
    const file = remarksFile([
      { title: '001', said: rated(2) },
      { title: '002', said: NO_REMARKS },
      { title: '001', said: rated(5) },
    ]);
    const { rows } = readTable((await file?.text()) ?? '', 'remarks.csv');
    expect(rows.map(([name, , kind, text]) => [name, kind, text])).toEqual([
      ['001', 'rating', '2'],
      ['001 (2)', 'rating', '5'],
    ]);
    expect(remarksFile([{ title: '002', said: NO_REMARKS }])).toBeNull();
  });
});
