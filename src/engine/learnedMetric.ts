import { resample } from '../core/image/resample.ts';
import type { Rgba8 } from '../core/image/types.ts';
import type { MetricContract } from '../core/metrics/learned.ts';
import { type Box, personCrop } from '../core/metrics/lpipsCrop.ts';
import type { MetricValue } from '../core/metrics/types.ts';
import type { MetricInput, MetricSession } from '../models/metricSession.ts';
import { packPlanes, packTensor } from '../models/pack.ts';
import { type PixelFormat, pixelDims } from '../models/tensor.ts';
import type { LearnedPicture } from '../protocol/learned.ts';
import { Failure } from './failure.ts';
import type { JobControl } from './queue.ts';

/** A learned metric that is ready to measure. */
interface LearnedMetric {
  /** How sentences call it. */
  readonly name: string;
  readonly contract: MetricContract;
  readonly session: MetricSession;
}

/** What a network gave for one crop. */
interface Answer {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** How many pictures a metric of this kind compares. */
export function pictureCount({ kind }: Pick<MetricContract, 'kind'>): 1 | 2 {
  return kind === 'no-reference' ? 1 : 2;
}

/** The part of a picture that is measured; null where there is no value. */
function cropOf(
  { crop, minSide, resize, sizeMultiple }: MetricContract,
  { pixels: { width, height }, mask }: LearnedPicture,
): Box | null {
  const box =
    crop.region === 'person'
      ? personCrop(width, height, mask, crop.pad)
      : { x: 0, y: 0, width, height };
  if (box === null || Math.min(box.width, box.height) < minSide) return null;
  if (resize) return box;
  const least = (side: number) => side - (side % sizeMultiple);
  const cut = { ...box, width: least(box.width), height: least(box.height) };
  return Math.min(cut.width, cut.height) > 0 ? cut : null;
}

function cut({ width, data }: Rgba8, box: Box): Rgba8 {
  const pixels = new Uint8ClampedArray(box.width * box.height * 4);
  for (let y = 0; y < box.height; y += 1) {
    const start = ((box.y + y) * width + box.x) * 4;
    pixels.set(data.subarray(start, start + box.width * 4), y * box.width * 4);
  }
  return { width: box.width, height: box.height, data: pixels };
}

function inputFor(contract: MetricContract, picture: Rgba8, box: Box): MetricInput {
  const { layout, channels, normalisation, resize } = contract;
  const format: PixelFormat = { layout, channels, normalisation, element: 'float32' };
  const { width, height } = resize ?? box;
  const values = resize
    ? packPlanes(resample(cut(picture, box), width, height, resize.method), format)
    : packTensor(picture, box, format);
  const dims = pixelDims(format, 3, height, width);
  return { values: values as Float32Array<ArrayBuffer>, dims };
}

/** @throws {Failure} `model-run` */
async function run(
  { name, session }: LearnedMetric,
  inputs: Readonly<Record<string, MetricInput>>,
  { width, height }: Box,
): Promise<Answer> {
  return session.run(inputs).catch((caught: unknown) => {
    const detail = caught instanceof Error ? caught.message : String(caught);
    throw new Failure(
      'model-run',
      `${name} could not be measured on ${width}×${height} pixels: ${detail}. Close other tabs, or measure a smaller picture.`,
      caught,
    );
  });
}

/**
 * Mean of a map [1, 1, height, width] over the mask, both of which cover the crop; without a mask over
 * all of it.
 */
function meanOf(
  { dims: [, , rows = 0, columns = 0], values }: Answer,
  { mask }: LearnedPicture,
  box: Box,
): number | null {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (mask) {
      const x = box.x + Math.floor((((i % columns) + 0.5) * box.width) / columns);
      const y = box.y + Math.floor(((Math.floor(i / columns) + 0.5) * box.height) / rows);
      if (mask.data[y * mask.width + x] !== 1) continue;
    }
    sum += values[i] ?? 0;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

/** Cosine of the angle between two embeddings; NaN where one of them is all zeros. */
function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, ofA, ofB] = [0, 0, 0];
  a.forEach((value, i) => {
    const other = b[i] ?? 0;
    dot += value * other;
    ofA += value * value;
    ofB += other * other;
  });
  return dot / Math.sqrt(ofA * ofB);
}

/** @throws {Failure} `model-run` where the tensor is not what the contract promises */
function requireShape({ name, contract }: LearnedMetric, answer: Answer, input: MetricInput): void {
  const { dims, values } = answer;
  const { layout, output } = contract;
  const [height, width] = layout === 'NCHW' ? input.dims.slice(2) : input.dims.slice(1);
  const wanted = output === 'map' ? `1×1×${height}×${width}` : '1×n';
  const fits =
    output === 'embedding'
      ? dims.length === 2 && dims[0] === 1 && values.length > 1
      : dims.join('×') === wanted;
  if (output === 'scalar' ? values.length === 1 : fits) return;
  const instead =
    output === 'scalar'
      ? `${values.length} values instead of one`
      : `values of the shape ${dims.join('×')} instead of ${wanted}`;
  throw new Failure(
    'model-run',
    `${name} gave ${instead} for ${width}×${height} pixels. Remove it and drop the right files again.`,
  );
}

/** @throws {Failure} `model-run` where it is not finite */
function finite({ name }: LearnedMetric, value: MetricValue, { width, height }: Box): MetricValue {
  if (value === null || Number.isFinite(value)) return value;
  throw new Failure(
    'model-run',
    `${name} gave no finite number for ${width}×${height} pixels. Remove it and drop the right files again.`,
  );
}

/**
 * A learned metric's value by the rules of its contract: crop, resize, network, pooling. In full:
 *
 *     const model = await lpipsFromCheckpoints(fileA, fileB, ['alex.pth', 'alexnet.pth']);
 *     const { inputs } = LPIPS_CONTRACT;
 *     const session = await createMetricSession(ort, model.value.onnx, inputs, null);
 *     const metric = { name: 'LPIPS', contract: LPIPS_CONTRACT, session };
 *     const value = await measureLearned(metric, [{ pixels: output, mask }, { pixels: truth, mask }]);
 *     await session.release();
 *
 * Runs must not overlap: ONNX Runtime takes one at a time.
 * @param pictures `pictureCount` of them: the measured one, and what it is compared with, which for a
 *   full-reference metric has its size and its mask
 * @param control lets a cancel in between the steps
 * @returns null where there is no value: the mask is empty or a crop below the least side
 * @throws {Failure} `model-run` where the network fails or gives no finite number of the right shape
 */
export async function measureLearned(
  metric: LearnedMetric,
  pictures: readonly LearnedPicture[],
  control?: JobControl,
): Promise<MetricValue> {
  const { contract } = metric;
  const [first, second] = pictures;
  if (!first || pictures.length !== pictureCount(contract)) {
    throw new Error(`${pictures.length} pictures for a ${contract.kind} metric`);
  }
  const box = cropOf(contract, first);
  const otherBox = second ? cropOf(contract, second) : box;
  if (!box || !otherBox) return null;
  const [name = '', referenceName = ''] = contract.inputs;
  const input = inputFor(contract, first.pixels, box);
  await control?.checkpoint();
  if (contract.kind === 'identity' && second) {
    const own = await run(metric, { [name]: input }, box);
    requireShape(metric, own, input);
    await control?.checkpoint();
    const other = inputFor(contract, second.pixels, otherBox);
    const theirs = await run(metric, { [name]: other }, otherBox);
    requireShape(metric, theirs, other);
    return finite(metric, cosine(own.values, theirs.values), box);
  }
  const inputs = second
    ? { [name]: input, [referenceName]: inputFor(contract, second.pixels, otherBox) }
    : { [name]: input };
  const answer = await run(metric, inputs, box);
  requireShape(metric, answer, input);
  if (contract.output === 'scalar') return finite(metric, answer.values[0] ?? null, box);
  const seen = contract.crop.region === 'person' ? first : { ...first, mask: null };
  return finite(metric, meanOf(answer, seen, box), box);
}
