import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { ModelEntry } from '../protocol/engine.ts';
import type { OrtModule } from './ort.ts';

/** A planar float picture on the CPU or on the GPU; `gpu` buffers belong to whoever made them. */
export type Planes = { readonly cpu: Float32Array } | { readonly gpu: GPUBuffer };

export interface RestorationSession {
  /**
   * Runs the network once.
   * @param planes shape [3, height, width]
   * @param thumbnail shape [3, h, w] of the manifest; null where the network has no such input
   * @returns shape [3, height, width], where the session's provider keeps it; call `release` after use
   */
  run(
    planes: Planes,
    width: number,
    height: number,
    thumbnail: Planes | null,
  ): Promise<{ readonly output: Planes; release(): void }>;
  release(): Promise<void>;
}

function toTensor(ort: OrtModule, planes: Planes, dims: number[]): Tensor {
  return 'cpu' in planes
    ? new ort.Tensor('float32', planes.cpu, dims)
    : ort.Tensor.fromGpuBuffer(planes.gpu, { dataType: 'float32', dims });
}

/**
 * A session for one network of the manifest. With a device it runs on that very device and takes and
 * gives GPU buffers; without one it runs on WASM.
 * @throws {Error} where ONNX Runtime refuses the file or its inputs are not those of the manifest
 */
export async function createSession(
  ort: OrtModule,
  model: Uint8Array,
  entry: ModelEntry,
  device: GPUDevice | null,
): Promise<RestorationSession> {
  const options: InferenceSession.SessionOptions = device
    ? {
        executionProviders: [{ name: 'webgpu', device, storageBufferCacheMode: 'simple' }],
        preferredOutputLocation: 'gpu-buffer',
      }
    : { executionProviders: ['wasm'] };
  const session = await ort.InferenceSession.create(model, options);
  const wanted = [entry.input.name, ...(entry.thumbnail ? [entry.thumbnail.name] : [])];
  if (wanted.some((name) => !session.inputNames.includes(name))) {
    const has = session.inputNames.join(', ');
    await session.release();
    throw new Error(`its inputs are ${has}, the model list says ${wanted.join(', ')}`);
  }
  return {
    async run(planes, width, height, thumbnail) {
      const feeds: Record<string, Tensor> = {
        [entry.input.name]: toTensor(ort, planes, [1, 3, height, width]),
      };
      if (entry.thumbnail && thumbnail) {
        feeds[entry.thumbnail.name] = toTensor(ort, thumbnail, [1, 3, ...entry.thumbnail.size]);
      }
      const results = await session.run(feeds);
      const output = results[entry.output.name];
      if (!output) throw new Error(`it has no output named ${entry.output.name}`);
      const [, channels, h, w] = output.dims;
      if (channels !== 3 || h !== height || w !== width) {
        output.dispose();
        throw new Error(`its output is ${output.dims.join('×')}, not 1×3×${height}×${width}`);
      }
      return {
        output: device ? { gpu: output.gpuBuffer } : { cpu: output.data as Float32Array },
        release: () => output.dispose(),
      };
    },
    release: () => session.release(),
  };
}
