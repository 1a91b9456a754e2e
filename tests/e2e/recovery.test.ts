import { readFileSync } from 'node:fs';
import type { Page, Worker } from 'playwright';
import { describe, expect, it } from 'vitest';
import type { UploadFile } from '../helpers/samples.ts';
import { network } from './drop.ts';
import { useFreshPages } from './freshPages.ts';

const GOLDEN = 'tests/fixtures/golden';
const golden = (path: string, name: string): UploadFile => ({
  name,
  mimeType: 'image/png',
  buffer: readFileSync(`${GOLDEN}/${path}`),
});

/** Case 003: 97×61, restored in a moment. */
const CASE = [golden('output/003.png', '003_input.png'), golden('gt/003.png', '003_gt.png')];
const CRASH = 'simulated crash';
const RESET = 'ERR_CONNECTION_RESET';

// What the tests break is reported too, and nothing else is.
const watched = useFreshPages({}, (problem) => problem.includes(CRASH) || problem.includes(RESET));

const engines = (page: Page) =>
  page.workers().filter((worker) => worker.url().includes('/engine.worker'));

/** The engine's worker, once it has looked into a model of the user's and keeps it. */
async function engineWithModel(page: Page): Promise<Worker> {
  await page.getByTestId('file-input').setInputFiles([network('curve.onnx')]);
  await page.getByTestId('notice').filter({ hasText: 'curve is ready' }).waitFor();
  const [engine] = engines(page);
  if (engine === undefined) throw new Error('The engine does not run.');
  return engine;
}

/** The case restored by the user's model, and its numbers. */
async function restored(page: Page): Promise<void> {
  await page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])').waitFor();
  await page.getByText('003_curve.png').first().waitFor();
}

describe('work goes on', () => {
  it.each([
    ['crashed', CRASH],
    ['was ended by the browser', 'the browser ended it'],
  ])('after the engine’s worker %s in a restoration, with the user’s model', async (_, reason) => {
    const { page } = watched;
    const engine = await engineWithModel(page);
    await engine.evaluate(
      ([crash, wanted]) => {
        self.addEventListener('message', ({ data }) => {
          if (data?.path?.[0] !== 'restore') return;
          if (wanted === crash) throw new Error(crash);
          self.close();
        });
      },
      [CRASH, reason],
    );
    await page.getByTestId('file-input').setInputFiles(CASE);
    const notice = page.getByTestId('notice').filter({ hasText: 'tried once more' });
    expect(await notice.first().textContent()).toMatch(new RegExp(`003_input\\.png.*${reason}`));
    await restored(page);
    expect(engines(page)).not.toContain(engine);
    await page.reload();
    await restored(page);
  });

  it.each([
    ['the runtime', /ort\.wasm\.min/],
    ['the part that starts its binary', /ort-wasm-simd-threaded.*\.mjs/],
  ])('after %s was lost on its way, once', async (_, file) => {
    const { page } = watched;
    let requests = 0;
    await page.context().route(file, (route) => {
      requests += 1;
      return requests === 1 ? route.abort('connectionreset') : route.continue();
    });
    await page.getByTestId('file-input').setInputFiles(CASE);
    const notice = page.getByTestId('notice').filter({ hasText: 'tried once more' });
    expect(await notice.first().textContent()).toMatch(
      /003_input\.png.*ONNX Runtime did not start/,
    );
    await page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])').waitFor();
    expect(requests).toBeGreaterThan(1);
  });

  it('after the graphics device was lost in a measurement', async () => {
    const { page } = watched;
    const engine = await engineWithModel(page);
    await engine.evaluate(() => {
      const { createCommandEncoder } = GPUDevice.prototype;
      GPUDevice.prototype.createCommandEncoder = function (...values) {
        this.destroy();
        return createCommandEncoder.apply(this, values);
      };
    });
    await page.getByTestId('file-input').setInputFiles(CASE);
    await restored(page);
    await expect.poll(() => engines(page), { timeout: 60_000 }).not.toContain(engine);
    expect(await page.getByTestId('notice').filter({ hasText: 'lost' }).count()).toBe(0);
  });
});
