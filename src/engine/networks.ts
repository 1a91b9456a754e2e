import { LPIPS_CONTRACT, learnedMetricId, type MetricContract } from '../core/metrics/learned.ts';
import { lpipsFromCheckpoints } from '../models/lpips/fromCheckpoints.ts';
import { identify } from '../models/lpips/identify.ts';
import { readMetricFile } from '../models/metricFile.ts';
import { createMetricSession, type MetricSession } from '../models/metricSession.ts';
import { OnnxRefusal } from '../models/onnx/inspect/refusal.ts';
import type { OrtModule } from '../models/ort.ts';
import { CheckpointError } from '../models/pytorch/checkpointError.ts';
import { blobAccess } from '../models/pytorch/randomAccess.ts';
import { sha256Hex } from '../models/sha256.ts';
import type {
  LearnedJob,
  LearnedOutcome,
  MetricNetwork,
  WeightFile,
  WeightKind,
} from '../protocol/learned.ts';
import { Failure } from './failure.ts';
import { measureLearned, pictureCount } from './learnedMetric.ts';
import { requirePair } from './measureJobs.ts';
import type { JobControl } from './queue.ts';
import { trialPicture } from './trialPicture.ts';

const WHAT_TO_DO =
  'LPIPS is built from torchvision’s alexnet-owt-7be5be79.pth and LPIPS’ alex.pth, as they were downloaded.';
/** Of the picture that a new network is tried on, where its file states no size. */
const TRIAL_SIDE = 64;
/** Sessions that stay open: a set is measured with all metrics, picture after picture. */
const MOST_SESSIONS = 4;

const reasonOf = (caught: unknown): string =>
  caught instanceof Error ? caught.message : String(caught);

/**
 * Which of LPIPS' weight files this is.
 * @throws {Failure} `model-load` where it is neither
 */
export async function identifyWeights({ file, name }: WeightFile): Promise<WeightKind> {
  try {
    return (await identify(blobAccess(file), name)).kind;
  } catch (caught) {
    if (!(caught instanceof CheckpointError)) throw caught;
    throw new Failure(
      'model-load',
      `${name} cannot be used: ${caught.message}. ${WHAT_TO_DO}`,
      caught,
    );
  }
}

/** @throws {Failure} `model-load` with the reader's sentence */
export async function buildLpips([a, b]: readonly [
  WeightFile,
  WeightFile,
]): Promise<MetricNetwork> {
  const built = await lpipsFromCheckpoints(blobAccess(a.file), blobAccess(b.file), [
    a.name,
    b.name,
  ]);
  if (!built.ok) throw new Failure(built.error.kind, built.error.message);
  const { onnx, sha256, alexnet, heads, publishedHeads } = built.value;
  const warning = publishedHeads
    ? null
    : `${heads.name} does not hold the linear heads of LPIPS v0.1: the values compare to no published ones.`;
  const sources = [alexnet, heads];
  return { id: 'lpips', contract: LPIPS_CONTRACT, onnx, sha256, sources, warning };
}

/** One run over a small picture: shapes and numbers that are wrong are found before they are needed. */
async function tryOut(
  session: MetricSession,
  contract: MetricContract,
  name: string,
): Promise<void> {
  const { minSide, sizeMultiple, resize } = contract;
  const least = Math.max(minSide, resize ? 1 : TRIAL_SIDE);
  const side = Math.ceil(least / sizeMultiple) * sizeMultiple;
  const width = resize ? Math.max(side, resize.width) : side;
  const height = resize ? Math.max(side, resize.height) : side;
  const pixels = trialPicture(width, height);
  // Two different ones: a distance of 0 may have no finite logarithm.
  const darker = {
    ...pixels,
    data: pixels.data.map((level, i) => (i % 4 === 3 ? 255 : level / 2)),
  };
  const pictures = [pixels, darker].map((picture) => ({ pixels: picture, mask: null }));
  await measureLearned({ name, contract, session }, pictures.slice(0, pictureCount(contract)));
}

/** The learned metrics' sessions: a few stay open, under the hashes of their networks. */
export class MetricNetworks {
  readonly #load: () => Promise<OrtModule>;
  /** The one used last is the last. */
  readonly #open = new Map<string, MetricSession>();

  /** @param load ONNX Runtime, loaded once by the engine */
  constructor(load: () => Promise<OrtModule>) {
    this.#load = load;
  }

  /**
   * A metric's network as it was dropped; runs it once, so that what cannot run here is not taken in.
   * @throws {Failure} `model-load`, or what the reader of the file says
   */
  async openMetric({ file, name }: WeightFile): Promise<MetricNetwork> {
    try {
      const contract = await readMetricFile(blobAccess(file), name);
      const onnx = new Uint8Array(await file.arrayBuffer());
      const session = await createMetricSession(await this.#load(), onnx, contract.inputs, null);
      await tryOut(session, contract, name).finally(() => session.release());
      const sha256 = await sha256Hex(onnx);
      const id = learnedMetricId(contract, sha256);
      return { id, contract, onnx, sha256, sources: [{ name, sha256 }], warning: null };
    } catch (caught) {
      if (caught instanceof OnnxRefusal) {
        throw new Failure(caught.kind, `${name} ${caught.message}`, caught);
      }
      if (caught instanceof Failure) throw new Failure('model-load', caught.message, caught);
      throw new Failure(
        'model-load',
        `${name} cannot be used as a metric: ${reasonOf(caught)}. Export it with tools/export_metrics.py.`,
        caught,
      );
    }
  }

  /** @throws {Failure} `size-mismatch`, `model-load`, `model-run` or `cancelled` */
  async learned(job: LearnedJob, control: JobControl): Promise<LearnedOutcome> {
    const { fileName, pictures, network } = job;
    const [measured, reference] = pictures;
    if (network.contract.kind === 'full-reference' && measured && reference) {
      requirePair({ fileName, output: measured.pixels, groundTruth: reference.pixels });
    }
    const session = await this.#sessionFor(network);
    await control.checkpoint();
    const started = performance.now();
    const value = await measureLearned({ ...network, session }, pictures, control);
    return { value, seconds: (performance.now() - started) / 1000 };
  }

  async #sessionFor({ file, sha256, name, contract }: LearnedJob['network']) {
    const known = this.#open.get(sha256);
    if (known) {
      this.#open.delete(sha256);
      this.#open.set(sha256, known);
      return known;
    }
    const [oldest] = this.#open;
    if (oldest && this.#open.size >= MOST_SESSIONS) {
      this.#open.delete(oldest[0]);
      await oldest[1].release();
    }
    try {
      const onnx = new Uint8Array(await file.arrayBuffer());
      if ((await sha256Hex(onnx)) !== sha256) throw new Error('the stored file is damaged');
      const session = await createMetricSession(await this.#load(), onnx, contract.inputs, null);
      this.#open.set(sha256, session);
      return session;
    } catch (caught) {
      throw new Failure(
        'model-load',
        `${name} could not be started: ${reasonOf(caught)}. Remove it among the learned metrics and drop its files again.`,
        caught,
      );
    }
  }
}
