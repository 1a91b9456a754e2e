import type { Progress } from '../protocol/engine.ts';
import type { ParityJob, ParityOutcome } from '../protocol/models.ts';
import type { Running } from './boot.ts';
import { Failure } from './failure.ts';
import type { ModelRegistry } from './modelRegistry.ts';
import { noParity } from './parity.ts';
import { againstWebGpu } from './provider.ts';
import type { Trials } from './trials.ts';
import { hasHalf } from './twin.ts';

/**
 * Holds a model's WebGPU output against its WASM output, in a worker that can be ended at any time. Where
 * WebGPU differs or cannot run the model at all, the model is tied to WASM.
 * @throws {Failure} `model-load` where there is no such model or WASM cannot run it; `cancelled`
 */
export async function checkParity(
  { info, gpu }: Pick<Running, 'info' | 'gpu'>,
  registry: ModelRegistry,
  trials: Trials,
  job: ParityJob,
  onProgress: (progress: Progress) => void,
): Promise<ParityOutcome> {
  const { entry, files } = registry.get(job.modelId);
  if (!gpu || info.adapter === null) {
    return noParity('There is no WebGPU adapter to check: the model runs on WASM.', null);
  }
  const against = againstWebGpu(entry, hasHalf(gpu));
  if (against !== null) return noParity(against, info.adapter);
  const compared = await trials.compare({ entry, files, job, info }, onProgress);
  if (!compared.ok) throw new Failure(compared.error.kind, compared.error.message);
  const { verdict } = compared.value;
  if (verdict === 'agree') registry.setProvider(entry.id, 'webgpu');
  else if (verdict !== 'not-applicable') registry.setProvider(entry.id, 'wasm');
  return compared.value;
}
