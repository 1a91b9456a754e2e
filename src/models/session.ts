import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { ModelContract, TensorElement } from '../protocol/models.ts';
import type { OrtModule } from './ort.ts';
import { pixelDims, type TensorData, type TensorValues } from './tensor.ts';
import type { Region } from './tiling.ts';

/** What goes into one run. */
export interface Feeds {
  readonly picture: TensorData;
  /** Size of `picture` in pixels. */
  readonly width: number;
  readonly height: number;
  /** Null where the network has no such input. */
  readonly thumbnail: TensorData | null;
  readonly region: Region;
  readonly mask: TensorData | null;
}

export interface SessionOutput {
  /** Where the session's provider keeps it. */
  readonly output: TensorData;
  readonly dims: readonly number[];
  /** Frees the output. */
  release(): void;
}

export interface RestorationSession {
  /**
   * Runs the network once; runs must not overlap.
   * @param as the session's own contract with other ranges or sizes; its own where it is left out
   * @throws {Error} where ONNX Runtime fails or the output is not the contract's
   */
  run(feeds: Feeds, as?: ModelContract): Promise<SessionOutput>;
  release(): Promise<void>;
}

/** A model's bytes, with those of the files its weights lie in under the paths it states. */
export interface ModelBytes {
  readonly onnx: Uint8Array<ArrayBuffer>;
  readonly externalData: readonly { readonly path: string; readonly data: Blob }[];
}

export interface SessionOptions {
  /** Runs on this very device and takes and gives its buffers; null runs on WASM. */
  readonly device: GPUDevice | null;
  /** Free dimensions by name that this session fixes, for static shapes. */
  readonly fixedDimensions?: Readonly<Record<string, number>>;
}

interface Shaped {
  readonly name: string;
  readonly data: TensorData;
  readonly element: TensorElement;
  readonly dims: readonly number[];
}

/** The inputs of one run by the contract. */
function shapedInputs(contract: ModelContract, feeds: Feeds): Shaped[] {
  const { input, thumbnail, region, mask } = contract;
  const channels = 3 * (input.copies ?? 1) + (mask?.kind === 'channel' ? 1 : 0);
  const { element } = input;
  const { height, width } = feeds;
  const dims = pixelDims(input, channels, height, width);
  const shaped: Shaped[] = [{ name: input.name, data: feeds.picture, element, dims }];
  if (thumbnail && feeds.thumbnail) {
    const small = pixelDims(input, 3, ...thumbnail.size);
    shaped.push({ name: thumbnail.name, data: feeds.thumbnail, element, dims: small });
  }
  if (region) {
    const place = { cpu: Float32Array.from(feeds.region) };
    shaped.push({ name: region.name, data: place, element: 'float32', dims: [4] });
  }
  if (mask?.kind === 'tensor' && feeds.mask) {
    const { name } = mask;
    const maskDims = pixelDims(mask, mask.copies ?? 1, height, width);
    shaped.push({ name, data: feeds.mask, element: mask.element, dims: maskDims });
  }
  return shaped;
}

function toTensor(ort: OrtModule, { data, element, dims }: Shaped): Tensor {
  return 'cpu' in data
    ? new ort.Tensor(element, data.cpu, dims)
    : ort.Tensor.fromGpuBuffer(data.gpu, { dataType: element, dims });
}

/** The shape that the contract promises for a picture of this size; null: any of this many sides. */
function wantedDims({ output }: ModelContract, { height, width }: Feeds): (number | null)[] {
  if (output.kind === 'lut') return [1, 3, null, null, null];
  if (output.kind === 'grid') return [1, 12, null, null];
  return [...pixelDims(output, 3, height * output.scale, width * output.scale)];
}

function requireOutput(contract: ModelContract, feeds: Feeds, output: Tensor): void {
  const wanted = wantedDims(contract, feeds);
  const { dims } = output;
  const lead = contract.output.kind === 'lut' && dims.length === 4 ? 1 : 0;
  const fits =
    dims.length === wanted.length - lead &&
    wanted.slice(lead).every((side, i) => side === null || side === dims[i]);
  if (!fits) {
    const shape = wanted.map((side) => side ?? 'n').join('×');
    throw new Error(`its output is ${dims.join('×')}, not ${shape}`);
  }
  const element = contract.output.kind === 'image' ? contract.output.element : 'float32';
  if (output.type !== element) throw new Error(`its output is ${output.type}, not ${element}`);
}

/** The values of an output on the CPU; float16 as its bits, whatever array the browser gives. */
function valuesOf(output: Tensor): TensorValues {
  const data: ArrayBufferView = output.data as Float32Array;
  const { buffer, byteOffset } = data;
  const at = [buffer as ArrayBuffer, byteOffset, output.size] as const;
  if (output.type === 'float32') return new Float32Array(...at);
  return output.type === 'float16' ? new Uint16Array(...at) : new Uint8Array(...at);
}

function sessionOptions(
  { device, fixedDimensions }: SessionOptions,
  externalData: ModelBytes['externalData'],
): InferenceSession.SessionOptions {
  return {
    ...(device
      ? {
          executionProviders: [{ name: 'webgpu', device, storageBufferCacheMode: 'simple' }],
          preferredOutputLocation: 'gpu-buffer',
        }
      : { executionProviders: ['wasm'] }),
    ...(fixedDimensions ? { freeDimensionOverrides: fixedDimensions } : {}),
    ...(externalData.length > 0 ? { externalData: [...externalData] } : {}),
  };
}

function requireNames(contract: ModelContract, session: InferenceSession): void {
  const { input, thumbnail, region, mask, output } = contract;
  const masked = mask?.kind === 'tensor' ? mask.name : undefined;
  const wanted = [input.name, thumbnail?.name, region?.name, masked];
  const inputs = wanted.filter((name) => name !== undefined);
  if (inputs.some((name) => !session.inputNames.includes(name))) {
    const has = session.inputNames.join(', ');
    throw new Error(`its inputs are ${has}, the contract says ${inputs.join(', ')}`);
  }
  if (!session.outputNames.includes(output.name)) {
    const has = session.outputNames.join(', ');
    throw new Error(`its outputs are ${has}, the contract says ${output.name}`);
  }
}

/**
 * A session for a network.
 * @throws {Error} where ONNX Runtime refuses the file or its inputs are not those of the contract
 */
export async function createSession(
  ort: OrtModule,
  model: ModelBytes,
  contract: ModelContract,
  options: SessionOptions,
): Promise<RestorationSession> {
  const session = await ort.InferenceSession.create(
    model.onnx,
    sessionOptions(options, model.externalData),
  );
  try {
    requireNames(contract, session);
  } catch (error) {
    await session.release();
    throw error;
  }
  return {
    async run(feeds, as = contract) {
      const tensors = shapedInputs(as, feeds).map(
        (input) => [input.name, toTensor(ort, input)] as const,
      );
      const results = await session.run(Object.fromEntries(tensors), [contract.output.name]);
      const output = results[contract.output.name];
      if (!output) throw new Error(`it has no output named ${contract.output.name}`);
      try {
        requireOutput(as, feeds, output);
      } catch (error) {
        output.dispose();
        throw error;
      }
      return {
        output: options.device ? { gpu: output.gpuBuffer } : { cpu: valuesOf(output) },
        dims: output.dims,
        release: () => output.dispose(),
      };
    },
    release: () => session.release(),
  };
}
