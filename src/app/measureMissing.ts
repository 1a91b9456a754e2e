import type { MetricContract } from '../core/metrics/learned.ts';
import type { MetricId } from '../core/metrics/types.ts';
import type { MetricsBackend } from '../protocol/engine.ts';
import type { LearnedPicture } from '../protocol/learned.ts';
import type { Result } from '../protocol/result.ts';
import type { StoredCase } from '../storage/records.ts';
import { pictureOf, titleOf } from './cases.ts';
import type { AppContext } from './context.ts';
import { adapterNow, verdictNow } from './device.ts';
import { callSteadily } from './engineCall.ts';
import { filesOf, loadMask, loadPair, loadPairMask, loadRole, MeasureFailure } from './measured.ts';
import type { LearnedSubject } from './model.ts';
import { loadRegionFor } from './regions.ts';
import { remember } from './remembered.ts';
import { learnedKey, type MeasuredFiles, metricsKey, niqeKey, regionKey } from './resultKeys.ts';
import { sentenceOf } from './sentences.ts';
import { partsOf } from './shifted.ts';
import { type LearnedWish, learnedFiles, type Missing, REFERENCES, regionFiles } from './survey.ts';
import type { Wish } from './wishes.ts';

type Of<Kind extends Wish['kind']> = Extract<Wish, { kind: Kind }>;
type Groups = Missing['groups'];

/** The engine was told to stop. */
export class MeasureCancelled extends Error {}

function outcomeOf<T>(result: Result<T>, fileName: string): T {
  if (result.ok) return result.value;
  const { error } = result;
  if (error.kind === 'cancelled') throw new MeasureCancelled(error.message);
  throw new MeasureFailure(sentenceOf(error, fileName));
}

/** The values of one group out of those that were measured together. */
function pick<T>(values: Readonly<Partial<Record<MetricId, T>>>, group: readonly MetricId[]) {
  return Object.fromEntries(group.map((id) => [id, values[id]] as const));
}

async function measureWhole(
  context: AppContext,
  record: StoredCase,
  files: MeasuredFiles,
  { measured }: Of<'metrics'>,
  groups: Groups,
  signal: AbortSignal,
): Promise<void> {
  const pair = await loadPair(context, record, measured);
  const mask = await loadPairMask(context, record, measured);
  const job = { ...pair, mask, metrics: groups.flat() };
  const result = await callSteadily(context, signal, (api, jobId) =>
    api.measure({ ...job, jobId }),
  );
  const { values, backends, seconds } = outcomeOf(result, pair.fileName);
  for (const group of groups) {
    const backend = backends[group[0] ?? 'psnr'] ?? 'reference';
    const [adapter, checked] = [adapterNow(context, backend), verdictNow(context, backend)];
    const stored = { values: pick(values, group), backend, adapter, seconds, checked };
    await remember(
      context,
      metricsKey(files, backend, group),
      `the metrics of ${pair.fileName}`,
      stored,
    );
  }
}

async function measureRegion(
  context: AppContext,
  record: StoredCase,
  files: MeasuredFiles,
  { measured, region }: Of<'metrics'>,
  groups: Groups,
  signal: AbortSignal,
): Promise<void> {
  if (region === null) throw new Error('a region was to be measured and is not there');
  const pair = await loadPair(context, record, measured);
  const { rule, masks } = await loadRegionFor(context, record, region, measured);
  const job = { ...pair, masks, rule, metrics: groups.flat() };
  const result = await callSteadily(context, signal, (api, jobId) =>
    api.measureRegion({ ...job, jobId }),
  );
  const { values, backends, seconds } = outcomeOf(result, pair.fileName);
  for (const group of groups) {
    // An empty region has no values, and nothing measured it.
    const backend: MetricsBackend = backends[group[0] ?? 'psnr'] ?? 'reference';
    const [adapter, checked] = [adapterNow(context, backend), verdictNow(context, backend)];
    const stored = { values: pick(values, group), adapter, seconds, checked };
    const key = regionKey(regionFiles(files, region), region.rule, backend, group);
    await remember(context, key, `the metrics of ${pair.fileName}`, stored);
  }
}

/** A picture for a learned metric, with the person in its size where the metric looks for them. */
async function learnedPicture(
  context: AppContext,
  record: StoredCase,
  role: LearnedSubject,
  { crop }: MetricContract,
): Promise<LearnedPicture> {
  const { pixels } = await loadRole(context, record, role);
  const mask = crop.region === 'person' ? await loadMask(context, record, pixels) : null;
  return { pixels, mask };
}

/** What a learned metric sees: the picture that is measured, then what it is compared with. */
async function learnedPictures(
  context: AppContext,
  record: StoredCase,
  { of, contract }: LearnedWish,
): Promise<LearnedPicture[]> {
  const reference = REFERENCES[contract.kind];
  if (of === 'output' && reference === 'gt' && partsOf(record) !== null) {
    const { output, groundTruth } = await loadPair(context, record, of);
    const person = contract.crop.region === 'person';
    const mask = person ? await loadPairMask(context, record, of) : null;
    return [output, groundTruth].map((pixels) => ({ pixels, mask }));
  }
  const pictures = [await learnedPicture(context, record, of, contract)];
  if (reference) pictures.push(await learnedPicture(context, record, reference, contract));
  return pictures;
}

async function measureLearned(
  context: AppContext,
  record: StoredCase,
  wish: LearnedWish,
  signal: AbortSignal,
): Promise<void> {
  const { id, of, network, contract } = wish;
  const title = id === 'lpips' ? 'LPIPS' : contract.title;
  const file = await context.storage.getFile('network', network.sha256);
  if (file === null) {
    throw new MeasureFailure(
      `The network of ${title} is no longer in the browser’s storage: remove ${title} and drop its files again.`,
    );
  }
  const pictures = await learnedPictures(context, record, wish);
  const fileName = pictureOf(record, of)?.name ?? titleOf(record);
  const name = id === 'lpips' ? title : (network.sources[0]?.name ?? title);
  const job = { fileName, pictures, network: { file, sha256: network.sha256, name, contract } };
  const result = await callSteadily(context, signal, (api, jobId) =>
    api.learned({ ...job, jobId }),
  );
  const { value, seconds } = outcomeOf(result, fileName);
  const key = learnedKey(id, network.sha256, learnedFiles(record, wish));
  await remember(context, key, `${title} of ${fileName}`, { value, seconds });
}

async function measureNiqe(
  context: AppContext,
  record: StoredCase,
  { role }: Of<'niqe'>,
  signal: AbortSignal,
): Promise<void> {
  const { pixels, sha256 } = await loadRole(context, record, role);
  const fileName = pictureOf(record, role)?.name ?? titleOf(record);
  const result = await callSteadily(context, signal, (api, jobId) =>
    api.niqe({ jobId, picture: pixels }),
  );
  const stored = { result: outcomeOf(result, fileName).result };
  await remember(context, niqeKey(sha256), `NIQE of ${fileName}`, stored);
}

/**
 * Measures what is missing of one wish and remembers it under everything that produced it, so that it
 * is right whatever happened to the case meanwhile.
 * @throws {MeasureFailure} with a sentence, {MeasureCancelled}
 */
export async function measureMissing(
  context: AppContext,
  record: StoredCase,
  { wish, groups }: Missing,
  signal: AbortSignal,
): Promise<void> {
  if (wish.kind === 'niqe') return measureNiqe(context, record, wish, signal);
  if (wish.kind === 'learned') return measureLearned(context, record, wish, signal);
  const files = filesOf(record, wish.measured);
  if (files === null) return;
  const measure = wish.region === null ? measureWhole : measureRegion;
  return measure(context, record, files, wish, groups, signal);
}
