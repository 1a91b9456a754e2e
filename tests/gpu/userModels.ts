import type { Rgba8 } from '../../src/core/image/types.ts';
import { makeEngine } from '../../src/engine/engine.ts';
import type { EngineApi, ProviderChoice, RestoreOutcome } from '../../src/protocol/engine.ts';
import type { ModelContract, ModelFiles, UserModel } from '../../src/protocol/models.ts';
import type { Result } from '../../src/protocol/result.ts';
import { openTrial } from '../../src/workers/openTrial.ts';
import { makeMask, makePicture } from './helpers.ts';

const MANIFEST = new URL('/models/manifest.json', location.href).href;
/** A network on a software adapter, on a machine that does other things as well. In ms. */
export const SLOW = 480_000;
export const silent = () => undefined;

/** A dim picture, as the fixtures' networks are made for. */
export const dark = (width: number, height: number): Rgba8 =>
  makePicture(width, height, (x, y) => [
    20 + ((x * 5 + y * 3) % 60),
    12 + ((x * x * 3 + y) % 50),
    8 + ((x + y * y * 5) % 40),
  ]);

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

export async function startEngine(choice: ProviderChoice): Promise<EngineApi> {
  const engine = makeEngine(openTrial);
  unwrap(await engine.start(choice, MANIFEST));
  return engine;
}

/** A file of `tests/fixtures/onnx`. */
export async function fetched(name: string): Promise<Blob> {
  const response = await fetch(new URL(`/tests/fixtures/onnx/${name}`, location.href));
  if (!response.ok) throw new Error(`${name} is not there`);
  return response.blob();
}

export async function filesOf(name: string): Promise<ModelFiles> {
  const data = name === 'external' ? ['external.onnx.data'] : [];
  return {
    name: `${name}.onnx`,
    file: await fetched(`${name}.onnx`),
    externalData: await Promise.all(
      data.map(async (file) => ({ name: file, file: await fetched(file) })),
    ),
  };
}

/** Brings a fixture the way a user does: looked into, tried, opened. */
export async function bring(
  engine: EngineApi,
  name: string,
  change: Partial<ModelContract> = {},
): Promise<UserModel> {
  const files = await filesOf(name);
  const found = unwrap(await engine.inspectModel(files, `inspect ${name}`, silent));
  const { title, sha256, bytes, facts, licence, training } = found;
  const id = `user-${sha256.slice(0, 12)}`;
  const contract = { ...found.contract, ...change };
  const about = { id, title, sha256, bytes, facts, licence, training };
  const model: UserModel = { ...about, contract, provider: null };
  unwrap(await engine.openModel(model, files));
  return model;
}

export async function restore(
  engine: EngineApi,
  modelId: string,
  pixels: Rgba8,
  withMask = false,
): Promise<RestoreOutcome> {
  const mask = withMask
    ? { pixels: makeMask(pixels.width, pixels.height, (x, y) => x > y), sha256: 'of the mask' }
    : null;
  const method = { kind: 'model', modelId } as const;
  const job = { jobId: 'restore', fileName: 'dark.png', method, pixels, mask };
  return unwrap(await engine.restore(job, silent));
}
