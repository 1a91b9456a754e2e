import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { OrtModule } from './ort.ts';

/** A picture as a metric's network reads it. */
export interface MetricInput {
  readonly values: Float32Array<ArrayBuffer>;
  /** [1, 3, height, width], or [1, height, width, 3]. */
  readonly dims: readonly number[];
}

/** A network that measures: pictures in, one float32 tensor (a scalar, a map, an embedding) out. */
export interface MetricSession {
  /**
   * Runs the network once; runs must not overlap.
   * @param inputs a picture for every input the session was created with
   * @throws {Error} where ONNX Runtime fails, e.g. out of memory
   */
  run(
    inputs: Readonly<Record<string, MetricInput>>,
  ): Promise<{ readonly dims: readonly number[]; readonly values: Float32Array }>;
  release(): Promise<void>;
}

/**
 * A session for a metric's network.
 * @param ort ONNX Runtime, handed in because browsers and Node load it differently: in a worker
 *   `await loadOrt(...)`, in Node `await import('onnxruntime-web/wasm')`
 * @param inputNames the network must have exactly these inputs
 * @param device runs on it through WebGPU; null runs on WASM
 * @throws {Error} where ONNX Runtime refuses the file or its inputs or outputs are others
 */
export async function createMetricSession(
  ort: Pick<OrtModule, 'InferenceSession' | 'Tensor'>,
  onnx: Uint8Array,
  inputNames: readonly string[],
  device: GPUDevice | null,
): Promise<MetricSession> {
  const options: InferenceSession.SessionOptions = device
    ? { executionProviders: [{ name: 'webgpu', device, storageBufferCacheMode: 'simple' }] }
    : { executionProviders: ['wasm'] };
  const session = await ort.InferenceSession.create(onnx, options);
  const has = session.inputNames.toSorted().join(', ');
  const wanted = inputNames.toSorted().join(', ');
  const [outputName, ...others] = session.outputNames;
  if (has !== wanted || outputName === undefined || others.length > 0) {
    const outputs = session.outputNames.join(', ');
    await session.release();
    throw new Error(
      `it takes ${has} and gives ${outputs}; it must take ${wanted} and give one value`,
    );
  }
  return {
    async run(inputs) {
      const feeds: Record<string, Tensor> = {};
      for (const [name, { values, dims }] of Object.entries(inputs)) {
        feeds[name] = new ort.Tensor('float32', values, dims);
      }
      const output = (await session.run(feeds))[outputName];
      if (output?.type !== 'float32') throw new Error(`its output is ${output?.type}, not float32`);
      const values = (output.data as Float32Array).slice();
      const dims = output.dims.slice();
      output.dispose();
      return { dims, values };
    },
    release: () => session.release(),
  };
}
