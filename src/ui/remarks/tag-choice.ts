import { ownTag, READY_TAGS, type Remarks, type Tag } from '../../core/inspect/tags.ts';
import { fuzzyFilter } from '../palette/fuzzy.ts';

/** A tag that can be given, or taken back where it is given already. */
export interface TagOption {
  readonly tag: Tag;
  readonly given: boolean;
  /** No case has it yet. */
  readonly isNew: boolean;
}

/** Characters of a tag's title. */
export const LONGEST_TAG = 40;

const sameTitle = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/**
 * Tags that a few typed letters may mean, the best first; what is typed can become a tag of one's own.
 * @param own tags of one's own that some case has
 * @param given what the case, or the method that is spoken of, has already
 */
export function tagOptions(
  query: string,
  own: readonly Pick<Tag, 'id' | 'title'>[],
  given: Remarks['tags'],
): readonly TagOption[] {
  const known = [...READY_TAGS, ...own.map(({ title }) => ownTag(title))];
  const isGiven = ({ id }: Tag) => given.some(({ tag }) => tag === id);
  const found = fuzzyFilter(query, known, ({ title }) => title).map((tag) => ({
    tag,
    given: isGiven(tag),
    isNew: false,
  }));
  const typed = query.trim().slice(0, LONGEST_TAG);
  if (typed === '' || known.some(({ title }) => sameTitle(title, typed))) return found;
  return [...found, { tag: ownTag(typed), given: false, isNew: true }];
}
