import webgpuGlue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import webgpuBinary from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import wasmGlue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type * as Ort from 'onnxruntime-web/wasm';
import type { Provider } from '../protocol/engine.ts';

export type OrtModule = typeof Ort;

/** More threads than this gain nothing on networks of this size. */
const MOST_THREADS = 8;

/**
 * WASM threads worth starting: none without cross-origin isolation (no SharedArrayBuffer), all cores
 * of a small machine, half of a bigger one, where logical processors usually share a core.
 */
export function threadCount(isolated: boolean, processors: number): number {
  if (!isolated) return 1;
  return Math.max(1, Math.min(MOST_THREADS, processors <= 4 ? processors : processors >> 1));
}

/**
 * Loads the build of ONNX Runtime that the provider needs, from our own origin. The WASM-only build
 * is half the download, so machines without a GPU never fetch the WebGPU one. The glue code is handed
 * over as a file of its own: its threads start from that file and not from a copy of our worker.
 */
export async function loadOrt(provider: Provider, threads: number): Promise<OrtModule> {
  const webgpu = provider === 'webgpu';
  const ort: OrtModule = webgpu
    ? await import('onnxruntime-web/webgpu')
    : await import('onnxruntime-web/wasm');
  const absolute = (url: string) => new URL(url, import.meta.url).href;
  ort.env.wasm.wasmPaths = {
    mjs: absolute(webgpu ? webgpuGlue : wasmGlue),
    wasm: absolute(webgpu ? webgpuBinary : wasmBinary),
  };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
}
