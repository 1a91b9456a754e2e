import { NORMALISATIONS } from '../core/image/normalisation.ts';
import type { ModelContract, ModelFacts, TensorElement } from '../protocol/models.ts';
import type { ContractChange, ContractGuess } from './modelsModel.ts';

const ELEMENTS: readonly TensorElement[] = ['float32', 'float16', 'uint8'];

function maskOf(
  contract: ModelContract,
  facts: ModelFacts,
  mask: ContractChange['mask'],
): ModelContract['mask'] {
  const { layout } = contract.input;
  if (mask === undefined) return contract.mask;
  // What a network takes has to be filled.
  if (mask === 'none') return contract.mask && { ...contract.mask, ones: true };
  if (mask === 'channel') return { kind: 'channel' };
  const taken = [contract.input.name, contract.thumbnail?.name, contract.region?.name];
  const free = facts.inputs.find(({ name }) => !taken.includes(name));
  if (free === undefined) return contract.mask;
  const element = ELEMENTS.find((known) => known === free.element) ?? 'float32';
  const isColoured = free.dims[layout === 'NCHW' ? 1 : 3] === 3;
  const copies = isColoured ? { copies: 3 as const } : {};
  return { kind: 'tensor', name: free.name, layout, element, ...copies };
}

/** The contract with the picture going where the mask went, and the mask where the picture went. */
function withPicture(contract: ModelContract, picture: string | undefined): ModelContract {
  const { input, mask } = contract;
  if (mask?.kind !== 'tensor' || mask.name !== picture) return contract;
  return {
    ...contract,
    input: { ...input, name: picture },
    mask: { ...mask, name: input.name },
  };
}

/** A model's contract with what the user changed. */
export function changedContract(
  before: ModelContract,
  facts: ModelFacts,
  change: ContractChange,
): ModelContract {
  const contract = withPicture(before, change.picture);
  const { input, output, tile } = contract;
  const looks = {
    layout: change.layout ?? input.layout,
    channels: change.channels ?? input.channels,
  };
  const range = change.range === undefined ? input.normalisation : NORMALISATIONS[change.range];
  const changed = {
    ...contract,
    input: {
      ...input,
      ...looks,
      normalisation: range,
      sizeMultiple: change.sizeMultiple ?? input.sizeMultiple,
    },
    mask: maskOf(contract, facts, change.mask),
    tile: { ...tile, whole: change.whole ?? tile.whole },
  };
  if (output.kind !== 'image') return changed;
  const outputRange =
    change.outputRange === undefined ? output.normalisation : NORMALISATIONS[change.outputRange];
  return { ...changed, output: { ...output, ...looks, normalisation: outputRange } };
}

/** The guesses that still stand: what the user said is no guess any more. */
export function guessesAfter(
  guesses: readonly ContractGuess[],
  change: ContractChange,
): ContractGuess[] {
  const said = new Set<string>(Object.keys(change));
  if (said.has('outputRange')) said.add('range');
  if (said.has('whole')) said.add('tile');
  if (said.has('picture')) said.add('mask');
  return guesses.filter(({ property }) => !said.has(property));
}
