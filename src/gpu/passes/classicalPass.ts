import claheSource from '../../../shaders/passes/clahe.wgsl?raw';
import curvesSource from '../../../shaders/passes/curves.wgsl?raw';
import { CUBE_ROOT_TABLE } from '../../core/colour/opencvLab8.ts';
import type { ClahePlan } from '../../core/methods/clahe.ts';
import type { ClassicalPlan } from '../../core/methods/classical.ts';
import { CUBE_TABLE, CURVE_TABLE, LIGHTNESS_TABLES } from '../../core/methods/opencvRgb8.ts';
import type { ToneCurves } from '../../core/methods/toneCurves.ts';
import { createStorage, createStorageFrom, createUniform, writeBytes } from '../buffers.ts';
import type { GpuContext } from '../device.ts';
import { recordPixels } from '../pixelBands.ts';
import type { GpuPicture } from '../rows.ts';

const wordsOf = (values: ArrayLike<number>): Uint32Array<ArrayBuffer> => Uint32Array.from(values);

/** Y and f(Y) of every L, one after the other. */
function lightnessPairs(): Uint32Array<ArrayBuffer> {
  const { luminance, root } = LIGHTNESS_TABLES;
  return Uint32Array.from({ length: 512 }, (_, i) => (i % 2 === 0 ? luminance : root)[i >> 1] ?? 0);
}

/** OpenCV's tables of 8-bit Lab, there and back. */
function labTables(device: GPUDevice): readonly GPUBuffer[] {
  return [
    createStorageFrom(device, 'OpenCV cube roots', Float32Array.from(CUBE_ROOT_TABLE)),
    createStorageFrom(device, 'OpenCV lightness', lightnessPairs()),
    createStorageFrom(device, 'OpenCV cubes', wordsOf(CUBE_TABLE)),
    createStorageFrom(device, 'OpenCV sRGB', wordsOf(CURVE_TABLE)),
  ];
}

/** Frees what a recorded pass reads; call it once the encoder's commands are submitted. */
type Release = () => void;

/** Changes a picture as a classical method planned: equals `applyClassical` to the last bit. */
export class ClassicalPass {
  readonly #context: GpuContext;
  #labTables: readonly GPUBuffer[] | null = null;

  constructor(context: GpuContext) {
    this.#context = context;
  }

  /** @throws RangeError when the sizes differ */
  record(
    encoder: GPUCommandEncoder,
    source: GpuPicture,
    plan: ClassicalPlan,
    target: GpuPicture,
  ): Release {
    return plan.kind === 'curves'
      ? this.#recordCurves(encoder, source, plan.curves, target)
      : this.#recordClahe(encoder, source, plan.clahe, target);
  }

  destroy(): void {
    for (const table of this.#labTables ?? []) table.destroy();
    this.#labTables = null;
  }

  #recordCurves(
    encoder: GPUCommandEncoder,
    source: GpuPicture,
    { red, green, blue }: ToneCurves,
    target: GpuPicture,
  ): Release {
    const { device, pipelines } = this.#context;
    const words = Uint32Array.from(red, (level, i) => {
      return level | ((green[i] ?? 0) << 8) | ((blue[i] ?? 0) << 16);
    });
    const curves = createStorageFrom(device, 'curves', words);
    const pipeline = pipelines.compute('curves', curvesSource);
    recordPixels(this.#context, encoder, pipeline, {
      source,
      target,
      extras: [{ buffer: curves }],
    });
    return () => curves.destroy();
  }

  #recordClahe(
    encoder: GPUCommandEncoder,
    source: GpuPicture,
    { tileWidth, tileHeight, curves }: ClahePlan,
    target: GpuPicture,
  ): Release {
    const { device, pipelines } = this.#context;
    this.#labTables ??= labTables(device);
    const table = createStorage(device, 'CLAHE curves', curves.byteLength);
    writeBytes(device, table, curves, 0, curves.byteLength);
    const tiles = createUniform(device, 'CLAHE tiles', [tileWidth, tileHeight]);
    const extras = [tiles, table, ...this.#labTables].map((buffer) => ({ buffer }));
    const pipeline = pipelines.compute('CLAHE', claheSource);
    recordPixels(this.#context, encoder, pipeline, { source, target, extras });
    return () => table.destroy();
  }
}
