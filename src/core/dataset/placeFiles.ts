import { imageId, isPictureName } from './ids.ts';
import { guessRole, type RegionName, type RoleGuess } from './roles.ts';
import type { Corrections, PairingProblem, SetCase, SetFile, SetPlace } from './survey.ts';

/** A file with its place and what it is matched by. */
interface PlacedFile {
  readonly file: SetFile;
  readonly place: SetPlace;
  readonly stem: string;
  /** Folders above it without those that tell role or method. */
  readonly folder: string;
  /** Set by the user. */
  readonly caseId: string | null;
  readonly preferred: boolean;
}

const parentOf = (folder: string) => folder.split('/').slice(0, -1).join('/');
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Formats that the browser may read beside those of the scoring program. */
const isPicture = (name: string) => isPictureName(name) || /^[^.].*\.(webp|avif)$/i.test(name);

/** Where a file without a role in its name or folders goes: its folder names the method. */
function methodPlace(guess: RoleGuess, stems: ReadonlySet<string>): Omit<PlacedFile, 'file'> {
  const { stem, folder, method } = guess;
  const free = { caseId: null, preferred: false };
  if (method !== null) {
    return { ...free, place: { role: 'output', method }, stem, folder: parentOf(folder) };
  }
  // A loose `001_flash-s.png` beside `001_gt.png`: the longest stem that is known.
  for (let cut = stem.length - 2; cut > 0; cut -= 1) {
    if (stem[cut] !== '_' && stem[cut] !== '-') continue;
    const start = stem.slice(0, cut);
    if (!stems.has(start.toLowerCase())) continue;
    return {
      ...free,
      place: { role: 'output', method: stem.slice(cut + 1) },
      stem: start,
      folder,
    };
  }
  return { ...free, place: { role: 'output', method: 'output' }, stem, folder };
}

function placeOf(guess: RoleGuess, stems: ReadonlySet<string>): Omit<PlacedFile, 'file'> {
  const { stem, folder, role, region } = guess;
  const free = { stem, folder, caseId: null, preferred: false };
  if (region !== null) return { ...free, place: { role: 'region', region } };
  if (role === 'output') return { ...free, place: { role, method: guess.method ?? 'output' } };
  if (role !== null) return { ...free, place: { role } };
  return methodPlace(guess, stems);
}

/**
 * Two folders whose methods have one name ("a/images", "b/images") are told apart by their parents,
 * but not where the cases are already told apart by them.
 */
function tellMethodsApart(
  placed: readonly PlacedFile[],
  ambiguous: ReadonlySet<string>,
): PlacedFile[] {
  const folders = new Map<string, Set<string>>();
  const clashing = new Set<string>();
  for (const { place, folder, stem } of placed) {
    if (place.role !== 'output' || ambiguous.has(stem.toLowerCase())) continue;
    const key = `${place.method}/${stem.toLowerCase()}`;
    const known = folders.get(key) ?? new Set();
    if (known.add(folder).size > 1) clashing.add(place.method);
    folders.set(key, known);
  }
  return placed.map((own) => {
    const { place, folder } = own;
    if (place.role !== 'output' || !clashing.has(place.method)) return own;
    const parent = folder.split('/').at(-1) ?? '';
    if (parent === '') return own;
    const method = `${parent}/${place.method}`;
    return { ...own, place: { role: 'output', method }, folder: parentOf(folder) };
  });
}

function place(files: readonly SetFile[], corrections: Corrections): PlacedFile[] {
  const told = files.map((file) => ({ file, guess: guessRole(file.path) }));
  const stems = new Set(
    told
      .filter(({ guess: { role, region } }) => role !== null || region !== null)
      .map(({ guess }) => guess.stem.toLowerCase()),
  );
  const guessed = told.map(({ file, guess }) => ({ file, ...placeOf(guess, stems) }));
  return tellMethodsApart(guessed, ambiguousStems(guessed)).map((own) => {
    const corrected = corrections[own.file.id];
    return {
      ...own,
      place: corrected?.place ?? own.place,
      caseId: corrected?.caseId ?? null,
      preferred: corrected?.preferred ?? false,
    };
  });
}

/** Stems that more than one folder has in the same role of reference (input, ground truth, mask). */
function ambiguousStems(placed: readonly PlacedFile[]): Set<string> {
  const folders = new Map<string, Set<string>>();
  for (const { place: own, stem, folder } of placed) {
    if (own.role === 'output') continue;
    const key = `${own.role}/${stem.toLowerCase()}`;
    folders.set(key, (folders.get(key) ?? new Set()).add(folder.toLowerCase()));
  }
  const several = [...folders].filter(([, found]) => found.size > 1);
  return new Set(several.map(([key]) => key.slice(key.indexOf('/') + 1)));
}

const slotOf = (own: SetPlace): string => {
  if (own.role === 'output') return `output ${own.method}`;
  return own.role === 'region' ? `region ${own.region}` : own.role;
};

const PLACE_NAMES: Readonly<Record<string, string>> = {
  input: 'input',
  gt: 'ground truth',
  mask: 'mask',
};

function duplicateOf(caseId: string, title: string, files: readonly PlacedFile[]): PairingProblem {
  const [used, ...others] = files as [PlacedFile, ...PlacedFile[]];
  const { place: own } = used;
  const method = own.role === 'output' ? own.method : null;
  const what = method === null ? (PLACE_NAMES[own.role] ?? slotOf(own)) : `output of ${method}`;
  const names = others.map(({ file }) => file.path).join(', ');
  return {
    kind: 'duplicate',
    files: files.map(({ file }) => file.id),
    caseId,
    method,
    sentence: `${title} has ${files.length} files as its ${what}: ${used.file.path} is used, ${names} ${others.length === 1 ? 'is' : 'are'} not.`,
  };
}

interface Slots {
  readonly title: string;
  readonly bySlot: Map<string, PlacedFile[]>;
}

function caseOf(id: string, { title, bySlot }: Slots): SetCase {
  const first = (slot: string) => bySlot.get(slot)?.[0]?.file.id ?? null;
  const regionMasks: Partial<Record<RegionName, string>> = {};
  const outputs: Record<string, string> = {};
  for (const [, [own]] of bySlot) {
    if (own?.place.role === 'region') regionMasks[own.place.region] = own.file.id;
    if (own?.place.role === 'output') outputs[own.place.method] = own.file.id;
  }
  const named = bySlot.get('gt')?.[0] ?? [...bySlot.values()][0]?.[0];
  return {
    id,
    title,
    imageId: named ? imageId(named.file.path) : null,
    input: first('input'),
    gt: first('gt'),
    mask: first('mask'),
    regionMasks,
    outputs,
  };
}

export interface Placement {
  /** Files of one name: cases, and what belongs to none. */
  readonly groups: readonly SetCase[];
  readonly methods: readonly string[];
  readonly duplicates: readonly PairingProblem[];
  readonly excluded: readonly string[];
}

/**
 * Puts every file into its case's slot; of several for one slot the user's choice, else the shortest path,
 * which is “023.png” rather than its copy “023 (1).png”.
 */
export function placeFiles(files: readonly SetFile[], corrections: Corrections): Placement {
  const taken = files.filter(
    ({ id, path }) => isPicture(nameOf(path)) && corrections[id]?.excluded !== true,
  );
  const ids = new Set(taken.map(({ id }) => id));
  const placed = place(taken, corrections);
  const ambiguous = ambiguousStems(placed);
  const cases = new Map<string, Slots>();
  for (const own of placed) {
    const stem = own.stem.toLowerCase();
    const apart = ambiguous.has(stem) && own.folder !== '';
    const title = apart ? `${own.folder}/${own.stem}` : own.stem;
    const id = own.caseId ?? title.toLowerCase();
    const slots = cases.get(id) ?? { title, bySlot: new Map<string, PlacedFile[]>() };
    cases.set(id, slots);
    const slot = slotOf(own.place);
    slots.bySlot.set(slot, [...(slots.bySlot.get(slot) ?? []), own]);
  }
  const duplicates: PairingProblem[] = [];
  for (const [id, { title, bySlot }] of cases) {
    for (const [slot, found] of bySlot) {
      const sorted = found.toSorted(
        (a, b) =>
          Number(b.preferred) - Number(a.preferred) ||
          a.file.path.length - b.file.path.length ||
          (a.file.path < b.file.path ? -1 : 1),
      );
      bySlot.set(slot, sorted);
      if (sorted.length > 1) duplicates.push(duplicateOf(id, title, sorted));
    }
  }
  const byTitle = new Intl.Collator('en', { numeric: true });
  const methods = new Set(
    placed.flatMap(({ place: own }) => (own.role === 'output' ? [own.method] : [])),
  );
  return {
    groups: [...cases]
      .map(([id, slots]) => caseOf(id, slots))
      .sort((a, b) => byTitle.compare(a.title, b.title)),
    methods: [...methods],
    duplicates,
    excluded: files.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
  };
}
