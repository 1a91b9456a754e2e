import { areaThumbnail } from '../core/image/thumbnail.ts';
import type { Gray8, Rgba8 } from '../core/image/types.ts';
import {
  type Guide,
  guidedFilterFor,
  guidedUpsample,
  guideOf,
  type SoftMask,
} from '../core/methods/guidedFilter.ts';
import { createStorage, createStorageFrom, readBuffer, uploadPicture } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/device.ts';
import { GuidedFilterPass } from '../gpu/passes/guidedFilterPass.ts';
import { createMetricSession, type MetricSession } from '../models/metricSession.ts';
import type { OrtModule } from '../models/ort.ts';
import type { Progress } from '../protocol/engine.ts';
import type { MaskEntry, MaskJob, MaskOutcome } from '../protocol/visitor.ts';
import type { Running } from './boot.ts';
import { Failure, reasonOf } from './failure.ts';
import { loadModel } from './loadModel.ts';
import type { JobControl } from './queue.ts';

/** A mask as the network gives it, and the light that its refinement goes by. */
interface CoarseMask {
  readonly soft: SoftMask;
  readonly guide: Guide;
}

/**
 * One run of the network over the whole picture, squashed.
 * @throws {Error} where ONNX Runtime fails or the output is not one plane of the input's size
 */
export async function findPerson(
  session: Pick<MetricSession, 'run'>,
  { input }: MaskEntry,
  picture: Rgba8,
): Promise<CoarseMask> {
  const [height, width] = input.size;
  const planes = Float32Array.from(areaThumbnail(picture, width, height));
  const { dims, values } = await session.run({
    [input.name]: { values: planes, dims: [1, 3, height, width] },
  });
  if (dims.join() !== [1, 1, height, width].join()) {
    throw new Error(`its output is ${dims.join('×')}, not 1×1×${height}×${width}`);
  }
  return { soft: { width, height, data: Float32Array.from(values) }, guide: guideOf(planes) };
}

/**
 * A coarse mask at the picture's size, along the picture's own edges.
 * @param context null computes on the CPU
 */
export async function refineMask(
  context: GpuContext | null,
  { soft, guide }: CoarseMask,
  picture: Rgba8,
  { refine }: MaskEntry,
): Promise<Gray8> {
  const { width, height } = picture;
  const params = { ...guidedFilterFor(width, height, refine), guide };
  if (!context) return guidedUpsample(soft, picture, params);
  const { device } = context;
  const source = { width, height, buffer: uploadPicture(device, 'guide', picture) };
  const coarse = { ...soft, buffer: createStorageFrom(device, 'coarse mask', soft.data) };
  const target = createStorage(device, 'mask', width * height);
  const encoder = device.createCommandEncoder();
  const pass = new GuidedFilterPass(context);
  const release = pass.record(encoder, coarse, source, params, target);
  try {
    device.queue.submit([encoder.finish()]);
    const bytes = await readBuffer(device, target, width * height);
    return { width, height, data: new Uint8Array(bytes) };
  } finally {
    release();
    for (const buffer of [source.buffer, coarse.buffer, target]) buffer.destroy();
  }
}

/** Finds people; the network is loaded when it is first asked for, and stays open. */
export class PersonMasks {
  readonly #running: Running;
  readonly #ort: () => Promise<OrtModule>;
  #session: Promise<MetricSession> | null = null;

  /** @param ort ONNX Runtime of the provider that networks run on */
  constructor(running: Running, ort: () => Promise<OrtModule>) {
    this.#running = running;
    this.#ort = ort;
  }

  /** @throws {Failure} `model-load`, `model-run`; `cancelled` between the steps */
  async find(job: MaskJob, control: JobControl): Promise<MaskOutcome> {
    const { info, gpu, masks } = this.#running;
    const [entry] = masks;
    if (!entry) throw new Failure('model-load', 'The model list has no network that finds people.');
    const session = await this.#open(entry);
    await control.checkpoint();
    const started = performance.now();
    const coarse = await findPerson(session, entry, job.pixels).catch((caught: unknown) => {
      throw new Failure(
        'model-run',
        `${entry.title} could not look for people in ${job.fileName}: ${reasonOf(caught)}. ${this.#onWasm('Drop a mask of your own instead')}.`,
        caught,
      );
    });
    await control.checkpoint();
    const mask = await refineMask(gpu, coarse, job.pixels, entry);
    const seconds = (performance.now() - started) / 1000;
    return { mask, entry, provider: info.provider, backend: gpu ? 'wgsl' : 'reference', seconds };
  }

  /** The other provider where there is one, else another remedy. */
  #onWasm(otherwise: string): string {
    const { provider } = this.#running.info;
    return provider === 'webgpu' ? 'Add ?provider=wasm to the address and try again' : otherwise;
  }

  async #open(entry: MaskEntry): Promise<MetricSession> {
    this.#session ??= this.#start(entry);
    try {
      return await this.#session;
    } catch (caught) {
      // The next one may find the connection back.
      this.#session = null;
      throw caught;
    }
  }

  async #start(entry: MaskEntry): Promise<MetricSession> {
    const { info, gpu } = this.#running;
    const source = { kind: 'built-in', url: entry.url } as const;
    const quiet = (_: Progress): void => undefined;
    const { onnx } = await loadModel({ ...entry, source }, null, quiet);
    const device = info.provider === 'webgpu' ? (gpu?.device ?? null) : null;
    try {
      return await createMetricSession(await this.#ort(), onnx, [entry.input.name], device);
    } catch (caught) {
      throw new Failure(
        'model-load',
        `${entry.title} could not be started: ${reasonOf(caught)}. ${this.#onWasm('Reload the page and try again')}.`,
        caught,
      );
    }
  }
}
