import { type Accessor, createSignal, onCleanup } from 'solid-js';

export type DoorId = 'look' | 'bench' | 'judge' | 'models';

export interface Door {
  readonly id: DoorId;
  readonly title: string;
  /** First part of the address after `#/`; empty for the door that opens by itself. */
  readonly path: string;
}

/** The doors of the page, in the order of the header. */
export const DOORS: readonly Door[] = [
  { id: 'look', title: 'Look', path: '' },
  { id: 'bench', title: 'Bench', path: 'bench' },
  { id: 'judge', title: 'Judge', path: 'judge' },
  { id: 'models', title: 'Models', path: 'models' },
];

/** Where the page stands: a door, and what lies open behind it (a model's id). */
export interface Place {
  readonly door: DoorId;
  readonly item: string | null;
}

const FIRST: Place = { door: 'look', item: null };

/**
 * The place an address names; an unknown one leads to Look. A study may be named as `#/judge?study=…` too.
 * @param hash as in `location.hash`
 */
export function placeOf(hash: string): Place {
  const [, path = '', item = '', query = ''] =
    hash.match(/^#\/([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/) ?? [];
  const door = DOORS.find((candidate) => candidate.path === path);
  if (!door) return FIRST;
  const study = door.id === 'judge' ? new URLSearchParams(query).get('study') : null;
  if (study) return { door: door.id, item: study };
  return { door: door.id, item: item === '' ? null : decoded(item) };
}

/** An address that was cut off in the middle of a character names nothing. */
function decoded(item: string): string | null {
  try {
    return decodeURIComponent(item);
  } catch {
    return null;
  }
}

/** The address of a place, for links: `#/models/flash-s`. */
export function addressOf(door: DoorId, item: string | null = null): string {
  const path = DOORS.find((candidate) => candidate.id === door)?.path ?? '';
  return item === null ? `#/${path}` : `#/${path}/${encodeURIComponent(item)}`;
}

export interface Doors {
  readonly place: Accessor<Place>;
  readonly go: (door: DoorId, item?: string | null) => void;
}

/** The place the window's address names, now and as it changes; a reload finds it again. */
export function createDoors(): Doors {
  const [place, setPlace] = createSignal(placeOf(location.hash), {
    equals: (a, b) => a.door === b.door && a.item === b.item,
  });
  const update = () => setPlace(placeOf(location.hash));
  window.addEventListener('hashchange', update);
  onCleanup(() => window.removeEventListener('hashchange', update));
  return {
    place,
    go: (door, item = null) => {
      location.hash = addressOf(door, item);
    },
  };
}
