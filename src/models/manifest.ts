import type { ModelEntry, TensorContract } from '../protocol/engine.ts';
import type { Result } from '../protocol/result.ts';

/** The manifest schema this build reads; `version` in the file must be the same. */
export const MANIFEST_VERSION = 1;

class ManifestError extends Error {}

type Fields = Record<string, unknown>;

function fields(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new ManifestError(`${where} is not an object`);
}

function text(of: Fields, key: string, where: string): string {
  const value = of[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new ManifestError(`${where}.${key} is not a text`);
}

function whole(of: Fields, key: string, where: string, least: number): number {
  const value = of[key];
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  throw new ManifestError(`${where}.${key} is not a whole number of at least ${least}`);
}

function pair(of: Fields, key: string, where: string): readonly [number, number] {
  const value: unknown = of[key];
  if (Array.isArray(value) && value.length === 2) {
    const [first, second]: unknown[] = value;
    if (typeof first === 'number' && typeof second === 'number') return [first, second];
  }
  throw new ManifestError(`${where}.${key} is not a pair of numbers`);
}

function tensor(of: Fields, key: string, where: string): TensorContract {
  const at = `${where}.${key}`;
  const contract = fields(of[key], at);
  if (contract.layout !== 'NCHW') throw new ManifestError(`${at}.layout is not "NCHW"`);
  if (contract.channels !== 'RGB') throw new ManifestError(`${at}.channels is not "RGB"`);
  const range = pair(contract, 'range', at);
  if (range[0] !== 0 || range[1] !== 1) throw new ManifestError(`${at}.range is not [0, 1]`);
  return { name: text(contract, 'name', at), layout: 'NCHW', channels: 'RGB', range };
}

function scores(value: unknown, where: string): ModelEntry['scores'] {
  const kept: Record<string, number | string> = {};
  for (const [name, score] of Object.entries(fields(value, where))) {
    if (typeof score === 'number' || typeof score === 'string') kept[name] = score;
  }
  return kept;
}

function entry(value: unknown, where: string, manifestUrl: string): ModelEntry {
  const of = fields(value, where);
  if (of.task !== 'restoration') throw new ManifestError(`${where}.task is not "restoration"`);
  const sha256 = text(of, 'sha256', where);
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new ManifestError(`${where}.sha256 is not a SHA-256`);
  const input = fields(of.input, `${where}.input`);
  const sizeMultiple = whole(input, 'sizeMultiple', `${where}.input`, 1);
  const tile = fields(of.tile, `${where}.tile`);
  const size = whole(tile, 'size', `${where}.tile`, sizeMultiple);
  const overlap = whole(tile, 'overlap', `${where}.tile`, 0);
  if (size % sizeMultiple !== 0 || overlap * 2 > size) {
    throw new ManifestError(
      `${where}.tile: the size must be a multiple of ${sizeMultiple} and at least twice the overlap`,
    );
  }
  const thumbnail = of.thumbnail === undefined ? null : fields(of.thumbnail, `${where}.thumbnail`);
  return {
    id: text(of, 'id', where),
    title: text(of, 'title', where),
    file: new URL(text(of, 'file', where), manifestUrl).href,
    bytes: whole(of, 'bytes', where, 1),
    sha256,
    default: of.default === true,
    task: 'restoration',
    licence: text(of, 'licence', where),
    parameters: whole(of, 'parameters', where, 1),
    macs720p: whole(of, 'macs720p', where, 1),
    input: {
      ...tensor(of, 'input', where),
      sizeMultiple,
      minSize: whole(input, 'minSize', `${where}.input`, 1),
    },
    thumbnail: thumbnail && {
      name: text(thumbnail, 'name', `${where}.thumbnail`),
      size: pair(thumbnail, 'size', `${where}.thumbnail`),
    },
    output: tensor(of, 'output', where),
    tile: { size, overlap },
    training: text(of, 'training', where),
    scores: scores(of.scores, `${where}.scores`),
  };
}

/**
 * Checks a parsed `manifest.json` field by field and resolves the model files against its address.
 * @param manifestUrl absolute
 * @returns the models, the default one first; the error names the field that is wrong
 */
export function readManifest(json: unknown, manifestUrl: string): Result<readonly ModelEntry[]> {
  try {
    const manifest = fields(json, 'manifest');
    if (manifest.version !== MANIFEST_VERSION) {
      throw new ManifestError(`version is not ${MANIFEST_VERSION}`);
    }
    if (!Array.isArray(manifest.models) || manifest.models.length === 0) {
      throw new ManifestError('models is empty');
    }
    const models = manifest.models.map((value: unknown, index) =>
      entry(value, `models[${index}]`, manifestUrl),
    );
    return { ok: true, value: models.sort((a, b) => Number(b.default) - Number(a.default)) };
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    const message = `The model list ${manifestUrl} cannot be used: ${error.message}. Correct the file and reload the page.`;
    return { ok: false, error: { kind: 'model-load', message } };
  }
}
