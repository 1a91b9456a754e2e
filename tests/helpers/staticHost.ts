import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
};

/** Reads the headers of the `/*` block of a `_headers` file, as hosts that know the format do. */
export function parseHeaders(source: string): Record<string, string> {
  const lines = source.split('\n').filter((line) => line.startsWith('  '));
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

/**
 * A plain static host that serves a folder below `subPath` of 127.0.0.1 and nothing else.
 * @param honoursHeaders whether it reads the folder's `_headers`; many hosts do not
 */
export async function startStaticHost(
  folder: string,
  subPath: string,
  honoursHeaders: boolean,
): Promise<{ url: string; stop(): Promise<void> }> {
  const headers = honoursHeaders
    ? parseHeaders(await readFile(join(folder, '_headers'), 'utf8'))
    : {};
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const inside = path.startsWith(subPath) ? normalize(path.slice(subPath.length)) : '..';
    const file = join(folder, inside === '.' || inside === '' ? 'index.html' : inside);
    try {
      if (inside.startsWith('..')) throw new Error('outside the folder');
      const body = await readFile(file);
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { ...headers, 'Content-Type': type }).end(body);
    } catch {
      response.writeHead(404).end('not found');
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${subPath}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
