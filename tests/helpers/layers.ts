import { posix } from 'node:path';

/**
 * Which layer may import which, straight from ARCHITECTURE.md. A layer may always import itself.
 * `shaders` are the WGSL sources; `packages` are the npm packages that belong to that layer alone.
 */
export const LAYERS: Record<string, { layers: readonly string[]; packages: readonly RegExp[] }> = {
  core: { layers: [], packages: [] },
  protocol: { layers: ['core'], packages: [] },
  codecs: { layers: ['core', 'protocol'], packages: [/^@jsquash\/jpeg(\/|$)/] },
  gpu: { layers: ['core', 'shaders'], packages: [] },
  models: { layers: ['core', 'protocol'], packages: [/^onnxruntime-web\//] },
  storage: { layers: ['core', 'protocol'], packages: [/^idb-keyval$/] },
  engine: { layers: ['core', 'protocol', 'codecs', 'gpu', 'models'], packages: [] },
  workers: {
    layers: ['core', 'protocol', 'codecs', 'gpu', 'models', 'storage', 'engine'],
    packages: [/^comlink$/],
  },
  app: {
    layers: ['core', 'protocol', 'storage', 'workers'],
    packages: [/^comlink$/, /^solid-js(\/|$)/],
  },
  ui: { layers: ['core', 'app'], packages: [/^solid-js(\/|$)/, /^lucide-solid(\/|$)/] },
};

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|new URL\(\s*)(['"])([^'"]+)\1/g;

/** The module specifiers a source file imports, statically, dynamically or as a worker's address. */
export function importsOf(source: string): string[] {
  return Array.from(source.matchAll(IMPORT), (match) => match[2] ?? '');
}

/**
 * Forbidden imports of one file.
 * @param file path from the project's root with forward slashes, e.g. `src/core/stats/mean.ts`
 * @returns a sentence for each; empty where the file keeps the rules
 */
export function forbiddenImports(file: string, source: string): string[] {
  const layer = /^src\/([^/]+)\//.exec(file)?.[1];
  const rule = layer === undefined ? undefined : LAYERS[layer];
  if (layer === undefined || !rule) return [];
  return importsOf(source).flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      const isPackage = /^[@a-z]/.test(specifier);
      const allowed = !isPackage || rule.packages.some((pattern) => pattern.test(specifier));
      return allowed ? [] : [`${file} imports the package ${specifier}`];
    }
    const target = posix.join(posix.dirname(file), specifier);
    const to = /^src\/([^/]+)\//.exec(target)?.[1] ?? /^([^/]+)\//.exec(target)?.[1] ?? target;
    if (to === layer || rule.layers.includes(to)) {
      // The app reaches workers by their address only: their code must not be bundled into the page.
      const bundled =
        layer === 'app' && to === 'workers' && !source.includes(`new URL('${specifier}'`);
      return bundled ? [`${file} imports the worker ${specifier} instead of starting it`] : [];
    }
    return [`${file} imports ${specifier}: ${layer} must not know ${to}`];
  });
}
