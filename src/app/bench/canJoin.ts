/** A case of the Look page, stored or shown. */
interface LookedAt {
  /** The set's case that it was opened from. */
  readonly benchCase?: string | null;
  readonly input: object | null;
  readonly gt: object | null;
}

/** Whether the set can take a case over: it is none of its own, and has a picture to be known by. */
export function canJoinSet({ benchCase, input, gt }: LookedAt): boolean {
  return (benchCase ?? null) === null && (input !== null || gt !== null);
}
