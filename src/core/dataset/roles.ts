/*
 * What a file is for, told by its name and its folders. A role is told by a whole name or by a token
 * between `_` or `-`, case ignored: `001_gt.png`, `input/001.jpg`, `mask_personmask/001.png`.
 */

export type FileRole = 'input' | 'output' | 'gt' | 'mask';

export interface RoleGuess {
  /** Null where neither name nor folder tells; a named region's mask has no role either. */
  readonly role: FileRole | null;
  /** The region of a named mask such as `001_hairmask.png`; never the person. */
  readonly region: RegionName | null;
  /** What the files of one case have in common; empty where the name is nothing but a role. */
  readonly stem: string;
  /** Folders above the file without the one that tells the role, joined by "/". */
  readonly folder: string;
  /** Where no role is told: the name of the folder the file lies in, which may be a method's name. */
  readonly method: string | null;
}

export type RegionName = 'hair' | 'skin' | 'face-skin' | 'sky';

const ROLE_TOKENS: Readonly<Record<string, FileRole>> = {
  input: 'input',
  lq: 'input',
  low: 'input',
  output: 'output',
  restored: 'output',
  result: 'output',
  gt: 'gt',
  hr: 'gt',
  ref: 'gt',
  target: 'gt',
  high: 'gt',
  mask: 'mask',
  personmask: 'mask',
};

const REGION_TOKENS: Readonly<Record<string, RegionName>> = {
  hairmask: 'hair',
  skinmask: 'skin',
  skinmaskface: 'face-skin',
  skymask: 'sky',
};

interface Meaning {
  readonly role: FileRole | null;
  readonly region: RegionName | null;
}

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | null =>
  Object.hasOwn(table, key) ? (table[key] ?? null) : null;

function meaningOfToken(token: string): Meaning | null {
  const key = token.toLowerCase();
  const role = own(ROLE_TOKENS, key);
  const region = own(REGION_TOKENS, key);
  return role === null && region === null ? null : { role, region };
}

/** Several tokens of one name: a region's mask before any mask, a mask before the last picture. */
function meaningOfTokens(tokens: readonly string[]): Meaning | null {
  const meanings = tokens.map(meaningOfToken).filter((meaning) => meaning !== null);
  return (
    meanings.find(({ region }) => region !== null) ??
    meanings.find(({ role }) => role === 'mask') ??
    meanings.at(-1) ??
    null
  );
}

interface NameParts {
  readonly stem: string;
  readonly meaning: Meaning | null;
}

/** Without extension, and without the " (1)" that browsers add to a second download. */
function bareName(fileName: string): string {
  return fileName.replace(/\.[^.]+$/, '').replace(/\s*\(\d+\)$/, '');
}

/**
 * Splits a file name into the case's stem and the role tokens at its end. Numbers may follow the
 * role (`gt_001`, `scene_gt_001`) and then belong to the stem: they tell the cases apart.
 */
function splitName(fileName: string): NameParts {
  const bare = bareName(fileName);
  const parts = bare.split(/([_-])/);
  const isRole = (index: number) => meaningOfToken(parts[index] ?? '') !== null;
  let end = parts.length;
  while (end >= 3 && !isRole(end - 1) && /^\d+$/.test(parts[end - 1] ?? '')) end -= 2;
  let start = end;
  while (start >= 1 && isRole(start - 1)) start -= 2;
  if (start === end) return { stem: bare, meaning: null };
  // Odd positions hold the separators; the one before the role goes with it.
  const tokens = parts.slice(start + 1, end).filter((_, index) => index % 2 === 0);
  const before = parts.slice(0, Math.max(start, 0));
  const after = before.length === 0 ? parts.slice(end + 1) : parts.slice(end);
  return { stem: [...before, ...after].join(''), meaning: meaningOfTokens(tokens) };
}

interface FolderMeaning {
  readonly index: number;
  readonly meaning: Meaning;
}

/** The nearest folder whose name, taken as `how` says, tells a role. */
function nearestFolder(
  folders: readonly string[],
  how: (name: string) => Meaning | null,
): FolderMeaning | null {
  for (let index = folders.length - 1; index >= 0; index -= 1) {
    const meaning = how(folders[index] ?? '');
    if (meaning) return { index, meaning };
  }
  return null;
}

const without = (folders: readonly string[], index: number) =>
  folders.filter((_, i) => i !== index).join('/');

/**
 * What a file is for, from its path or bare name ("/" or "\" between folders). A folder whose whole
 * name is a role is the strongest sign, then the end of the file's own name, then a token of a
 * folder's name. A name without any of them has role null: the caller decides.
 */
export function guessRole(path: string): RoleGuess {
  const folders = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  const fileName = folders.pop() ?? '';
  const { stem, meaning } = splitName(fileName);
  const strong = nearestFolder(folders, meaningOfToken);
  const weak = nearestFolder(folders, (name) => meaningOfTokens(name.split(/[_-]/)));
  const folder = strong ?? (meaning === null ? weak : null);
  if (folder) {
    return { ...folder.meaning, stem, folder: without(folders, folder.index), method: null };
  }
  if (meaning) return { ...meaning, stem, folder: folders.join('/'), method: null };
  return {
    role: null,
    region: null,
    stem,
    folder: folders.join('/'),
    method: folders.at(-1) ?? null,
  };
}
