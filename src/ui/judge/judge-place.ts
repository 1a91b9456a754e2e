/** What lies open behind the door to judging. */
export type JudgePlace =
  | { readonly kind: 'studies' }
  | { readonly kind: 'new' }
  | { readonly kind: 'study'; readonly hash: string }
  | { readonly kind: 'vote'; readonly hash: string; readonly rater: string }
  /** A study on this page's own host. */
  | { readonly kind: 'address'; readonly path: string };

export const NEW_STUDY = 'new';

/** The item of the door behind which a rater votes, so that a reload goes on. */
export const votingItem = (hash: string, rater: string): string => `${hash}/${rater}`;

/** The place that a door's item names: a study by its hash, a rater's voting, or a study's address. */
export function judgePlaceOf(item: string | null): JudgePlace {
  if (item === null) return { kind: 'studies' };
  if (item === NEW_STUDY) return { kind: 'new' };
  const [, hash, rater] = item.match(/^([0-9a-f]{64})(?:\/(.+))?$/s) ?? [];
  if (hash === undefined) return { kind: 'address', path: item };
  return rater === undefined ? { kind: 'study', hash } : { kind: 'vote', hash, rater };
}
