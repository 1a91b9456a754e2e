/** WGSL libraries by name (file name without extension). */
export type ShaderLibrary = Readonly<Record<string, string>>;

const USE_LINE = /^\/\/ use: (.+)$/gm;

/** The libraries that a source asks for with `// use: name, name` lines, in order. */
function usedBy(source: string): string[] {
  return [...source.matchAll(USE_LINE)].flatMap((line) =>
    (line[1] ?? '').split(',').map((name) => name.trim()),
  );
}

/**
 * Puts the libraries that `source` uses, and those that they use, in front of it, each once. WGSL
 * has no imports; a comment keeps every file valid WGSL for editors.
 * @throws Error when a library does not exist or uses itself, directly or through others.
 */
export function composeShader(source: string, library: ShaderLibrary): string {
  const parts: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      throw new Error(`Shader library used by itself: ${[...path, name].join(' → ')}`);
    }
    if (done.has(name)) return;
    const text = library[name];
    if (text === undefined) throw new Error(`No shader library is called "${name}"`);
    for (const used of usedBy(text)) visit(used, [...path, name]);
    done.add(name);
    parts.push(text);
  };
  for (const name of usedBy(source)) visit(name, []);
  return [...parts, source].join('\n');
}
