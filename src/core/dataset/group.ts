import { guessRole, type RoleGuess } from './roles.ts';

/** A file with what is known about it after its neighbours were looked at. */
export interface GroupedFile<T> extends RoleGuess {
  readonly file: T;
}

/** The files of one case. */
export interface CaseGroup<T> {
  readonly stem: string;
  readonly files: readonly GroupedFile<T>[];
}

const keyOf = (folder: string, stem: string) => `${folder}/${stem}`.toLowerCase();

/** The folder's path without its last part, which names the method. */
const parentOf = (folder: string) => folder.split('/').slice(0, -1).join('/');

interface Place {
  readonly key: string;
  readonly stem: string;
  readonly method: string;
}

/** Where a file without a role would belong if a folder or a suffix named a method. */
function methodPlaces(guess: RoleGuess): Place[] {
  const { stem, folder, method } = guess;
  const places: Place[] = [];
  if (method !== null) places.push({ key: keyOf(parentOf(folder), stem), stem, method });
  // Longest stem first: `a_b_method` belongs to `a_b` rather than to `a`.
  for (let cut = stem.length - 2; cut > 0; cut -= 1) {
    if (stem[cut] !== '_' && stem[cut] !== '-') continue;
    const start = stem.slice(0, cut);
    places.push({ key: keyOf(folder, start), stem: start, method: stem.slice(cut + 1) });
  }
  return places;
}

/**
 * Puts files that belong to the same picture together: same stem (case ignored) in the same folder,
 * folders that only tell a role left out. Never by position: a missing file shifts nothing. A file
 * without a role becomes a method's output where a case of that name exists, be it by its folder
 * (`flash-s/001.png` beside `input/001.jpg`) or by its suffix (`001_flash-s.png` beside
 * `001_input.jpg`); otherwise its role stays null. Groups and files keep the order given.
 * @param nameOf the path, or the bare name of a loose file
 */
export function groupByStem<T>(files: readonly T[], nameOf: (file: T) => string): CaseGroup<T>[] {
  const guesses = files.map((file) => ({ file, ...guessRole(nameOf(file)) }));
  const known = new Set(
    guesses
      .filter(({ role, region }) => role !== null || region !== null)
      .map(({ folder, stem }) => keyOf(folder, stem)),
  );
  const groups = new Map<string, { stem: string; files: GroupedFile<T>[] }>();
  const place = (key: string, stem: string, file: GroupedFile<T>) => {
    const group = groups.get(key);
    if (group) group.files.push(file);
    else groups.set(key, { stem, files: [file] });
  };
  for (const guess of guesses) {
    const isUnclear = guess.role === null && guess.region === null;
    const own = keyOf(guess.folder, guess.stem);
    const found =
      isUnclear && !known.has(own) && methodPlaces(guess).find(({ key }) => known.has(key));
    if (found) {
      place(found.key, found.stem, {
        ...guess,
        role: 'output',
        stem: found.stem,
        method: found.method,
      });
    } else {
      place(own, guess.stem, guess);
    }
  }
  return [...groups.values()];
}
