import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { ARTEFACTS, launchBrowser, openWatchedPage } from '../helpers/page.ts';
import { dropOnWindow, network } from './drop.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const picture = (folder: string, name: string) => ({
  name,
  mimeType: 'image/png',
  buffer: readFileSync(`tests/fixtures/golden/${folder}/003.png`),
});

it('metrics that are dropped as networks are listed, measure, stay and can be removed', {
  timeout: 120_000,
}, async () => {
  const { page, context, problems } = await openWatchedPage(browser);
  page.setDefaultTimeout(60_000);
  await page.goto(inject('appUrl'));
  await dropOnWindow(page, [
    picture('gt', '003_gt.png'),
    picture('output', '003_output.png'),
    picture('mask_personmask', '003_mask.png'),
    network('metric-map.onnx'),
    network('metric-single.onnx'),
  ]);
  const value = (id: string) => page.getByTestId(`metric-${id}`);
  const measured = (id: string) =>
    page.locator(`[data-testid="metric-${id}"]:not([data-value=""])`).waitFor();
  const [map, single] = ['onnx:fixture-map@5863a56f-person', 'onnx:fixture-single@9bb1ef11-global'];
  await measured(map);
  await measured(single);
  const before = await value(single).getAttribute('data-value');
  const section = page.getByTestId('learned-metrics');
  expect(await section.textContent()).toContain('no-reference: of each picture alone');
  expect(await section.textContent()).toContain('alexnet-owt-7be5be79.pth');
  await section.scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${ARTEFACTS}/learned-metrics.png` });
  await page.reload();
  await measured(map);
  expect(await value(single).getAttribute('data-value')).toBe(before);
  await section.getByRole('button', { name: 'Remove' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await value(map).waitFor({ state: 'detached' });
  expect(await value(single).count()).toBe(1);
  expect(problems).toEqual([]);
  await context.close();
});
