import { CLASSICAL_METHODS } from '../core/methods/classical.ts';
import { CubeFileError, MAX_CUBE_BYTES, parseCubeFile } from '../core/methods/cubeFile.ts';
import type { Lut3d } from '../core/methods/lut3d.ts';
import { methodMacs } from '../core/methods/methodCost.ts';
import type { GpuContext } from '../gpu/device.ts';
import { sha256Hex } from '../models/sha256.ts';
import type { Progress, RestoreJob, RestoreOutcome, RestoreSettings } from '../protocol/engine.ts';
import type { ClassicalId, LutEntry } from '../protocol/models.ts';
import type { DeviceOutputs } from './deviceOutputs.ts';
import { Failure } from './failure.ts';
import { makeStepProgress } from './progress.ts';
import { type Change, changePicture } from './wholePicture.ts';

/** Raised when a table gives other bytes for the same picture. */
const LUT_VERSION = 1;

/** A method without a network. */
export type FilterRef =
  | { readonly kind: 'lut'; readonly lutId: string }
  | { readonly kind: 'classical'; readonly id: ClassicalId };

interface OpenLut {
  readonly entry: LutEntry;
  readonly lut: Lut3d;
}

/**
 * Parses a `.cube` file.
 * @throws {Failure} `model-load` with a sentence that names the line; `too-large`
 */
export async function readLut(file: Blob, fileName: string): Promise<OpenLut> {
  if (file.size > MAX_CUBE_BYTES) {
    const limit = MAX_CUBE_BYTES / 2 ** 20;
    throw new Failure(
      'too-large',
      `${fileName} is larger than ${limit} MiB. Export a smaller table.`,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = await sha256Hex(bytes);
  try {
    const { title, lut } = parseCubeFile(new TextDecoder().decode(bytes));
    const entry: LutEntry = {
      id: `lut-${sha256.slice(0, 12)}`,
      title: title ?? fileName.replace(/\.cube$/i, ''),
      fileName,
      sha256,
      bytes: bytes.length,
      size: lut.size,
      macs720p: methodMacs('lut'),
    };
    return { entry, lut };
  } catch (caught) {
    if (!(caught instanceof CubeFileError)) throw caught;
    throw new Failure('model-load', `${fileName} cannot be used: ${caught.message}`, caught);
  }
}

/** LUT files and classical methods: everything that needs no network. */
export class Filters {
  readonly #context: GpuContext | null;
  readonly #outputs: DeviceOutputs | null;
  readonly #luts = new Map<string, OpenLut>();

  /** @param context null measures on the CPU */
  constructor(context: GpuContext | null, outputs: DeviceOutputs | null) {
    this.#context = context;
    this.#outputs = outputs;
  }

  async openLut(file: Blob, fileName: string): Promise<LutEntry> {
    const open = await readLut(file, fileName);
    this.#luts.set(open.entry.id, open);
    return open.entry;
  }

  closeLut(id: string): void {
    this.#luts.delete(id);
  }

  settingsFor(ref: FilterRef): RestoreSettings {
    const common = {
      provider: this.#context ? ('webgpu' as const) : ('wasm' as const),
      tileSize: 0,
      tileOverlap: 0,
    };
    if (ref.kind === 'classical') {
      const pipelineVersion = CLASSICAL_METHODS[ref.id].version;
      return { modelId: ref.id, modelSha256: '', ...common, pipelineVersion };
    }
    const { id, sha256 } = this.#lut(ref.lutId).entry;
    return { modelId: id, modelSha256: sha256, ...common, pipelineVersion: LUT_VERSION };
  }

  /** @throws {Failure} `model-load` where there is no such table */
  async restore(
    ref: FilterRef,
    { pixels: picture }: RestoreJob,
    onProgress: (progress: Progress) => void,
  ): Promise<RestoreOutcome> {
    const settings = this.settingsFor(ref);
    const progress = makeStepProgress('restoring', 1, onProgress);
    const started = performance.now();
    const change: Change =
      ref.kind === 'lut'
        ? { kind: 'lut', lut: this.#lut(ref.lutId).lut }
        : { kind: 'classical', plan: CLASSICAL_METHODS[ref.id].plan(picture) };
    const { pixels, buffer } = await changePicture(this.#context, picture, change);
    progress(1);
    return {
      pixels,
      settings,
      warnings: [],
      providerReason: this.#context
        ? 'It is computed by a shader on the graphics device.'
        : 'There is no graphics device, so it is computed on the processor.',
      handle: buffer && (this.#outputs?.keep(pixels, buffer) ?? null),
      seconds: (performance.now() - started) / 1000,
      loadSeconds: 0,
      tiles: 1,
    };
  }

  #lut(id: string): OpenLut {
    const open = this.#luts.get(id);
    if (!open) throw new Failure('model-load', `There is no LUT “${id}”. Drop its file again.`);
    return open;
  }
}
