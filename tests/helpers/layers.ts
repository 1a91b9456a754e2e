import { posix } from 'node:path';

/**
 * Which layer may import which, straight from ARCHITECTURE.md. A layer may always import itself.
 * `shaders` are the WGSL sources; `packages` are the npm packages that belong to that layer alone.
 */
export const LAYERS: Record<string, { layers: readonly string[]; packages: readonly RegExp[] }> = {
  // Checks of files from outside, as data: valibot has no effects and no environment.
  core: { layers: [], packages: [/^valibot$/] },
  protocol: { layers: ['core'], packages: [] },
  codecs: {
    layers: ['core', 'protocol'],
    packages: [/^@jsquash\/jpeg(\/|$)/, /^@zip\.js\/zip\.js(\/|$)/],
  },
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
    packages: [/^comlink$/, /^solid-js(\/|$)/, /^valibot$/],
  },
  ui: {
    layers: ['core', 'app'],
    packages: [
      /^solid-js(\/|$)/,
      /^lucide-solid(\/|$)/,
      /^uplot(\/|$)/,
      /^@tanstack\/solid-virtual$/,
    ],
  },
  main: { layers: ['app', 'ui'], packages: [/^solid-js(\/|$)/] },
  cli: {
    // `.` is the project's root, from where Node serves the sources.
    layers: ['core', 'protocol', 'codecs', 'gpu', 'models', 'engine', 'public', 'scripts', '.'],
    packages: [/^node:/, /^onnxruntime-web(\/|$)/, /^vite$/, /^webgpu$/],
  },
};

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|new URL\(\s*)(['"])([^'"]+)\1/g;

/** The module specifiers a source file imports, statically, dynamically or as a worker's address. */
export function importsOf(source: string): string[] {
  return Array.from(source.matchAll(IMPORT), (match) => match[2] ?? '');
}

/** The layer of a file below `src`, or the folder at the top that it lies in. */
function layerOf(file: string): string | undefined {
  return /^src\/([^/.]+)[/.]/.exec(file)?.[1] ?? /^([^/]+)\//.exec(file)?.[1];
}

/**
 * Forbidden imports of one file.
 * @param file path from the project's root with forward slashes, e.g. `src/core/stats/mean.ts`
 * @returns a sentence for each; empty where the file keeps the rules
 */
export function forbiddenImports(file: string, source: string): string[] {
  const layer = layerOf(file);
  const rule = layer === undefined ? undefined : LAYERS[layer];
  if (layer === undefined || !rule) return [];
  return importsOf(source).flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      const isPackage = /^[@a-z]/.test(specifier);
      const allowed = !isPackage || rule.packages.some((pattern) => pattern.test(specifier));
      return allowed ? [] : [`${file} imports the package ${specifier}`];
    }
    const target = posix.join(posix.dirname(file), specifier);
    const to = layerOf(target) ?? target;
    if (to === layer || rule.layers.includes(to)) {
      // The app reaches workers by their address only: their code must not be bundled into the page.
      const bundled =
        layer === 'app' && to === 'workers' && !source.includes(`new URL('${specifier}'`);
      return bundled ? [`${file} imports the worker ${specifier} instead of starting it`] : [];
    }
    return [`${file} imports ${specifier}: ${layer} must not know ${to}`];
  });
}
