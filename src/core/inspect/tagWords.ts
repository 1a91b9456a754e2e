import { ownTag, READY_TAGS, type Remarks, tagWord } from './tags.ts';

/** Characters of an own tag's title. */
const LONGEST = 40;

/** The tags of a case as the words that filters know them by, each once. */
export function tagWords({ tags }: Remarks): string[] {
  return [...new Set(tags.map(({ tag }) => tagWord(tag)))];
}

/**
 * Remarks with these tags: those that are still among the words stay as they are, new words are tags of
 * the case as a whole.
 * @param at milliseconds since 1970
 */
export function withTagWords(remarks: Remarks, words: readonly string[], at: number): Remarks {
  const wanted = new Set(words.map((word) => word.toLowerCase().slice(0, LONGEST)));
  const kept = remarks.tags.filter(({ tag }) => wanted.has(tagWord(tag)));
  for (const { tag } of kept) wanted.delete(tagWord(tag));
  const added = [...wanted].map((word) => {
    const { id, title } = READY_TAGS.find((ready) => ready.id === word) ?? ownTag(word);
    return { tag: id, title, method: null, at };
  });
  return { ...remarks, tags: [...kept, ...added] };
}
