import type { ContractChange, ContractGuess, MethodView, ModelContract } from '../../app/model.ts';
import {
  NORMALISATIONS,
  type Normalisation,
  type RangeId,
  sameNormalisation,
} from '../../core/image/normalisation.ts';

/** Ranges that a click can ask for. */
export const RANGES: readonly { readonly value: RangeId; readonly label: string }[] = [
  { value: 'unit', label: '[0, 1]' },
  { value: 'signed', label: '[−1, 1]' },
  { value: 'byte', label: '[0, 255]' },
  { value: 'imagenet', label: 'ImageNet' },
];

/** The range a normalisation stands for; null for means and deviations of a network's own. */
export function rangeOf(normalisation: Normalisation): RangeId | null {
  const found = RANGES.find(({ value }) => sameNormalisation(NORMALISATIONS[value], normalisation));
  return found?.value ?? null;
}

/** "[0, 1]", "ImageNet", or the numbers of an unusual normalisation. */
export function describeRange(normalisation: Normalisation): string {
  const id = rangeOf(normalisation);
  const known = RANGES.find(({ value }) => value === id);
  if (known) return known.label;
  const list = (values: readonly number[]) =>
    values.map((value) => Number(value.toPrecision(3))).join(', ');
  return `mean ${list(normalisation.mean)}, deviation ${list(normalisation.std)}`;
}

export type MaskUse = NonNullable<ContractChange['mask']>;

export function maskUseOf({ mask }: ModelContract): MaskUse {
  return mask === null || mask.ones === true ? 'none' : mask.kind;
}

/** The names of two inputs that are alike, the picture's first; empty where only one can be the picture's. */
export function pictureInputs({ input, mask }: ModelContract): readonly string[] {
  return mask?.kind === 'tensor' && mask.copies === 3 ? [input.name, mask.name] : [];
}

/** Where the picture and the mask go: "with the person mask". */
function maskWords(contract: ModelContract): string {
  const [picture, other] = pictureInputs(contract);
  if (maskUseOf(contract) === 'none') return 'without a mask';
  return other === undefined
    ? 'with the person mask'
    : `the picture in “${picture}”, the person mask in “${other}”`;
}

/** How the mask can reach a network: what its inputs have room for. */
export function maskUses({ facts, contract }: MethodView): readonly MaskUse[] {
  if (!facts || !contract) return [];
  const image = facts.inputs.find(({ name }) => name === contract.input.name);
  const channel = image?.dims[contract.input.layout === 'NCHW' ? 1 : 3];
  const taken = [contract.input.name, contract.thumbnail?.name, contract.region?.name];
  const others = facts.inputs.filter(({ name }) => !taken.includes(name));
  return [
    'none',
    ...(channel === 4 || contract.mask?.kind === 'channel' ? (['channel'] as const) : []),
    ...(others.length > 0 || contract.mask?.kind === 'tensor' ? (['tensor'] as const) : []),
  ];
}

/**
 * Whether a look at the result may still show this to be wrong: what was guessed, and a range that only
 * came through a trial.
 */
function isOpen({ property, known }: ContractGuess): boolean {
  return known === 'guess' || (property === 'range' && known === 'dry-run');
}

/** What the page asks about. */
export function openGuesses(method: MethodView): readonly ContractGuess[] {
  return method.guesses.filter(isOpen);
}

export interface Suggestion {
  readonly label: string;
  readonly change: ContractChange;
}

/** "range [0, 1], RGB": what was guessed, first what shows most. */
export function guessWords(method: MethodView): string {
  const { contract } = method;
  if (!contract) return '';
  const words: readonly (readonly [ContractGuess['property'], string])[] = [
    ['range', `range ${describeRange(contract.input.normalisation)}`],
    ['channels', contract.input.channels],
    ['layout', contract.input.layout],
    ['sizeMultiple', `sizes in multiples of ${contract.input.sizeMultiple}`],
    ['mask', maskWords(contract)],
    ['tile', contract.tile.whole ? 'the whole picture at once' : 'in tiles'],
  ];
  const guessed = new Set(openGuesses(method).map(({ property }) => property));
  // A network of one size leaves no choice.
  if (contract.input.fixedSize) guessed.delete('tile');
  return words
    .filter(([property]) => guessed.has(property))
    .map(([, word]) => word)
    .join(', ');
}

/** One-click changes for the guesses that a look at the picture can find wrong. */
export function suggestions(method: MethodView): readonly Suggestion[] {
  const { contract } = method;
  if (!contract) return [];
  const guessed = new Set(openGuesses(method).map(({ property }) => property));
  const now = rangeOf(contract.input.normalisation);
  const ranges = RANGES.filter(({ value }) => guessed.has('range') && value !== now).map(
    ({ value, label }) => ({ label, change: { range: value, outputRange: value } }),
  );
  const other = contract.input.channels === 'RGB' ? 'BGR' : 'RGB';
  const layout = contract.input.layout === 'NCHW' ? 'NHWC' : 'NCHW';
  return [
    ...ranges,
    ...(guessed.has('channels') ? [{ label: other, change: { channels: other } } as const] : []),
    ...(guessed.has('layout') ? [{ label: layout, change: { layout } } as const] : []),
    ...(guessed.has('mask') ? maskSuggestions(contract) : []),
  ];
}

function maskSuggestions(contract: ModelContract): Suggestion[] {
  const [, other] = pictureInputs(contract);
  return [
    ...(other === undefined ? [] : [{ label: 'Swap inputs', change: { picture: other } }]),
    { label: 'No mask', change: { mask: 'none' } },
  ];
}

/** The change that makes everything guessed the user's own word. */
export function confirmation(method: MethodView): ContractChange {
  const { contract } = method;
  if (!contract) return {};
  const { input, output } = contract;
  const range = rangeOf(input.normalisation);
  const outputRange = output.kind === 'image' ? rangeOf(output.normalisation) : null;
  const words: Partial<Record<ContractGuess['property'], ContractChange>> = {
    layout: { layout: input.layout },
    channels: { channels: input.channels },
    range: { ...(range && { range }), ...(outputRange && { outputRange }) },
    sizeMultiple: { sizeMultiple: input.sizeMultiple },
    mask: { mask: maskUseOf(contract) },
    tile: { whole: contract.tile.whole },
  };
  return Object.assign({}, ...openGuesses(method).map(({ property }) => words[property]));
}

/** A line of the contract; some have no guess of their own. */
export type ContractProperty = ContractGuess['property'] | 'outputRange' | 'picture';

/**
 * What is known of a property, with the words for where it comes from.
 * @param property `range` is the input's; a guess for the output's stands behind it
 */
export function knowledgeOf(
  method: MethodView,
  property: ContractProperty,
): { readonly words: string; readonly guess: boolean; readonly reason: string } | null {
  const name = property === 'outputRange' ? 'range' : property;
  const [first, second] = method.guesses.filter((guess) => guess.property === name);
  // A file that states the one states the other.
  const found = property === 'outputRange' && first?.known !== 'metadata' ? second : first;
  return found ? { words: ORIGINS[found.known], guess: isOpen(found), reason: found.reason } : null;
}

const ORIGINS: Readonly<Record<ContractGuess['known'], string>> = {
  graph: 'from the graph',
  'dry-run': 'tried out',
  metadata: 'stated by the file',
  guess: 'guessed',
};
