import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { binariseMask, greyFromRgba } from '../../src/core/image/mask.ts';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { RAIM_METRIC_IDS, REGION_IDS } from '../../src/core/metrics/types.ts';
import { decodeInNode } from '../helpers/goldenNode.ts';
import {
  ARTEFACTS,
  foreignRequests,
  launchBrowser,
  openWatchedPage,
  readMetrics,
  showFailure,
} from '../helpers/page.ts';
import { sampleTriple } from '../helpers/samples.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it('restores, measures, downloads, and finds everything again after a reload', async ({
  onTestFailed,
  task,
}) => {
  const url = inject('appUrl');
  const { page, context, requests, problems } = await openWatchedPage(browser);
  onTestFailed(() => showFailure(page, task.name, problems));
  await page.goto(url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);

  const files = sampleTriple();
  await page.getByTestId('file-input').setInputFiles(files);
  await page.locator('[data-testid="metric-deltae-person"]:not([data-value=""])').waitFor();
  const shown = await readMetrics(page);
  await page.screenshot({ path: `${ARTEFACTS}/spine-done.png` });
  expect(await page.getByTestId('provider').textContent()).toMatch(/WASM/);
  expect(await page.getByTestId('adapter').textContent()).toMatch(/SwiftShader/i);

  // The downloaded file itself is measured here in Node, by the reference.
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('download-restored').click(),
  ]);
  expect(download.suggestedFilename()).toBe('001_restored.png');
  const png = new Uint8Array(readFileSync(await download.path()));
  const decode = async (bytes: Uint8Array<ArrayBuffer>, name: string) =>
    (await decodeInNode(bytes, name)).pixels;
  const [input, gt, mask] = await Promise.all(
    files.map((file) => decode(new Uint8Array(file.buffer), file.name)),
  );
  if (!input || !gt || !mask) throw new Error('the sample could not be decoded');
  const restored = await decode(png, 'restored.png');
  expect([restored.width, restored.height]).toEqual([input.width, input.height]);
  const person = binariseMask(greyFromRgba(mask), gt.width, gt.height);
  const expected = measureReference(restored, gt, person);
  for (const metric of RAIM_METRIC_IDS) {
    for (const region of REGION_IDS) {
      const value = shown[`${metric}-${region}`];
      expect(Math.abs((value ?? Number.NaN) - (expected[metric][region] ?? 0))).toBeLessThan(1e-6);
    }
  }
  // It restored: the result is far nearer to the ground truth than the input was.
  const before = measureReference(input, gt, person);
  expect(expected.psnr.person ?? 0).toBeGreaterThan((before.psnr.person ?? 0) + 3);

  // A reload finds it all without running anything: no model is even fetched.
  const requestsBefore = requests.length;
  await page.reload();
  await page.locator('[data-testid="metric-deltae-person"]:not([data-value=""])').waitFor();
  expect(await readMetrics(page)).toEqual(shown);
  await page.getByTestId('provider').filter({ hasText: /WASM/ }).waitFor();
  // The page itself says that nothing was computed: the numbers and the picture are the kept ones.
  await page.getByText('From storage; measured by').waitFor();
  await page.getByText(/From storage; .* made it/).waitFor();
  const sinceReload = requests.slice(requestsBefore);
  expect(sinceReload.filter((request) => /\.onnx|ort-wasm/.test(request))).toEqual([]);
  await page.screenshot({ path: `${ARTEFACTS}/spine-reloaded.png` });

  expect(problems).toEqual([]);
  expect(foreignRequests(requests, url)).toEqual([]);
  await context.close();
});
