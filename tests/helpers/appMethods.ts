import { createHash } from 'node:crypto';
import { Failure } from '../../src/engine/failure.ts';
import type { Provider } from '../../src/protocol/engine.ts';
import type {
  LutEntry,
  MethodRef,
  ModelContract,
  ModelFacts,
  ModelFiles,
  ModelInspection,
  UserModel,
} from '../../src/protocol/models.ts';

/*
 * Methods of the tests' engine. A model's file is a text: "gain 3" multiplies every value; "gain in
 * w.data" has its number in another file; "question" behind it leaves the range a guess. A LUT's file
 * is "lut 0.5". "mask" in a model's file lets it see the person mask. A contract that is not [0, 1] doubles what comes out, so that it can be told apart.
 */

const UNIT = { mean: [0, 0, 0], std: [1, 1, 1] } as const;

/** A contract of [0, 1], NCHW, RGB. */
export const CONTRACT: ModelContract = {
  input: {
    name: 'x',
    layout: 'NCHW',
    channels: 'RGB',
    element: 'float32',
    normalisation: UNIT,
    fixedSize: null,
    sizeMultiple: 1,
    minSize: 1,
  },
  thumbnail: null,
  mask: null,
  output: {
    kind: 'image',
    name: 'y',
    layout: 'NCHW',
    channels: 'RGB',
    element: 'float32',
    normalisation: UNIT,
    scale: 1,
  },
  tile: { size: 8, overlap: 2, whole: false },
};

export const FACTS: ModelFacts = {
  opset: 17,
  producer: 'test',
  parameters: 1,
  macs720p: 921_600,
  macsComplete: true,
  peakActivationBytes720p: 1,
  precision: 'float32',
  operators: [{ name: 'Mul', count: 1 }],
  missingOnWebGpu: [],
  globalOperators: [],
  inputs: [{ name: 'x', element: 'float32', dims: [1, 3, 'h', 'w'] }],
  outputs: [{ name: 'y', element: 'float32', dims: [1, 3, 'h', 'w'] }],
};

const sha256Of = async (file: Blob): Promise<string> =>
  createHash('sha256')
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest('hex');

/** The gain that a model's files give. @throws {Failure} with a sentence */
async function gainOf({ name, file, externalData }: ModelFiles): Promise<number> {
  const text = await file.text();
  const [, where] = /gain in (\S+)/.exec(text) ?? [];
  const beside = externalData.find((entry) => entry.name === where)?.file;
  if (where !== undefined && beside === undefined) {
    throw new Failure('missing-file', `${name} needs the file ${where}: drop both together.`);
  }
  const gain = Number(beside === undefined ? /gain (\S+)/.exec(text)?.[1] : await beside.text());
  if (!Number.isFinite(gain)) throw new Failure('model-load', `${name} is not a model.`);
  return gain;
}

const GAINS: Readonly<Record<string, number>> = {
  double: 2,
  triple: 3,
  'auto-gamma': 1.2,
  'percentile-stretch': 1.4,
  clahe: 1.6,
  'global-tone': 1.8,
};

interface Own {
  readonly gain: () => Promise<number>;
  readonly contract: ModelContract | null;
  readonly sha256: string;
}

/** What one worker knows of the user's methods: gone with it. */
export class TestMethods {
  readonly #own = new Map<string, Own>();
  readonly #providers = new Map<string, Provider>();

  async inspect(files: ModelFiles): Promise<ModelInspection> {
    await gainOf(files);
    const text = await files.file.text();
    const asks = text.includes('question');
    return {
      title: files.name.replace(/\.onnx$/, ''),
      fileName: files.name,
      bytes: files.file.size,
      sha256: await sha256Of(files.file),
      contract: text.includes('mask') ? { ...CONTRACT, mask: { kind: 'channel' } } : CONTRACT,
      guesses: asks ? [{ property: 'range', known: 'guess', reason: 'Nothing says it.' }] : [],
      facts: FACTS,
      licence: null,
      training: null,
      warnings: [],
    };
  }

  async tryContract(files: ModelFiles, contract: ModelContract): Promise<readonly string[]> {
    await gainOf(files);
    return contract.input.sizeMultiple > 64 ? ['It needs a lot of room.'] : [];
  }

  openModel(model: UserModel, files: ModelFiles): void {
    const { id, contract, sha256, provider } = model;
    this.#own.set(id, { gain: () => gainOf(files), contract, sha256 });
    this.setProvider(id, provider);
  }

  async openLut(file: Blob, fileName: string): Promise<LutEntry> {
    const gain = Number(/^lut (\S+)/.exec(await file.text())?.[1]);
    if (!Number.isFinite(gain)) throw new Failure('model-load', `${fileName}, line 1: no LUT.`);
    const sha256 = await sha256Of(file);
    const id = `lut-${sha256.slice(0, 12)}`;
    this.#own.set(id, { gain: async () => gain, contract: null, sha256 });
    const title = fileName.replace(/\.cube$/, '');
    return { id, title, fileName, sha256, bytes: file.size, size: 2, macs720p: 1 };
  }

  close(id: string): void {
    this.#own.delete(id);
  }

  setProvider(id: string, provider: Provider | null): void {
    if (provider === null) this.#providers.delete(id);
    else this.#providers.set(id, provider);
  }

  idOf(method: MethodRef): string {
    if (method.kind === 'lut') return method.lutId;
    return method.kind === 'model' ? method.modelId : method.id;
  }

  /** What decides the output besides the pixels. @throws {Failure} where the worker does not know it */
  settings(method: MethodRef, maskSha256: string | null) {
    const id = this.idOf(method);
    const own = this.#own.get(id);
    if (own === undefined && GAINS[id] === undefined) {
      throw new Failure('model-load', `There is no model “${id}”.`);
    }
    return {
      modelId: id,
      modelSha256: own?.sha256 ?? `sha-of-${id}`,
      provider: this.#providers.get(id) ?? null,
      ...(own?.contract ? { contract: own.contract } : {}),
      ...(own?.contract?.mask && maskSha256 !== null ? { mask: maskSha256 } : {}),
    };
  }

  /** What every value is multiplied by; a mask that is seen adds a tenth. */
  async gain(method: MethodRef, hasMask: boolean): Promise<number> {
    const id = this.idOf(method);
    const own = this.#own.get(id);
    if (own === undefined) return GAINS[id] ?? 1;
    const isUnit = (own.contract?.input.normalisation.std[0] ?? 1) === 1;
    const seen = own.contract?.mask && hasMask ? 1.1 : 1;
    return (await own.gain()) * (isUnit ? 1 : 2) * seen;
  }
}
