import { transfer } from 'comlink';
import type { Column } from '../../core/bench/types.ts';
import type { SetCase } from '../../core/dataset/survey.ts';
import { binariseMask, greyFromRgba } from '../../core/image/mask.ts';
import type { BinaryMask, Gray8, Rgba8 } from '../../core/image/types.ts';
import type { MetricId, MetricValue } from '../../core/metrics/types.ts';
import type { DecodedPixels } from '../../protocol/codec.ts';
import type { EngineApi, PairJob } from '../../protocol/engine.ts';
import type { Result } from '../../protocol/result.ts';
import { type StoredBenchScores, scoreKey } from '../../storage/benchStorage.ts';
import { onCpu } from '../device.ts';
import { callCancellable } from '../engineCall.ts';
import { sentenceOf } from '../sentences.ts';
import {
  columnsOf,
  learnedColumnId,
  measuresPeaks,
  metricsOf,
  PEAK_MAP,
  peakColumnId,
  valuesByColumn,
  versioned,
} from './columns.ts';
import { type BenchContext, makeRunControl, type RunControl } from './context.ts';
import { openFile, stampOf } from './files.ts';
import { keepLearnedColumns, learnedHere, learnedValues } from './learned.ts';
import { CaseFailure, valueOrFail } from './made.ts';
import { makeRunProgress } from './runProgress.ts';
import { makeScoreSink } from './scoreSink.ts';
import { keepSettings } from './settings.ts';

/** A case with the methods whose numbers are missing. */
interface Item {
  readonly entry: SetCase;
  readonly methods: readonly string[];
}

/** A case's pictures, decoded. */
interface Loaded {
  readonly item: Item;
  readonly groundTruth: Result<DecodedPixels>;
  readonly mask: BinaryMask | null;
  /** The mask as it was read. */
  readonly maskGrey: Gray8 | null;
  /** Null where no learned metric compares with it. */
  readonly input: Result<DecodedPixels> | null;
  /** Why the mask cannot be read; null where it can, or there is none. */
  readonly maskTrouble: string | null;
  readonly outputs: ReadonlyMap<string, Result<DecodedPixels>>;
}

/** Cases that are decoded ahead of the one that is measured; of large pictures only one. */
const AHEAD = 2;
const AHEAD_BYTES = 256 * 2 ** 20;

function isComplete(
  context: BenchContext,
  entry: SetCase,
  method: string,
  columns: readonly Column[],
): boolean {
  const stored = context.scores.get(scoreKey(entry.id, method));
  if (stored?.stamp !== stampOf(context, entry, method)) return false;
  const hasMask = entry.mask !== null;
  const learned = learnedHere(context, entry);
  // A learned metric's value belongs to one region of a case, by its crop rule.
  const own = new Set(learned.map(({ id, contract }) => learnedColumnId(id, contract, hasMask)));
  return columns.every((column) => {
    const isLearned = /^(lpips|onnx):/.test(column.id);
    return (isLearned && !own.has(column.id)) || stored.values[versioned(column)] !== undefined;
  });
}

/** What is missing, in the order of the cases. */
export function missingItems(context: BenchContext): Item[] {
  const { survey, settings, app } = context;
  const columns = columnsOf(settings.metricSet, app.networks);
  return survey.cases.flatMap((entry) => {
    if (entry.gt === null) return [];
    const methods = Object.keys(entry.outputs).filter(
      (method) => !settings.hidden.includes(method) && !isComplete(context, entry, method, columns),
    );
    return methods.length > 0 ? [{ entry, methods }] : [];
  });
}

async function decode(context: BenchContext, id: string): Promise<Result<DecodedPixels>> {
  const file = await openFile(context, id);
  if (!file.ok) return file;
  return context.pool.call((api) => api.decodePixels(file.value, id));
}

async function load(context: BenchContext, item: Item): Promise<Loaded> {
  const { entry, methods } = item;
  const ids = methods.map((method) => entry.outputs[method] ?? '');
  const compares = learnedHere(context, entry).some(({ contract }) => contract.kind === 'identity');
  const [groundTruth, mask, input, ...outputs] = await Promise.all([
    decode(context, entry.gt ?? ''),
    entry.mask === null ? null : decode(context, entry.mask),
    compares && entry.input !== null ? decode(context, entry.input) : null,
    ...ids.map((id) => decode(context, id)),
  ]);
  const size = groundTruth.ok ? groundTruth.value.pixels : null;
  const maskGrey = mask?.ok ? greyFromRgba(mask.value.pixels) : null;
  return {
    item,
    groundTruth,
    mask: maskGrey && size && binariseMask(maskGrey, size.width, size.height),
    maskGrey,
    input,
    maskTrouble: mask !== null && !mask.ok ? sentenceOf(mask.error, entry.mask ?? '') : null,
    outputs: new Map(
      methods.map((method, index) => [method, outputs[index] as Result<DecodedPixels>]),
    ),
  };
}

/** What a case's ground truth and outputs take once they are decoded, as far as headers tell. */
function bytesOf({ files }: BenchContext, { entry, methods }: Item): number {
  const [width, height] = files.get(entry.gt ?? '')?.record.size ?? [0, 0];
  return 4 * width * height * (1 + methods.length);
}

/** Loads items ahead of their use, a few at a time, in their order. */
async function* loadAhead(context: BenchContext, items: readonly Item[]): AsyncGenerator<Loaded> {
  const waiting: { readonly loading: Promise<Loaded>; readonly bytes: number }[] = [];
  const fill = (from: number): number => {
    let held = waiting.reduce((sum, { bytes }) => sum + bytes, 0);
    let next = from;
    for (; waiting.length < AHEAD && next < items.length; next += 1) {
      const item = items[next] as Item;
      const bytes = bytesOf(context, item);
      if (waiting.length > 0 && held + bytes > AHEAD_BYTES) break;
      held += bytes;
      waiting.push({ loading: load(context, item), bytes });
    }
    return next;
  };
  let next = fill(0);
  for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
    // While this one is awaited and measured, the ones behind it are decoded.
    next = fill(next);
    yield await first.loading;
  }
}

const sizeOf = ({ width, height }: Rgba8) => `${width}×${height}`;

function pixelsOf(result: Result<DecodedPixels> | undefined, fileName: string): DecodedPixels {
  if (result === undefined) throw new CaseFailure('The output is not in the set any more.');
  return valueOrFail(result, fileName);
}

/** An output and its ground truth for the engine. @throws {CaseFailure} where they cannot be compared */
function pairOf({ app }: BenchContext, loaded: Loaded, method: string): Omit<PairJob, 'jobId'> {
  if (loaded.maskTrouble !== null) throw new CaseFailure(loaded.maskTrouble);
  const { entry } = loaded.item;
  const fileName = entry.outputs[method] ?? method;
  const groundTruth = pixelsOf(loaded.groundTruth, entry.gt ?? '');
  const output = pixelsOf(loaded.outputs.get(method), fileName);
  if (sizeOf(output.pixels) !== sizeOf(groundTruth.pixels)) {
    throw new CaseFailure(
      `“${fileName}” is ${sizeOf(output.pixels)} pixels, its ground truth ${sizeOf(groundTruth.pixels)}.`,
    );
  }
  return {
    fileName,
    output: output.pixels,
    groundTruth: groundTruth.pixels,
    addresses: { output: output.sha256, groundTruth: groundTruth.sha256 },
    onCpu: onCpu(app),
  };
}

/** Values under their columns' ids and versions. */
function underVersions(
  { app, settings }: BenchContext,
  values: Readonly<Record<string, MetricValue>>,
): Record<string, MetricValue> {
  const columns = columnsOf(settings.metricSet, app.networks);
  const versions = new Map(columns.map((column) => [column.id, versioned(column)]));
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [versions.get(id) ?? id, value] as const),
  );
}

/** Measures one output. @throws {CaseFailure} */
async function measureOutput(
  context: BenchContext,
  loaded: Loaded,
  method: string,
  signal: AbortSignal,
): Promise<StoredBenchScores> {
  const { entry } = loaded.item;
  const { app, settings } = context;
  const pair = pairOf(context, loaded, method);
  const call = async <T>(ask: (api: EngineApi, jobId: string) => Promise<Result<T>>) => {
    const result = await callCancellable(app, signal, ask);
    if (!result.ok) throw new CaseFailure(sentenceOf(result.error, pair.fileName));
    return result.value;
  };
  const { mask, maskGrey } = loaded;
  const metrics: readonly MetricId[] = metricsOf(settings.metricSet);
  const values: Record<string, MetricValue> = {};
  if (measuresPeaks(settings.metricSet)) {
    const job = { ...pair, map: PEAK_MAP, mask } as const;
    const peaks = await call((api, jobId) => api.mapPeak({ ...job, jobId }));
    values[peakColumnId('person')] = peaks.person;
    values[peakColumnId('global')] = peaks.global;
  }
  const notes: Record<string, string> = {};
  if (settings.metricSet === 'all-and-niqe') {
    const niqe = await call((api, jobId) => api.niqe({ jobId, picture: pair.output }));
    values['niqe:global'] = niqe.result.value;
    if (niqe.result.flags.length > 0) notes['niqe:global'] = niqe.result.flags.join(' ');
  }
  const input = loaded.input && pixelsOf(loaded.input, entry.input ?? '').pixels;
  const learned = await learnedValues(context, entry, { ...pair, input, mask, maskGrey }, (job) =>
    call((api, jobId) => api.learned({ ...job, jobId })),
  );
  // Last, since it gives the output's pixels away: thousands of copies would keep the page waiting.
  const measured = await call((api, jobId) =>
    api.measure(transfer({ ...pair, jobId, mask, metrics }, [pair.output.data.buffer])),
  );
  const pixels = valuesByColumn(measured.values, mask !== null);
  return {
    stamp: stampOf(context, entry, method),
    values: underVersions(context, { ...pixels, ...values, ...learned }),
    notes,
    backend: measured.backend,
  };
}

async function measureItems(
  context: BenchContext,
  items: readonly Item[],
  control: RunControl,
): Promise<void> {
  const total = items.reduce((sum, { methods }) => sum + methods.length, 0);
  const methods = new Set(items.flatMap((item) => item.methods)).size;
  const label = `Measuring ${methods} ${methods === 1 ? 'method' : 'methods'} over ${items.length} ${items.length === 1 ? 'case' : 'cases'}`;
  const progress = makeRunProgress(context, label, total);
  const sink = makeScoreSink(context);
  for await (const loaded of loadAhead(context, items)) {
    const { entry } = loaded.item;
    for (const method of loaded.item.methods) {
      // Whoever pauses may close the page: nothing that was measured is lost then.
      if (control.paused()) await sink.flush();
      await control.going();
      if (control.signal.aborted) break;
      try {
        const scores = await measureOutput(context, loaded, method, control.signal);
        await sink.add(scoreKey(entry.id, method), scores);
      } catch (caught) {
        if (!(caught instanceof CaseFailure)) throw caught;
        if (!control.signal.aborted) progress.failed(entry.id, method, caught.message);
      }
      progress.step();
    }
    if (control.signal.aborted) break;
  }
  await sink.flush();
  progress.end(control.signal.aborted ? 'idle' : 'done');
}

/** Measures what is missing of the whole set. A second call while one is under way does nothing. */
export async function measureSet(context: BenchContext): Promise<void> {
  if (context.run !== null) return;
  const control = makeRunControl();
  context.run = control;
  try {
    await keepLearnedColumns(context);
    await keepSettings(context, { measuring: true });
    await measureItems(context, missingItems(context), control);
  } finally {
    context.run = null;
    await keepSettings(context, { measuring: false });
  }
}
