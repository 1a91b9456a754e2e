/** What a result key is made of: plain values only, so that the same ingredients give one string. */
export type KeyIngredient =
  | string
  | number
  | boolean
  | null
  | readonly KeyIngredient[]
  | { readonly [name: string]: KeyIngredient };

/** JSON with object keys in code-unit order: equal values give equal strings, however they were built. */
export function canonicalJson(value: KeyIngredient): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** What is remembered besides files: how an input was restored, what was measured, and on what. */
type ResultKind =
  | 'restoration'
  | 'metrics'
  | 'region'
  | 'niqe'
  | 'lpips'
  | 'learned'
  | 'device'
  | 'method'
  | 'facts'
  | 'mask'
  | 'mix'
  | 'alignment'
  | 'hints';

/** Key of a result: its kind and everything that produced it, readable when one looks into the database. */
export function resultKey(kind: ResultKind, ingredients: KeyIngredient): string {
  return `${kind}:${canonicalJson(ingredients)}`;
}

/** Results that name a picture which was made, with the ingredient it was made from. */
const MAKINGS: ReadonlyArray<readonly [kind: ResultKind, source: string]> = [
  ['restoration', 'input'],
  ['mix', 'input'],
  ['mask', 'picture'],
];

/** The ingredients in a key; none where they cannot be read. */
function ingredientsIn(json: string): ReadonlyMap<string, unknown> {
  try {
    return new Map(Object.entries(JSON.parse(json)));
  } catch {
    return new Map();
  }
}

/**
 * SHA-256 of what the picture of a result was made from; null for results that name no picture, and
 * where the key cannot be read.
 */
export function sourceOf(key: string): string | null {
  const making = MAKINGS.find(([kind]) => key.startsWith(`${kind}:`));
  if (making === undefined) return null;
  const [kind, name] = making;
  const source = ingredientsIn(key.slice(kind.length + 1)).get(name);
  return typeof source === 'string' ? source : null;
}

/** Files by kind; pictures, models and the networks and weights of metrics cannot be made again. */
const FILE_KINDS = [
  'picture',
  'output',
  'overlay',
  'thumbnail',
  'network',
  'weights',
  'model',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Key of a stored file. `id` starts with the SHA-256 of the file (or of the picture it was drawn from). */
export function fileKey(kind: FileKind, id: string): string {
  return `${kind}/${id}`;
}

/** The kind in a key made by `fileKey`; null for any other string. */
export function kindOf(key: string): FileKind | null {
  return FILE_KINDS.find((kind) => key.startsWith(`${kind}/`)) ?? null;
}
