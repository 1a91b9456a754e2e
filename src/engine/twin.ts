import type { GpuContext } from '../gpu/device.ts';
import type { ModelEntry } from '../protocol/engine.ts';

/** Whether shaders of this device compute in half precision. */
export function hasHalf(gpu: GpuContext | null): boolean {
  return gpu?.device.features.has('shader-f16') ?? false;
}

/**
 * A model's half-precision twin as an entry of its own, with the same id and contract: sessions and
 * results go by the file's hash, so the two are never taken for each other. The model itself where it
 * has none.
 */
export function twinOf(entry: ModelEntry): ModelEntry {
  const { fp16 } = entry;
  if (!fp16) return entry;
  const { url, bytes, sha256 } = fp16;
  return { ...entry, source: { kind: 'built-in', url }, bytes, sha256, facts: null };
}
