import { SHADER_LIBRARY } from './library.ts';
import { composeShader } from './shader.ts';

/**
 * The compute pipelines of one device. A pass that is built twice compiles once; what a pipeline
 * depends on is its code and the values of its `override` constants.
 */
export class PipelineCache {
  readonly #device: GPUDevice;
  readonly #pipelines = new Map<string, GPUComputePipeline>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /**
   * The pipeline of a pass: `source` is a file of `shaders/passes` whose entry point is `main`.
   * Compile errors reach the context's error listener.
   */
  compute(
    label: string,
    source: string,
    constants: Readonly<Record<string, number>> = {},
  ): GPUComputePipeline {
    const code = composeShader(source, SHADER_LIBRARY);
    const key = JSON.stringify([code, Object.entries(constants).sort()]);
    const known = this.#pipelines.get(key);
    if (known !== undefined) return known;
    const pipeline = this.#device.createComputePipeline({
      label,
      layout: 'auto',
      compute: {
        module: this.#device.createShaderModule({ label, code }),
        entryPoint: 'main',
        constants: { ...constants },
      },
    });
    this.#pipelines.set(key, pipeline);
    return pipeline;
  }
}
