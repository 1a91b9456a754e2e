import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { startStaticHost } from '../helpers/staticHost.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The built app below a sub-path, on a host that honours `_headers`. */
    appUrl: string;
    /** The same on a host that sends no headers: no isolation, no threads. */
    plainUrl: string;
  }
}

/**
 * Serves a copy of the built app for all e2e tests; builds it first unless the test command just did.
 * A copy: `npm start`, which one of them runs beside the others, empties `dist` and builds it anew.
 */
export default async function setup(project: TestProject) {
  if (process.env.LOUPE_BUILT !== '1') await build({ logLevel: 'warn' });
  const folder = mkdtempSync(join(tmpdir(), 'loupe-e2e-'));
  cpSync('dist', folder, { recursive: true });
  const host = await startStaticHost(folder, '/loupe/', true);
  const plain = await startStaticHost(folder, '/some/where/', false);
  project.provide('appUrl', host.url);
  project.provide('plainUrl', plain.url);
  return async () => {
    await host.stop();
    await plain.stop();
    rmSync(folder, { recursive: true });
  };
}
