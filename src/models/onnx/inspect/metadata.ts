import type { ContractGuess, ModelContract } from '../../../protocol/models.ts';
import { readContract } from '../../contractJson.ts';
import { FieldError, type Fields, fields } from '../../fields.ts';
import type { OnnxModel } from './graph.ts';
import type { GraphContract } from './guess/contract.ts';
import { OnnxRefusal } from './refusal.ts';

/** Key under which `tools/export_onnx.py` writes what a network expects; docs/export.md. */
export const METADATA_KEY = 'loupe';
/** Keys under which other tools keep the same texts. */
const LICENCE_KEYS: readonly string[] = ['licence', 'license', 'License', 'Licence'];
const TRAINING_KEYS: readonly string[] = ['training', 'description', 'Description'];
const LONGEST_TEXT = 2_000;

/** What the file's maker says in it: shown as such, and believed where it does not contradict the graph. */
interface StatedContract {
  readonly contract: ModelContract;
  readonly guesses: readonly ContractGuess[];
  readonly title: string | null;
  readonly licence: string | null;
  readonly training: string | null;
  /** A finished sentence where the file's own contract cannot be used. */
  readonly warning: string | null;
}

function textOf(of: Fields, key: string): string | null {
  const value = of[key];
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST_TEXT) : null;
}

function parsed(text: string): Fields | null {
  try {
    return fields(JSON.parse(text), METADATA_KEY);
  } catch (caught) {
    if (caught instanceof SyntaxError || caught instanceof FieldError) return null;
    throw caught;
  }
}

function refuseOtherTasks(stated: Fields): void {
  if (stated.task === 'metric') {
    throw new OnnxRefusal(
      'says that it is a metric, not a network that restores. Add it among the metrics.',
    );
  }
  if (stated.task === 'mask') {
    throw new OnnxRefusal(
      'says that it finds the person mask, not that it restores. Loupe takes masks as pictures.',
    );
  }
}

const isPresent = (value: unknown) => value !== undefined && value !== null;

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** Sizes that the file allows and the graph does not would only fail when they are run. */
function withProvenMultiple(
  stated: ModelContract['input'],
  proven: ModelContract['input'],
): ModelContract['input'] {
  if (stated.fixedSize) return stated;
  const multiple = leastCommonMultiple(stated.sizeMultiple, proven.sizeMultiple);
  const least = Math.max(stated.minSize, proven.minSize);
  return { ...stated, sizeMultiple: multiple, minSize: Math.ceil(least / multiple) * multiple };
}

/** Names of the inputs that have three channels in this layout. */
function colouredInputs({ graph }: OnnxModel, layout: ModelContract['input']['layout']): string[] {
  const axis = layout === 'NCHW' ? 1 : 3;
  return graph.inputs.flatMap(({ name, dims }) =>
    dims?.length === 4 && dims[axis] === 3 ? [name] : [],
  );
}

/** The guessed mask, where the file names the picture's input and it was taken for the mask's. */
function maskBeside(
  mask: ModelContract['mask'],
  picture: string,
  guessed: ModelContract['input'],
): ModelContract['mask'] {
  return mask?.kind === 'tensor' && mask.name === picture ? { ...mask, name: guessed.name } : mask;
}

/** The stated contract over the guessed one; what the graph tells about sizes and tiles stays. */
function joined(stated: Fields, guessed: GraphContract, model: OnnxModel): ModelContract {
  const { input, output } = guessed.contract;
  const elements = Object.fromEntries(
    model.graph.inputs.flatMap(({ name, type }) =>
      type === 'float32' || type === 'float16' || type === 'uint8' ? [[name, type]] : [],
    ),
  );
  const element = output.kind === 'image' ? output.element : 'float32';
  const contract = readContract(stated, METADATA_KEY, {
    input: { name: input.name, element: input.element },
    output: { name: output.name, element },
    fixedSize: guessed.fixedSize,
    elements,
    coloured: colouredInputs(model, input.layout),
  });
  const ports = [...model.graph.inputs, ...model.graph.outputs].map(({ name }) => name);
  const unknown = [contract.input.name, contract.output.name].find((name) => !ports.includes(name));
  if (unknown !== undefined)
    throw new FieldError(`${METADATA_KEY} names “${unknown}”, which is not there`);
  if (contract.output.kind !== output.kind) {
    throw new FieldError(`${METADATA_KEY}.output.kind is not what its shape says`);
  }
  // Of tiles the graph knows more than a maker who left them out.
  const tile = isPresent(stated.tile) ? contract.tile : guessed.contract.tile;
  const whole = contract.tile.whole || guessed.contract.tile.whole;
  const thumbnail = contract.thumbnail ?? guessed.contract.thumbnail;
  const region = contract.region ?? guessed.contract.region;
  const mask = contract.mask ?? maskBeside(guessed.contract.mask, contract.input.name, input);
  const sized = withProvenMultiple(contract.input, input);
  const size = Math.ceil(tile.size / sized.sizeMultiple) * sized.sizeMultiple;
  const known = { input: sized, thumbnail, mask, tile: { ...tile, size, whole } };
  return { ...contract, ...known, ...(region ? { region } : {}) };
}

const SETTLED: readonly ContractGuess['property'][] = ['layout', 'channels', 'range'];

function settled(
  guesses: readonly ContractGuess[],
  own: ModelContract,
  guessed: ModelContract,
  saysMask: boolean,
): ContractGuess[] {
  const { sizeMultiple } = own.input;
  const sizes: ContractGuess = {
    property: 'sizeMultiple',
    known: 'metadata',
    reason: `The file says that both sides must be multiples of ${sizeMultiple}.`,
  };
  const rest = guesses
    .filter(({ property }) => !SETTLED.includes(property) && !(property === 'mask' && saysMask))
    .map((guess) =>
      guess.property === 'sizeMultiple' && sizeMultiple !== guessed.input.sizeMultiple
        ? sizes
        : guess,
    );
  const reason = 'The file says so itself.';
  const told = SETTLED.map((property): ContractGuess => ({ property, known: 'metadata', reason }));
  return [...told, ...rest];
}

function ofOtherTools({ metadata }: OnnxModel, keys: readonly string[]): string | null {
  const key = keys.find((name) => (metadata[name] ?? '') !== '');
  return key === undefined ? null : (metadata[key]?.slice(0, LONGEST_TEXT) ?? null);
}

/**
 * Joins what a file says of itself with what its graph tells.
 * @throws {OnnxRefusal} where it says that it is no network that restores
 */
export function statedContract(model: OnnxModel, guessed: GraphContract): StatedContract {
  const text = model.metadata[METADATA_KEY];
  const stated = text === undefined ? null : parsed(text);
  const told = {
    title: stated && textOf(stated, 'title'),
    licence: (stated && textOf(stated, 'licence')) ?? ofOtherTools(model, LICENCE_KEYS),
    training: (stated && textOf(stated, 'training')) ?? ofOtherTools(model, TRAINING_KEYS),
  };
  const { contract, guesses } = guessed;
  if (!stated) return { contract, guesses, ...told, warning: null };
  refuseOtherTasks(stated);
  try {
    const own = joined(stated, guessed, model);
    return {
      contract: own,
      guesses: settled(guesses, own, contract, isPresent(stated.mask)),
      ...told,
      warning: null,
    };
  } catch (caught) {
    if (!(caught instanceof FieldError)) throw caught;
    const warning = `What the file says of itself is not used: ${caught.message}.`;
    return { contract, guesses, ...told, warning };
  }
}
