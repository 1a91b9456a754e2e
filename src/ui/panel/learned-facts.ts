import type { MetricContract } from '../../core/metrics/learned.ts';

const KINDS: Readonly<Record<MetricContract['kind'], string>> = {
  'full-reference': 'full-reference: against the ground truth',
  'no-reference': 'no-reference: of each picture alone',
  identity: 'identity: output against input',
};
const OUTPUTS: Readonly<Record<MetricContract['output'], string>> = {
  scalar: 'one number',
  map: 'a map; the value is its mean over the region',
  embedding: 'embeddings; the value is their cosine',
};

function valuesOf({ range: [least, greatest], unit, direction }: MetricContract): string {
  const from = least === null ? 'from −∞' : `from ${least}`;
  const to = greatest === null ? 'to ∞' : `to ${greatest}`;
  const better = direction === 'higher-is-better' ? 'higher is better' : 'lower is better';
  return `${from} ${to}${unit === '' ? '' : ` ${unit}`}, ${better}`;
}

function seenBy({ crop, resize, minSide }: MetricContract): string {
  const region =
    crop.region === 'whole' ? 'whole picture' : `box around the person + ${crop.pad} px`;
  const size = resize ? `, resized to ${resize.width}×${resize.height} (${resize.method})` : '';
  return `${region}${size}${minSide > 1 ? `, at least ${minSide} px a side` : ''}`;
}

/** What a learned metric's network is said to measure, as terms and texts for a list. */
export function contractFacts(
  contract: MetricContract,
): readonly (readonly [term: string, text: string])[] {
  return [
    ['Kind', KINDS[contract.kind]],
    ['Values', valuesOf(contract)],
    ['Sees', seenBy(contract)],
    ['Gives', OUTPUTS[contract.output]],
  ];
}
