import type { ModelTwin } from '../protocol/engine.ts';
import type { Result } from '../protocol/result.ts';
import { FieldError, type Fields, fields, text, whole } from './fields.ts';

/** The manifest schema this build reads; `version` in the file must be the same. */
const MANIFEST_VERSION = 1;

/** Where a network's file lies and what it must be. @throws {FieldError} */
export function readFile(of: Fields, where: string, manifestUrl: string): ModelTwin {
  const sha256 = text(of, 'sha256', where);
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new FieldError(`${where}.sha256 is not a SHA-256`);
  return {
    url: new URL(text(of, 'file', where), manifestUrl).href,
    bytes: whole(of, 'bytes', where, 1),
    sha256,
  };
}

/** Numbers and texts by name; the rest is left out. @throws {FieldError} */
export function readScores(value: unknown, where: string): Record<string, number | string> {
  const kept: Record<string, number | string> = {};
  for (const [name, score] of Object.entries(fields(value, where))) {
    if (typeof score === 'number' || typeof score === 'string') kept[name] = score;
  }
  return kept;
}

/** What `read` finds in a parsed manifest of this version; the error names the field that is wrong. */
export function readList<T>(
  json: unknown,
  manifestUrl: string,
  read: (manifest: Fields) => T,
): Result<T> {
  try {
    const manifest = fields(json, 'manifest');
    if (manifest.version !== MANIFEST_VERSION) {
      throw new FieldError(`version is not ${MANIFEST_VERSION}`);
    }
    return { ok: true, value: read(manifest) };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    const message = `The model list ${manifestUrl} cannot be used: ${error.message}. Correct the file and reload the page.`;
    return { ok: false, error: { kind: 'model-load', message } };
  }
}
