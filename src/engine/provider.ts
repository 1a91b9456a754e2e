import type { EngineInfo, ModelEntry, Provider, ProviderChoice } from '../protocol/engine.ts';

export interface ProviderDecision {
  readonly provider: Provider;
  /** Why, as a sentence for the page. */
  readonly reason: string;
}

/**
 * Where restoration models run. A software adapter computes the metrics well, but runs a network
 * about fifty times slower than WASM on the same cores, so it is used for a model only when asked for.
 * @param adapter null where the browser offers no WebGPU adapter, or one that gives no device
 * @param refusal why it gave none, in the browser's words; null where there is no adapter
 */
export function chooseProvider(
  choice: ProviderChoice,
  adapter: { readonly software: boolean } | null,
  refusal: string | null,
): ProviderDecision {
  if (choice === 'wasm') return { provider: 'wasm', reason: 'WASM was asked for in the address.' };
  if (!adapter) {
    const asked = choice === 'webgpu' ? 'WebGPU was asked for, but this' : 'This';
    const lack =
      refusal === null
        ? 'browser offers no WebGPU adapter'
        : `browser’s WebGPU adapter gives no device (${refusal})`;
    return { provider: 'wasm', reason: `${asked} ${lack}, so the model runs on WASM.` };
  }
  if (choice === 'webgpu')
    return { provider: 'webgpu', reason: 'WebGPU was asked for in the address.' };
  return adapter.software
    ? {
        provider: 'wasm',
        reason: 'The WebGPU adapter is a software one, on which WASM is faster for the model.',
      }
    : { provider: 'webgpu', reason: 'A WebGPU adapter is there.' };
}

/** Why this model cannot run well on WebGPU, a finished sentence; null where nothing speaks against it. */
export function againstWebGpu(
  { title, facts, contract: { input, output } }: ModelEntry,
  hasHalf: boolean,
): string | null {
  const elements = [input.element, output.kind === 'image' ? output.element : 'float32'];
  const precision = facts?.precision ?? 'float32';
  if (!hasHalf && (elements.includes('float16') || precision.includes('float16'))) {
    return `${title} computes in float16, which this adapter cannot (it lacks shader-f16), so it runs on WASM.`;
  }
  if (elements.includes('uint8') || precision.includes('int8')) {
    return `${title} computes with 8-bit whole numbers, which ONNX Runtime has no WebGPU kernels for, so it runs on WASM.`;
  }
  const missing = facts?.missingOnWebGpu ?? [];
  if (missing.length === 0) return null;
  return `${title} uses ${missing.join(', ')}, which ONNX Runtime’s WebGPU provider lacks, so it runs on WASM.`;
}

/**
 * Where one model runs.
 * @param tied the provider that a check found to be right; null before there was one
 * @param hasHalf whether the adapter computes in float16
 */
export function providerFor(
  info: Pick<EngineInfo, 'provider' | 'reason' | 'adapter'>,
  entry: ModelEntry,
  tied: Provider | null,
  hasHalf: boolean,
): ProviderDecision {
  if (tied === 'wasm' && info.provider === 'webgpu') {
    const reason = `A check found that ${entry.title} does not run rightly on WebGPU here, so it runs on WASM.`;
    return { provider: 'wasm', reason };
  }
  if (info.provider === 'wasm') return { provider: 'wasm', reason: info.reason };
  const against = againstWebGpu(entry, hasHalf) ?? (tied === null ? unchecked(entry) : null);
  return against === null
    ? { provider: 'webgpu', reason: info.reason }
    : { provider: 'wasm', reason: against };
}

/** Why a model does not run on WebGPU before a check found that it is right there; null for most. */
function unchecked({ title, facts }: ModelEntry): string | null {
  if ((facts?.doubtfulOnWebGpu ?? []).length === 0) return null;
  return `${title} has a convolution of a kind that ONNX Runtime computes wrongly on WebGPU, so it runs on WASM until a check finds WebGPU right.`;
}
