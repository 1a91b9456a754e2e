import type { ModelContract, ModelOutput } from '../protocol/models.ts';

/** The contract of a network whose output is a picture. */
export type ImageContract = ModelContract & {
  readonly output: Extract<ModelOutput, { readonly kind: 'image' }>;
};

/** The contract of a network whose output is applied to the picture. */
export type TransformContract = ModelContract & {
  readonly output: Exclude<ModelOutput, { readonly kind: 'image' }>;
};

/** Whether the person mask changes what a network gives. */
export function seesPerson({ mask }: Pick<ModelContract, 'mask'>): boolean {
  return mask !== null && mask.ones !== true;
}

export function givesImage(contract: ModelContract): contract is ImageContract {
  return contract.output.kind === 'image';
}
