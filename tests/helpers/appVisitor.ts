import type { Gray8, Rgba8 } from '../../src/core/image/types.ts';
import { settle } from '../../src/engine/failure.ts';
import { runWeakFlash } from '../../src/engine/flash.ts';
import { Mixer } from '../../src/engine/mix.ts';
import type { JobControl } from '../../src/engine/queue.ts';
import type { Result } from '../../src/protocol/result.ts';
import type { MaskEntry, VisitorApi } from '../../src/protocol/visitor.ts';
import { TestBitmap } from './appCodec.ts';
import type { EngineControl } from './appEngine.ts';
import { decodeInNode } from './goldenNode.ts';

/** The tests' network that finds people: whatever lies in the upper half. */
export const MASK_ENTRY: MaskEntry = {
  id: 'upper-half',
  title: 'Upper half',
  url: 'http://localhost/upper-half.onnx',
  bytes: 1,
  sha256: 'sha-of-upper-half',
  licence: 'MIT',
  parameters: 1,
  macs: 1,
  input: { name: 'input', size: [8, 8] },
  output: 'mask',
  refine: { radius: 1, epsilon: 1e-3, subsample: 1 },
  training: '',
  scores: {},
};

function upperHalf({ width, height }: Rgba8, isThere: boolean): Gray8 {
  const data = new Uint8Array(width * height);
  if (isThere) data.fill(255, 0, width * Math.floor(height / 2));
  return { width, height, data };
}

type Step = <T>(
  name: string,
  jobId: string,
  work: (steps: JobControl) => Promise<T>,
) => Promise<Result<T>>;

/** Mixtures and simulations are the engine's own on the CPU; only the network is a stand-in. */
export function testVisitor(
  step: Step,
  control: Pick<EngineControl, 'nobody' | 'previewed'>,
): VisitorApi {
  const mixer = new Mixer(null);
  return {
    personMask: ({ jobId, pixels }) =>
      step('personMask', jobId, async () => ({
        mask: upperHalf(pixels, !control.nobody),
        entry: MASK_ENTRY,
        provider: 'wasm',
        backend: 'reference',
        seconds: 0,
      })),
    mixStrength: (job, strength) => step('mixStrength', '', () => mixer.mix(job, strength)),
    holdMix: (job) => step('holdMix', '', async () => mixer.hold(job)),
    previewMix: (key, strength) =>
      settle(async () => {
        const mixed = await mixer.preview(key, strength);
        if (mixed) control.previewed.push(mixed.profile?.name ?? null);
        return mixed && new TestBitmap(mixed.pixels.width, mixed.pixels.height);
      }),
    simulateWeakFlash: (job) => step('simulateWeakFlash', '', () => runWeakFlash(null, job)),
  };
}

/** What a file that the page gave out shows; throws where it gave none. */
export async function pixelsOf(file: File | null) {
  if (file === null) throw new Error('There is no output.');
  return (await decodeInNode(new Uint8Array(await file.arrayBuffer()), file.name)).pixels;
}
