import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forbiddenImports, LAYERS } from '../helpers/layers.ts';

const files = ['src', 'cli']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file.replaceAll('\\', '/')}`,
    ),
  )
  .filter((file) => /\.(tsx?|mjs)$/.test(file) && !file.endsWith('.d.ts'));

describe('layers', () => {
  it('knows every folder of src', () => {
    const folders = new Set(files.map((file) => /^src\/([^/.]+)/.exec(file)?.[1] ?? 'cli'));
    expect([...folders].filter((folder) => LAYERS[folder ?? ''] === undefined)).toEqual([]);
  });

  it('are imported one way only', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap((file) => forbiddenImports(file, readFileSync(file, 'utf8')))).toEqual([]);
  });

  it.each([
    ['src/core/a.ts', "import { x } from '../gpu/x.ts';"],
    ['src/core/a.ts', "import 'solid-js';"],
    ['src/main.tsx', "import { x } from './engine/x.ts';"],
    ['cli/a.ts', "import { x } from '../src/app/x.ts';"],
    ['src/gpu/a.ts', "import type { X } from '../models/x.ts';"],
    ['src/models/a.ts', "const x = await import('../gpu/x.ts');"],
    ['src/app/a.ts', "import { get } from 'idb-keyval';"],
    ['src/app/a.ts', "import { api } from '../workers/engine.worker.ts';"],
    ['src/ui/a.tsx', "export { x } from '../engine/x.ts';"],
    ['src/protocol/a.ts', "import x from '../../shaders/x.wgsl?raw';"],
  ])('finds a forbidden import in %s: %s', (file, source) => {
    expect(forbiddenImports(file, source)).toHaveLength(1);
  });

  it.each([
    ['src/gpu/a.ts', "import x from '../../shaders/passes/x.wgsl?raw';"],
    ['src/app/a.ts', "new Worker(new URL('../workers/engine.worker.ts', import.meta.url));"],
    ['src/engine/a.ts', "import { x } from '../gpu/x.ts';\nimport { y } from './y.ts';"],
  ])('lets an allowed import in %s pass: %s', (file, source) => {
    expect(forbiddenImports(file, source)).toEqual([]);
  });
});
