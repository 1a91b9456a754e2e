import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../src/models/manifest.ts';

const URL_BASE = 'https://loupe.test/app/models/manifest.json';
const shipped = JSON.parse(readFileSync('public/models/manifest.json', 'utf8'));

function broken(change: (model: Record<string, unknown>) => void): unknown {
  const copy = structuredClone(shipped);
  change(copy.models[0]);
  return copy;
}

describe('readManifest', () => {
  it('reads the shipped list, the default model first', () => {
    const result = readManifest(shipped, URL_BASE);
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value[0]?.default).toBe(true);
    expect(result.value[0]?.source).toEqual({
      kind: 'built-in',
      url: expect.stringMatching(/^https:\/\/loupe\.test\/app\/models\/.+\.onnx$/),
    });
  });

  it('makes the contract of it that results were kept under before contracts had a name', () => {
    const result = readManifest(shipped, URL_BASE);
    if (!result.ok) throw new Error(result.error.message);
    const tensor = { layout: 'NCHW', channels: 'RGB', element: 'float32' };
    const normalisation = { mean: [0, 0, 0], std: [1, 1, 1] };
    expect(result.value[0]?.contract).toEqual({
      input: {
        ...{ ...tensor, normalisation },
        ...{ name: 'input', fixedSize: null, sizeMultiple: 16, minSize: 32 },
      },
      thumbnail: { name: 'thumbnail', size: [128, 128] },
      region: { name: 'region' },
      mask: null,
      output: { ...tensor, normalisation, kind: 'image', name: 'output', scale: 1 },
      tile: { size: 1024, overlap: 64, whole: false, stated: true },
    });
  });

  it('lists files that are there, with their true size and hash', () => {
    for (const model of shipped.models) {
      const file = `public/models/${model.file}`;
      expect(existsSync(file)).toBe(true);
      const bytes = readFileSync(file);
      expect(bytes.length).toBe(model.bytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(model.sha256);
    }
  });

  it.each<[string, (model: Record<string, unknown>) => void, string]>([
    ['a missing id', (model) => delete model.id, 'models[0].id'],
    ['a wrong hash', (model) => Object.assign(model, { sha256: 'abc' }), 'models[0].sha256'],
    ['an unknown task', (model) => Object.assign(model, { task: 'x' }), 'models[0].task'],
    [
      'a tile off the multiple',
      (model) => Object.assign(model, { tile: { size: 1001, overlap: 8 } }),
      'models[0].tile',
    ],
    [
      'an input that is not an object',
      (model) => Object.assign(model, { input: 3 }),
      'models[0].input',
    ],
  ])('names the field: %s', (_, change, field) => {
    const result = readManifest(broken(change), URL_BASE);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.message).toContain(field);
  });

  it.each([[null], [[]], [{ version: 2, models: [] }], [{ version: 1, models: [] }]])(
    'refuses %j',
    (json) => {
      const result = readManifest(json, URL_BASE);
      expect(result).toMatchObject({ ok: false, error: { kind: 'model-load' } });
    },
  );
});
