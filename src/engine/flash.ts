import { simulateWeakFlash } from '../core/methods/weakFlash.ts';
import { uploadBytes } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/device.ts';
import { WeakFlashPass } from '../gpu/passes/weakFlashPass.ts';
import type { MixOutcome, WeakFlashJob } from '../protocol/visitor.ts';
import { Failure } from './failure.ts';
import { throughPass } from './throughPass.ts';

/**
 * A picture as a weak flash in a dim room would show it.
 * @param context null computes on the CPU
 * @throws {Failure} `size-mismatch`; `model-run` where the device fails
 */
export async function runWeakFlash(
  context: GpuContext | null,
  { fileName, pixels, mask, params }: WeakFlashJob,
): Promise<MixOutcome> {
  if (mask && (mask.width !== pixels.width || mask.height !== pixels.height)) {
    throw new Failure(
      'size-mismatch',
      `${fileName} is ${pixels.width}×${pixels.height}, its mask ${mask.width}×${mask.height}. Use a mask of the same size.`,
    );
  }
  if (!context) return { pixels: simulateWeakFlash(pixels, mask, params), backend: 'reference' };
  const dark = await throughPass(context, [pixels], (encoder, [source], target) => {
    const person = mask && uploadBytes(context.device, 'mask', mask.data);
    let pass: WeakFlashPass | null = null;
    const free = () => {
      pass?.destroy();
      person?.destroy();
    };
    try {
      pass = new WeakFlashPass(context);
      if (source) pass.record(encoder, source, person, params, target);
    } catch (error) {
      free();
      throw error;
    }
    return free;
  });
  return { pixels: dark, backend: 'wgsl' };
}
