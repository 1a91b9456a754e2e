import { NORMALISATIONS } from '../core/image/normalisation.ts';
import type { ModelContract, ModelFacts, TensorElement } from '../protocol/models.ts';
import type { ContractChange, ContractGuess } from './modelsModel.ts';

const ELEMENTS: readonly TensorElement[] = ['float32', 'float16', 'uint8'];

function maskOf(
  contract: ModelContract,
  facts: ModelFacts,
  mask: ContractChange['mask'],
): ModelContract['mask'] {
  if (mask === undefined) return contract.mask;
  if (mask === 'none') return null;
  if (mask === 'channel') return { kind: 'channel' };
  const taken = [contract.input.name, contract.thumbnail?.name, contract.region?.name];
  const free = facts.inputs.find(({ name }) => !taken.includes(name));
  if (free === undefined) return contract.mask;
  const element = ELEMENTS.find((known) => known === free.element) ?? 'float32';
  return { kind: 'tensor', name: free.name, layout: contract.input.layout, element };
}

/** A model's contract with what the user changed. */
export function changedContract(
  contract: ModelContract,
  facts: ModelFacts,
  change: ContractChange,
): ModelContract {
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
  return guesses.filter(({ property }) => !said.has(property));
}
