import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

/**
 * Builds the app into a folder of its own and serves it until the task is done.
 * @param {(address: string) => Promise<void>} task
 */
export async function withBuiltApp(task) {
  const outDir = mkdtempSync(join(tmpdir(), 'loupe-app-'));
  try {
    await build({ logLevel: 'error', build: { outDir } });
    const server = await preview({
      logLevel: 'error',
      build: { outDir },
      preview: { host: '127.0.0.1', port: 0 },
    });
    const address = server.resolvedUrls?.local[0];
    if (!address) throw new Error('The server has no address.');
    await task(address).finally(() => server.close());
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
