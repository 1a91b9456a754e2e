#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/*
 * The command line runs the very modules the page runs. Vite loads them: TypeScript and WGSL sources
 * (`?raw`) work as in the browser and nothing has to be built first.
 */
const server = await createServer({
  root: fileURLToPath(new URL('..', import.meta.url)),
  configFile: false,
  envFile: false,
  logLevel: 'silent',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true, include: [] },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
try {
  const { run } = await server.ssrLoadModule('/cli/run.ts');
  process.exitCode = await run(process.argv.slice(2));
} finally {
  await server.close();
}
