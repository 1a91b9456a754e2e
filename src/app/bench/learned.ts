import type { SetCase } from '../../core/dataset/survey.ts';
import { binariseMask } from '../../core/image/mask.ts';
import type { BinaryMask, Gray8, Rgba8 } from '../../core/image/types.ts';
import type { LearnedMetricId, MetricContract } from '../../core/metrics/learned.ts';
import type { MetricValue } from '../../core/metrics/types.ts';
import type { LearnedJob, LearnedPicture } from '../../protocol/learned.ts';
import type { StoredNetwork } from '../../storage/records.ts';
import { contractOf } from '../learnedDefinitions.ts';
import { learnedByColumn } from './columns.ts';
import type { BenchContext } from './context.ts';
import { learnedHereAndKept } from './keptColumns.ts';
import { keepSettings } from './settings.ts';

interface Learned {
  readonly id: LearnedMetricId;
  readonly network: StoredNetwork;
  readonly contract: MetricContract;
}

/** A case's pictures as learned metrics see them. */
interface CasePictures {
  readonly fileName: string;
  readonly output: Rgba8;
  readonly groundTruth: Rgba8;
  /** Null where no metric compares with it. */
  readonly input: Rgba8 | null;
  readonly mask: BinaryMask | null;
  /** The mask as it was read: an input of another size has its own from it. */
  readonly maskGrey: Gray8 | null;
}

/** The learned metrics that a case can be measured with. */
export function learnedHere({ app }: BenchContext, { input }: SetCase): Learned[] {
  return [...app.networks].flatMap(([id, network]): Learned[] => {
    const contract = contractOf(id, network);
    if (contract === null || (contract.kind === 'identity' && input === null)) return [];
    return [{ id, network, contract }];
  });
}

function picturesFor({ kind }: MetricContract, pictures: CasePictures): LearnedPicture[] {
  const { output, groundTruth, input, mask, maskGrey } = pictures;
  const measured = { pixels: output, mask };
  if (kind === 'no-reference') return [measured];
  if (kind === 'full-reference') return [measured, { pixels: groundTruth, mask }];
  if (input === null) throw new Error('an identity metric has no input to compare with');
  const own = maskGrey && binariseMask(maskGrey, input.width, input.height);
  return [measured, { pixels: input, mask: own }];
}

/**
 * All learned metrics of one output, by column id.
 * @param run asks the engine
 */
export async function learnedValues(
  context: BenchContext,
  entry: SetCase,
  pictures: CasePictures,
  run: (job: Omit<LearnedJob, 'jobId'>) => Promise<{ readonly value: MetricValue }>,
): Promise<Record<string, MetricValue>> {
  const values: Record<string, MetricValue> = {};
  for (const { id, network, contract } of learnedHere(context, entry)) {
    const { sha256, sources } = network;
    const file = await context.app.storage.getFile('network', sha256);
    if (file === null) continue;
    const name = id === 'lpips' ? 'LPIPS' : (sources[0]?.name ?? contract.title);
    const { value } = await run({
      fileName: pictures.fileName,
      pictures: picturesFor(contract, pictures),
      network: { file, sha256, name, contract },
    });
    Object.assign(values, learnedByColumn(id, contract, value, pictures.mask !== null));
  }
  return values;
}

/** Keeps what is known of the networks that are about to measure. */
export async function keepLearnedColumns(context: BenchContext): Promise<void> {
  const learned = learnedHereAndKept(context);
  if (JSON.stringify(learned) === JSON.stringify(context.settings.learned)) return;
  await keepSettings(context, { learned });
}
