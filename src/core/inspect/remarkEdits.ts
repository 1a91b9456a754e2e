import { BadInput } from '../badInput.ts';
import { MOST_REMARKS, type Remarks, type Tag } from './tags.ts';

/** Whom something is said of: a method by its id; null: the case as a whole. */
type About = string | null;

/** One thing that somebody says of a case, changes or takes back. */
export type RemarkEdit =
  | { readonly kind: 'tag'; readonly tag: Pick<Tag, 'id' | 'title'>; readonly method: About }
  | { readonly kind: 'untag'; readonly tag: string; readonly method: About }
  /** Null stars take the rating back. */
  | { readonly kind: 'rate'; readonly method: About; readonly stars: number | null }
  /** A new note, or a new text of the one with this id. */
  | { readonly kind: 'note'; readonly id: string; readonly method: About; readonly text: string }
  /** A new pin, or another place or text of the one with this id; x and y as in `Remarks`. */
  | {
      readonly kind: 'pin';
      readonly id: string;
      readonly method: About;
      readonly x: number;
      readonly y: number;
      readonly text: string;
    }
  /** Takes a note or a pin back. */
  | { readonly kind: 'remove'; readonly id: string };

const within = (share: number): number => Math.min(1, Math.max(0, share));

/** The list with this entry in the place of the one that is the same, else behind the others. */
function put<T>(list: readonly T[], entry: T, isSame: (other: T) => boolean): readonly T[] {
  if (!list.some(isSame)) return [...list, entry];
  return list.map((other) => (isSame(other) ? entry : other));
}

function edited(remarks: Remarks, edit: RemarkEdit, at: number): Remarks {
  switch (edit.kind) {
    case 'tag': {
      const { tag, method } = edit;
      const has = remarks.tags.some((own) => own.tag === tag.id && own.method === method);
      const entry = { tag: tag.id, title: tag.title, method, at };
      return has ? remarks : { ...remarks, tags: [...remarks.tags, entry] };
    }
    case 'untag': {
      const goes = ({ tag, method }: Remarks['tags'][number]) =>
        tag === edit.tag && method === edit.method;
      return { ...remarks, tags: remarks.tags.filter((own) => !goes(own)) };
    }
    case 'rate': {
      const { method, stars } = edit;
      const others = remarks.ratings.filter((own) => own.method !== method);
      return { ...remarks, ratings: stars === null ? others : [...others, { method, stars, at }] };
    }
    case 'note': {
      const { id, method, text } = edit;
      const notes = put(remarks.notes, { id, method, text, at }, (own) => own.id === id);
      return { ...remarks, notes };
    }
    case 'pin': {
      const { id, method, text } = edit;
      const pin = { id, method, x: within(edit.x), y: within(edit.y), text, at };
      return { ...remarks, pins: put(remarks.pins, pin, (own) => own.id === id) };
    }
    case 'remove': {
      const stays = ({ id }: { readonly id: string }) => id !== edit.id;
      return {
        ...remarks,
        notes: remarks.notes.filter(stays),
        pins: remarks.pins.filter(stays),
      };
    }
  }
}

/**
 * The remarks after an edit. The same tag is given once, a rating replaces the one before, places lie
 * within the picture.
 * @param at milliseconds since 1970
 * @throws {BadInput} where a case has as many remarks of this kind as are kept
 */
export function editRemarks(remarks: Remarks, edit: RemarkEdit, at: number): Remarks {
  const next = edited(remarks, edit, at);
  for (const list of ['tags', 'notes', 'pins', 'ratings'] as const) {
    if (next[list].length <= MOST_REMARKS[list]) continue;
    throw new BadInput(
      `A case takes ${MOST_REMARKS[list]} ${list}: take one away to say something new.`,
    );
  }
  return next;
}

/** What brings back what an edit takes away; null where it takes nothing away. */
export function reverseOf(remarks: Remarks, edit: RemarkEdit): RemarkEdit | null {
  switch (edit.kind) {
    case 'untag': {
      const own = remarks.tags.find(
        ({ tag, method }) => tag === edit.tag && method === edit.method,
      );
      if (own === undefined) return null;
      return { kind: 'tag', tag: { id: own.tag, title: own.title }, method: own.method };
    }
    case 'rate': {
      const own = remarks.ratings.find(({ method }) => method === edit.method);
      if (own === undefined || edit.stars !== null) return null;
      return { kind: 'rate', method: own.method, stars: own.stars };
    }
    case 'remove': {
      const note = remarks.notes.find(({ id }) => id === edit.id);
      if (note !== undefined) return { ...note, kind: 'note' };
      const pin = remarks.pins.find(({ id }) => id === edit.id);
      return pin === undefined ? null : { ...pin, kind: 'pin' };
    }
    default:
      return null;
  }
}

/** Whether nothing at all is said. */
export function isSilent(remarks: Remarks): boolean {
  return Object.values(remarks).every((list) => list.length === 0);
}

/** Both together; where both rate the same, or know the same note or pin, the newer one counts. */
export function mergeRemarks(a: Remarks, b: Remarks): Remarks {
  const merged = <T extends { readonly at: number }>(
    list: readonly T[],
    keyOf: (entry: T) => string,
  ): T[] => {
    const byKey = new Map<string, T>();
    for (const entry of list) {
      const known = byKey.get(keyOf(entry));
      if (known === undefined || known.at < entry.at) byKey.set(keyOf(entry), entry);
    }
    return [...byKey.values()];
  };
  return {
    tags: merged([...a.tags, ...b.tags], ({ tag, method }) => JSON.stringify([tag, method])).slice(
      0,
      MOST_REMARKS.tags,
    ),
    notes: merged([...a.notes, ...b.notes], ({ id }) => id).slice(0, MOST_REMARKS.notes),
    pins: merged([...a.pins, ...b.pins], ({ id }) => id).slice(0, MOST_REMARKS.pins),
    ratings: merged([...a.ratings, ...b.ratings], ({ method }) => JSON.stringify(method)).slice(
      0,
      MOST_REMARKS.ratings,
    ),
  };
}
