import { lpipsFromCheckpoints } from '../models/lpips/fromCheckpoints.ts';
import { identify } from '../models/lpips/identify.ts';
import { createMetricSession, type MetricSession } from '../models/metricSession.ts';
import type { OrtModule } from '../models/ort.ts';
import { CheckpointError } from '../models/pytorch/checkpointError.ts';
import { blobAccess } from '../models/pytorch/randomAccess.ts';
import { sha256Hex } from '../models/sha256.ts';
import type {
  LpipsJob,
  LpipsOutcome,
  MetricNetwork,
  WeightFile,
  WeightKind,
} from '../protocol/engine.ts';
import { Failure } from './failure.ts';
import { LPIPS_INPUTS, measureLpips } from './lpips.ts';
import { requirePair } from './measureJobs.ts';

const WHAT_TO_DO =
  'LPIPS is built from torchvision’s alexnet-owt-7be5be79.pth and LPIPS’ alex.pth, as they were downloaded.';
const LPIPS_OUTPUT = 'lpips';

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
  return { onnx, sha256, sources: [alexnet, heads], warning };
}

/** The learned metrics' sessions: one stays open, under the hash of its network. */
export class MetricNetworks {
  readonly #load: () => Promise<OrtModule>;
  #open: { readonly sha256: string; readonly session: MetricSession } | null = null;

  /** @param load ONNX Runtime, loaded once by the engine */
  constructor(load: () => Promise<OrtModule>) {
    this.#load = load;
  }

  /**
   * An exported LPIPS network; runs it once, so that what cannot run here is not taken in.
   * @throws {Failure} `model-load`
   */
  async openLpips({ file, name }: WeightFile): Promise<MetricNetwork> {
    const onnx = new Uint8Array(await file.arrayBuffer());
    try {
      const ort = await this.#load();
      const probe = await ort.InferenceSession.create(onnx, { executionProviders: ['wasm'] });
      const outputs = probe.outputNames.join(', ');
      await probe.release();
      if (outputs !== LPIPS_OUTPUT) throw new Error(`it gives ${outputs}, not ${LPIPS_OUTPUT}`);
      const session = await createMetricSession(ort, onnx, LPIPS_INPUTS, null);
      await session.release();
    } catch (caught) {
      const detail = caught instanceof Error ? caught.message : String(caught);
      throw new Failure(
        'model-load',
        `${name} cannot be used as LPIPS: ${detail}. Export it with tools/export_metrics.py, or drop its two weight files.`,
        caught,
      );
    }
    const sha256 = await sha256Hex(onnx);
    return { onnx, sha256, sources: [{ name, sha256 }], warning: null };
  }

  /** @throws {Failure} `size-mismatch`, `model-load` or `model-run` */
  async lpips(job: LpipsJob): Promise<LpipsOutcome> {
    requirePair(job);
    const session = await this.#sessionFor(job);
    const started = performance.now();
    const value = await measureLpips(session, job.output, job.groundTruth, job.mask);
    return { value, seconds: (performance.now() - started) / 1000 };
  }

  async #sessionFor({ network, networkSha256 }: LpipsJob): Promise<MetricSession> {
    if (this.#open?.sha256 === networkSha256) return this.#open.session;
    await this.#open?.session.release();
    this.#open = null;
    try {
      const onnx = new Uint8Array(await network.arrayBuffer());
      if ((await sha256Hex(onnx)) !== networkSha256) throw new Error('the stored file is damaged');
      const session = await createMetricSession(await this.#load(), onnx, LPIPS_INPUTS, null);
      this.#open = { sha256: networkSha256, session };
      return session;
    } catch (caught) {
      const detail = caught instanceof Error ? caught.message : String(caught);
      throw new Failure(
        'model-load',
        `The LPIPS network could not be started: ${detail}. Remove LPIPS and drop its weight files again.`,
        caught,
      );
    }
  }
}
