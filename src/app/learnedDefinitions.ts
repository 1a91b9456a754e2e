import {
  LEARNED_VERSION,
  type LearnedMetricId,
  LPIPS_CONTRACT,
  type MetricContract,
} from '../core/metrics/learned.ts';
import type { MetricDefinitionOf } from '../core/metrics/types.ts';
import type { StoredNetwork } from '../storage/records.ts';
import type { LearnedMetricView } from './metricsModel.ts';

const { crop: LPIPS_CROP, minSide: LPIPS_MIN_SIDE } = LPIPS_CONTRACT;

/** Which pixels are measured, as a sentence. */
function cropSentence({ crop, minSide, resize }: MetricContract): string {
  const where =
    crop.region === 'whole'
      ? 'the whole picture'
      : `the box around the person mask, ${crop.pad} pixels wider on every side, no picture masked; on the whole picture without a mask`;
  const size = resize ? `; resized to ${resize.width}×${resize.height} (${resize.method})` : '';
  const least = minSide > 1 ? `; no value below ${minSide} pixels a side` : '';
  return `Measured on ${where}${size}${least}.`;
}

const lpips: MetricDefinitionOf<'lpips'> = {
  id: 'lpips',
  version: 1,
  family: 'learned',
  title: LPIPS_CONTRACT.title,
  unit: '',
  direction: 'lower-is-better',
  digits: 4,
  needs: { reference: true, mask: false, model: true, set: false },
  regions: 'any',
  definition: `Learned perceptual distance, version 0.1, on AlexNet’s features. ${cropSentence(LPIPS_CONTRACT)}`,
  source: LPIPS_CONTRACT.source,
  parameters: {
    network: 'AlexNet',
    lpips: '0.1',
    range: '-1..1',
    padding: LPIPS_CROP.region === 'person' ? LPIPS_CROP.pad : 0,
    minSide: LPIPS_MIN_SIDE,
    maskThreshold: 128,
  },
};

/** The learned metric that Loupe defines itself. */
export const LEARNED_METRICS: Readonly<{ lpips: MetricDefinitionOf<'lpips'> }> = { lpips };

const KINDS: Readonly<Record<MetricContract['kind'], string>> = {
  'full-reference': 'A network’s distance between a picture and the ground truth',
  'no-reference': 'A network’s verdict on one picture',
  identity: 'The cosine between a network’s embeddings of a picture and of the input',
};
const OUTPUTS: Readonly<Record<MetricContract['output'], string>> = {
  scalar: '.',
  map: ', the mean of its map over the region.',
  embedding: '.',
};

/** What a network measures by its own word; null of a stored one that lacks it. */
export function contractOf(id: LearnedMetricId, network: StoredNetwork): MetricContract | null {
  return id === 'lpips' ? LPIPS_CONTRACT : (network.contract ?? null);
}

/** What a learned metric's numbers mean. */
export function learnedDefinition(
  id: LearnedMetricId,
  contract: MetricContract,
): MetricDefinitionOf<LearnedMetricId> {
  if (id === 'lpips') return lpips;
  const { title, unit, direction, kind, output, source, range } = contract;
  const [least, greatest] = range;
  return {
    id,
    version: LEARNED_VERSION,
    family: 'learned',
    title,
    unit,
    direction,
    digits: 4,
    needs: { reference: kind === 'full-reference', mask: false, model: true, set: false },
    regions: 'any',
    definition: `${KINDS[kind]}${OUTPUTS[output]} ${cropSentence(contract)}`,
    source: source === '' ? 'Its file names no source' : source,
    parameters: { metric: id, least: least ?? 'open', greatest: greatest ?? 'open' },
  };
}

/** What to drop, and where it comes from. */
const LPIPS_FILES =
  'LPIPS needs two weight files that everybody can download: alexnet-owt-7be5be79.pth from ' +
  'torchvision and alex.pth from LPIPS v0.1. Drop both here, together or one after the other; ' +
  'they stay in this browser.';

/** A metric whose network is not here; `have` is the weight file that came first. */
export const missingNetwork = (have: string | null): LearnedMetricView['network'] => ({
  status: 'missing',
  what: LPIPS_FILES,
  have,
});

/** Before the storage was read. */
export const NO_LEARNED_METRICS: readonly LearnedMetricView[] = [
  { id: 'lpips', definition: lpips, contract: LPIPS_CONTRACT, network: missingNetwork(null) },
];
