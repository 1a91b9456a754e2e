import { readFileSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';
import {
  CONTENT_SECURITY_POLICY,
  ISOLATION_HEADERS,
  PRODUCTION_HEADERS,
} from './config/headers.ts';
import { CHROMIUM_ARGS, findChromium } from './scripts/lib/chromium.mjs';

/**
 * What a deployed copy carries besides the app: the policy inside index.html, `_headers` (read by
 * several static hosts) and the notices of the libraries it contains.
 */
function deployment(): Plugin {
  return {
    name: 'loupe-deployment',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      const lines = Object.entries(PRODUCTION_HEADERS).map(
        ([name, value]) => `  ${name}: ${value}`,
      );
      this.emitFile({
        type: 'asset',
        fileName: '_headers',
        source: `/*\n${lines.join('\n')}\n`,
      });
      this.emitFile({
        type: 'asset',
        fileName: 'third-party-notices.txt',
        source: readFileSync('THIRD_PARTY_NOTICES.md'),
      });
    },
  };
}

const executablePath = findChromium();

/** After the unit tests; a page waits as much as it computes, so two fill the cores one leaves idle. */
const BROWSERS = { maxWorkers: 2, sequence: { groupOrder: 1 } };

export default defineConfig({
  base: './',
  plugins: [solid(), deployment()],
  resolve: {
    // onnxruntime-web without inlined glue code: its threads must start from their own file, not
    // from a copy of our worker.
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 },
  optimizeDeps: { exclude: ['onnxruntime-web', '@jsquash/jpeg'] },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: PRODUCTION_HEADERS },
  test: {
    environment: 'node',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts'],
          testTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['tests/gpu/**/*.test.ts'],
          testTimeout: 120_000,
          ...BROWSERS,
          browser: {
            enabled: true,
            // SwiftShader uses all cores by itself: files in parallel would only fight each other.
            fileParallelism: false,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: CHROMIUM_ARGS,
                ...(executablePath === undefined ? {} : { executablePath }),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/serve.ts'],
          testTimeout: 400_000,
          hookTimeout: 120_000,
          // A busy machine takes its time; timing never decides a test.
          expect: { poll: { timeout: 60_000 } },
          ...BROWSERS,
        },
      },
    ],
  },
});
