import { availableParallelism } from 'node:os';
import { type OrtModule, threadCount } from '../src/models/ort.ts';

let loaded: Promise<OrtModule> | null = null;

async function load(): Promise<OrtModule> {
  // In Node the bare package is a WASM build that reads its files with fs and can start threads.
  const ort: OrtModule = await import('onnxruntime-web');
  ort.env.wasm.numThreads = threadCount(true, availableParallelism());
  ort.env.logLevel = 'error';
  return ort;
}

/** ONNX Runtime's WASM build for Node. Loaded once. */
export function loadOrtInNode(): Promise<OrtModule> {
  loaded ??= load();
  return loaded;
}
