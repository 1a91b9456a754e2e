import type { ModelEntry } from '../protocol/engine.ts';
import type { Result } from '../protocol/result.ts';
import { readContract } from './contractJson.ts';
import { FieldError, fields, text, whole } from './fields.ts';

/** The manifest schema this build reads; `version` in the file must be the same. */
export const MANIFEST_VERSION = 1;

function scores(value: unknown, where: string): ModelEntry['scores'] {
  const kept: Record<string, number | string> = {};
  for (const [name, score] of Object.entries(fields(value, where))) {
    if (typeof score === 'number' || typeof score === 'string') kept[name] = score;
  }
  return kept;
}

function entry(value: unknown, where: string, manifestUrl: string): ModelEntry {
  const of = fields(value, where);
  if (of.task !== 'restoration') throw new FieldError(`${where}.task is not "restoration"`);
  const sha256 = text(of, 'sha256', where);
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new FieldError(`${where}.sha256 is not a SHA-256`);
  fields(of.tile, `${where}.tile`);
  const resolve = (address: string) => new URL(address, manifestUrl).href;
  return {
    id: text(of, 'id', where),
    title: text(of, 'title', where),
    source: { kind: 'built-in', url: resolve(text(of, 'file', where)) },
    bytes: whole(of, 'bytes', where, 1),
    sha256,
    default: of.default === true,
    task: 'restoration',
    licence: text(of, 'licence', where),
    parameters: whole(of, 'parameters', where, 1),
    macs720p: whole(of, 'macs720p', where, 1),
    contract: readContract(of, where),
    facts: null,
    training: text(of, 'training', where),
    scores: scores(of.scores, `${where}.scores`),
    card: typeof of.card === 'string' ? resolve(of.card) : null,
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
      throw new FieldError(`version is not ${MANIFEST_VERSION}`);
    }
    if (!Array.isArray(manifest.models) || manifest.models.length === 0) {
      throw new FieldError('models is empty');
    }
    const models = manifest.models.map((value: unknown, index) =>
      entry(value, `models[${index}]`, manifestUrl),
    );
    return { ok: true, value: models.sort((a, b) => Number(b.default) - Number(a.default)) };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    const message = `The model list ${manifestUrl} cannot be used: ${error.message}. Correct the file and reload the page.`;
    return { ok: false, error: { kind: 'model-load', message } };
  }
}
