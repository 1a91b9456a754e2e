import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { foreignRequests, launchBrowser, openWatchedPage, readMetrics } from '../helpers/page.ts';
import { sampleTriple } from '../helpers/samples.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('on a host that sends no headers', () => {
  it('restores and measures on one thread, below a sub-path, under its own policy', async () => {
    const url = inject('plainUrl');
    const { page, context, requests, problems } = await openWatchedPage(browser);
    await page.goto(url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
    expect(await policy.getAttribute('content')).toContain("default-src 'none'");
    await page.getByTestId('file-input').setInputFiles(sampleTriple());
    await page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])').waitFor();
    expect(await page.getByTestId('provider').textContent()).toMatch(/WASM.*1 thread/i);
    expect(problems).toEqual([]);
    expect(foreignRequests(requests, url)).toEqual([]);
    await context.close();
  });
});

describe('in a browser without WebGPU', () => {
  it('measures on the float64 reference and says so', async () => {
    const executablePath = findChromium();
    const plain = await chromium.launch({
      args: ['--no-sandbox', '--disable-features=WebGPU', '--disable-gpu'],
      ...(executablePath === undefined ? {} : { executablePath }),
    });
    try {
      const { page } = await openWatchedPage(plain);
      await page.goto(inject('appUrl'));
      expect(await page.evaluate(async () => (await navigator.gpu?.requestAdapter()) ?? null)).toBe(
        null,
      );
      await page.getByTestId('file-input').setInputFiles(sampleTriple());
      await page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])').waitFor();
      expect((await readMetrics(page))['ssim-person']).toBeGreaterThan(0);
      expect(await page.getByTestId('provider').textContent()).toMatch(/WASM/i);
      expect(await page.getByTestId('adapter').textContent()).toMatch(/no WebGPU/i);
      expect(await page.locator('main, body').first().textContent()).toMatch(/float64 reference/i);
    } finally {
      await plain.close();
    }
  });
});

describe('npm start', () => {
  it('serves the app with isolation headers on the next free port and prints one address', async () => {
    // Takes the port that is asked for, so that the next one has to be found.
    const blocker = createServer();
    blocker.listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const server = spawn('node', ['scripts/start.mjs'], {
      env: { ...process.env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let printed = '';
      for await (const chunk of server.stdout) {
        printed += chunk;
        if (printed.includes('http://')) break;
      }
      const addresses = printed.match(/http:\/\/127\.0\.0\.1:\d+\//g) ?? [];
      expect(addresses).toHaveLength(1);
      expect(addresses[0]).not.toContain(`:${port}/`);
      const response = await fetch(addresses[0] ?? '');
      expect(response.status).toBe(200);
      expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    } finally {
      server.kill();
      blocker.close();
    }
  });
});
