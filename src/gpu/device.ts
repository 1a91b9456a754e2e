import { PipelineCache } from './pipelines.ts';

/** One GPU device and what is built on it. Whoever asked for it owns it and destroys `device`. */
export interface GpuContext {
  readonly device: GPUDevice;
  /** For the screen, e.g. "Google SwiftShader (software)". */
  readonly description: string;
  /** True where a CPU pretends to be a GPU: shaders run, but slowly. */
  readonly software: boolean;
  readonly pipelines: PipelineCache;
  /** Resolves with the browser's reason when the device is lost or destroyed: nothing works then. */
  readonly lost: Promise<string>;
}

/** Told of every error that no call reports: validation, out of memory, internal. */
export type GpuErrorListener = (message: string) => void;

/** Asked for where the adapter has them: timing, half-precision models, fast reductions. */
const WANTED_FEATURES: readonly GPUFeatureName[] = ['timestamp-query', 'shader-f16', 'subgroups'];

const SOFTWARE_NAMES = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

/** Whether the adapter is a rasteriser on the CPU, by its own word or by its name. */
export function isSoftwareAdapter(info: GPUAdapterInfo): boolean {
  const names = [info.vendor, info.architecture, info.device, info.description];
  return info.isFallbackAdapter === true || names.some((name) => SOFTWARE_NAMES.test(name));
}

/** The adapter's name as a person would write it; browsers leave different fields empty. */
export function describeAdapter(info: GPUAdapterInfo): string {
  const parts = [info.vendor, info.description || info.device || info.architecture];
  const name = parts.filter((part) => part !== '').join(' ');
  const known = name === '' ? 'unnamed adapter' : name;
  return isSoftwareAdapter(info) ? `${known} (software)` : known;
}

/**
 * Everything the adapter can do: the defaults are made for the smallest phones, and pictures of
 * 100 megapixels and ONNX Runtime both need more.
 */
function limitsOf(adapter: GPUAdapter): Record<string, number> {
  const limits: Record<string, number> = {};
  // The limits are getters of the prototype: Object.entries would see none of them.
  for (const name in adapter.limits) {
    const value: unknown = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number') limits[name] = value;
  }
  return limits;
}

/** A driver that starts or dies may never answer: from then on everything runs without it. In ms. */
const PATIENCE = 30_000;

/** `over` rejects after `time` ms unless it is stopped before. */
function startClock(time: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    const sentence = `The graphics driver did not answer within ${time / 1000} seconds.`;
    timer = setTimeout(() => reject(new Error(sentence)), time);
  });
  return { over, stop: () => clearTimeout(timer) };
}

/**
 * A device with all the adapter's limits, or null where there is no adapter or it gives no device in
 * time (`onError` then hears why). Never rejects.
 * @param patience for both answers, in ms
 */
export async function requestDevice(
  gpu: GPU,
  onError: GpuErrorListener = console.error,
  patience: number = PATIENCE,
): Promise<GpuContext | null> {
  const clock = startClock(patience);
  try {
    const wanted = gpu.requestAdapter({ powerPreference: 'high-performance' });
    const adapter = await Promise.race([wanted, clock.over]);
    if (adapter === null) return null;
    const asked = adapter.requestDevice({
      requiredLimits: limitsOf(adapter),
      requiredFeatures: WANTED_FEATURES.filter((feature) => adapter.features.has(feature)),
    });
    // One that comes too late is nobody's.
    clock.over.catch(() => asked.then((late) => late.destroy()).catch(() => undefined));
    const device = await Promise.race([asked, clock.over]);
    device.addEventListener('uncapturederror', ({ error }) => onError(error.message));
    return {
      device,
      description: describeAdapter(adapter.info),
      software: isSoftwareAdapter(adapter.info),
      pipelines: new PipelineCache(device),
      lost: device.lost.then(({ reason, message }) => message || reason),
    };
  } catch (error) {
    onError(error instanceof Error ? error.message : String(error));
    return null;
  } finally {
    clock.stop();
  }
}
