import type { ShaderLibrary } from './shader.ts';

const FILES = import.meta.glob<string>('../../shaders/lib/*.wgsl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** All of `shaders/lib`, by file name without extension. */
export const SHADER_LIBRARY: ShaderLibrary = Object.fromEntries(
  Object.entries(FILES).map(([path, text]) => [path.replace(/^.*\/|\.wgsl$/g, ''), text]),
);
