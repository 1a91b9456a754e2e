import type { Provider, ProviderChoice } from '../protocol/engine.ts';

export interface ProviderDecision {
  readonly provider: Provider;
  /** Why, as a sentence for the page. */
  readonly reason: string;
}

/**
 * Where the restoration model runs. A software adapter computes the metrics well, but runs a network
 * about fifty times slower than WASM on the same cores, so it is used for a model only when asked for.
 * @param adapter null where the browser offers no WebGPU adapter
 */
export function chooseProvider(
  choice: ProviderChoice,
  adapter: { readonly software: boolean } | null,
): ProviderDecision {
  if (choice === 'wasm') return { provider: 'wasm', reason: 'WASM was asked for in the address.' };
  if (!adapter) {
    const asked = choice === 'webgpu' ? 'WebGPU was asked for, but this' : 'This';
    return {
      provider: 'wasm',
      reason: `${asked} browser offers no WebGPU adapter, so the model runs on WASM.`,
    };
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
