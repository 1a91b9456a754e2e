import source from '../../../shaders/passes/weak_flash.wgsl?raw';
import { noiseScales } from '../../core/methods/noise.ts';
import { LINEAR_LIGHT } from '../../core/methods/strength.ts';
import { blurWeights, type WeakFlash } from '../../core/methods/weakFlash.ts';
import { createStorageFrom, createUniform } from '../buffers.ts';
import type { GpuContext } from '../device.ts';
import { floatBits, recordPixels } from '../pixelBands.ts';
import type { GpuPicture } from '../rows.ts';

/** The shader's `Params`, word by word. */
function wordsOf(
  params: WeakFlash,
  width: number,
  height: number,
  hasMask: boolean,
): readonly number[] {
  const { gain, centre, cast, warmth } = params;
  const flash = cast.map((channel) => gain * params.flash * channel);
  const room = warmth.map((channel) => gain * params.ambient * channel);
  const reach = params.reach * Math.max(width, height);
  return [
    ...floatBits(...flash),
    params.seed,
    ...floatBits(...room),
    hasMask ? 1 : 0,
    ...floatBits(centre[0] * width, centre[1] * height, reach, params.backgroundShare),
    ...floatBits(...blurWeights(params.blur), params.shot, params.read ** 2),
    ...floatBits(...noiseScales(params.correlation)),
  ];
}

/**
 * A well-lit picture as a weak flash in a dim room would show it: twin of `simulateWeakFlash`, equal
 * but for values half way between two levels.
 */
export class WeakFlashPass {
  readonly #context: GpuContext;
  readonly #pipeline: GPUComputePipeline;
  readonly #light: GPUBuffer;

  constructor(context: GpuContext) {
    this.#context = context;
    this.#pipeline = context.pipelines.compute('weak flash', source);
    this.#light = createStorageFrom(context.device, 'levels', Float32Array.from(LINEAR_LIGHT));
  }

  /**
   * @param mask the person, a byte a pixel (255 inside), of the picture's size; null without one
   * @param bindingBytes the most of a picture that one dispatch may bind; the device's limit otherwise
   * @throws RangeError when the sizes differ
   */
  record(
    encoder: GPUCommandEncoder,
    picture: GpuPicture,
    mask: GPUBuffer | null,
    params: WeakFlash,
    target: GpuPicture,
    bindingBytes?: number,
  ): void {
    const { device } = this.#context;
    const words = wordsOf(params, picture.width, picture.height, mask !== null);
    const extras = [
      { buffer: createUniform(device, 'weak flash', words) },
      { buffer: this.#light },
      // A binding cannot be empty: without a mask the levels stand in, and do not count.
      { buffer: mask ?? this.#light },
    ];
    const limit = bindingBytes === undefined ? {} : { bindingBytes };
    const job = { source: picture, target, extras, halo: 1, ...limit };
    recordPixels(this.#context, encoder, this.#pipeline, job);
  }

  destroy(): void {
    this.#light.destroy();
  }
}
