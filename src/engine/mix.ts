import { shrinkTo } from '../core/image/shrink.ts';
import type { Rgba8 } from '../core/image/types.ts';
import { mixByStrength } from '../core/methods/strength.ts';
import type { GpuContext } from '../gpu/device.ts';
import { StrengthPass } from '../gpu/passes/strengthPass.ts';
import type { DecodedPicture } from '../protocol/codec.ts';
import type { HoldMixJob, MixJob, MixOutcome } from '../protocol/visitor.ts';
import { Failure } from './failure.ts';
import { throughPass } from './throughPass.ts';

/** Longer side of what is mixed while it is dragged: a frame must not take longer than a tenth. */
const PREVIEW_SIDE = { device: 1600, cpu: 640 } as const;

function requireOneSize({ fileName, picture, restored }: MixJob): void {
  if (picture.width === restored.width && picture.height === restored.height) return;
  throw new Failure(
    'size-mismatch',
    `${fileName} is ${picture.width}×${picture.height}, its output ${restored.width}×${restored.height}: outputs of another size cannot be mixed with their input.`,
  );
}

type Profile = DecodedPicture['profile'];

interface Held {
  readonly key: string;
  readonly pair: readonly [Rgba8, Rgba8];
  readonly profile: Profile;
}

/** A mixture to look at. */
interface Preview {
  readonly pixels: Rgba8;
  /** What its code values mean; null: sRGB. */
  readonly profile: Profile;
}

/** Mixes inputs with what methods made of them, in linear light. */
export class Mixer {
  readonly #context: GpuContext | null;
  readonly #pass: StrengthPass | null;
  #held: Held | null = null;

  /** @param context null mixes on the CPU */
  constructor(context: GpuContext | null) {
    this.#context = context;
    this.#pass = context && new StrengthPass(context);
  }

  /**
   * @param strength 0 gives the picture, 1 the restored one
   * @throws {Failure} `size-mismatch`; `model-run` where the device fails
   */
  async mix(job: MixJob, strength: number): Promise<MixOutcome> {
    requireOneSize(job);
    const pixels = await this.#mixed(job.picture, job.restored, strength);
    return { pixels, backend: this.#context ? 'wgsl' : 'reference' };
  }

  /** Keeps reduced copies for `preview`. @throws {Failure} `size-mismatch` */
  hold(job: HoldMixJob): void {
    requireOneSize(job);
    const side = this.#context ? PREVIEW_SIDE.device : PREVIEW_SIDE.cpu;
    const pair = [shrinkTo(job.picture, side), shrinkTo(job.restored, side)] as const;
    this.#held = { key: job.key, pair, profile: job.profile ?? null };
  }

  /** The mixture of what is held under the key; null where something else is. */
  async preview(key: string, strength: number): Promise<Preview | null> {
    if (this.#held?.key !== key) return null;
    const { pair, profile } = this.#held;
    return { pixels: await this.#mixed(...pair, strength), profile };
  }

  async #mixed(picture: Rgba8, restored: Rgba8, strength: number): Promise<Rgba8> {
    const [context, pass] = [this.#context, this.#pass];
    if (!context || !pass) return mixByStrength(picture, restored, strength);
    return throughPass(context, [picture, restored], (encoder, [before, after], target) => {
      if (before && after) pass.record(encoder, before, after, strength, target);
      return () => undefined;
    });
  }
}
