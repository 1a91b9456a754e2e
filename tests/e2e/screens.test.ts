import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it, onTestFailed } from 'vitest';
import { findings } from '../helpers/axe.ts';
import { ARTEFACTS, launchBrowser, openWatchedPage, showFailure } from '../helpers/page.ts';
import { sampleTriple } from '../helpers/samples.ts';
import { dropOnWindow, network } from './drop.ts';

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Nothing may be cut off at the side: a page that scrolls sideways is broken on a phone. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

it.each(
  SIZES.flatMap(([width, height]) =>
    (['light', 'dark'] as const).map((scheme) => [width, height, scheme] as const),
  ),
)(
  'the start page, a case, its methods and the models at %i×%i, %s',
  async (width, height, scheme) => {
    const { page, context, problems } = await openWatchedPage(browser, {
      viewport: { width, height },
      colorScheme: scheme,
      hasTouch: width < 500,
      isMobile: width < 500,
      // axe is injected by the test; the policy that forbids it is tested elsewhere.
      bypassCSP: true,
    });
    const name = `${width}x${height}-${scheme}`;
    onTestFailed(() => showFailure(page, `screens ${name}`, problems));
    await page.goto(inject('appUrl'));
    await page.getByRole('heading', { name: /portrait/ }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: `${ARTEFACTS}/empty-${name}.png` });
    expect(await findings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);

    await page.getByTestId('file-input').setInputFiles(sampleTriple());
    await page.locator('[data-testid="download-restored"]:enabled').waitFor();
    // A phone's footer goes with the last job; what was said of it must not go too.
    await page
      .getByRole('status')
      .filter({ hasText: /^Restored / })
      .waitFor();
    const sheet = page.getByRole('region', { name: 'Details' }).getByRole('button').first();
    if (width < 500) {
      await sheet.filter({ hasText: 'PSNR' }).waitFor();
      await page.screenshot({ path: `${ARTEFACTS}/done-${name}-picture.png` });
      await sheet.click();
    }
    await page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])').waitFor();
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${ARTEFACTS}/done-${name}.png` });
    expect(await findings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);

    await dropOnWindow(page, [network('curve.onnx')]);
    await page
      .getByTestId('method-table')
      .locator('[data-method^="user-"] [data-metric="psnr"]:not([data-value=""])')
      .waitFor();
    await page.getByTestId('methods').scrollIntoViewIfNeeded();
    await page.getByTestId('notice').first().waitFor({ state: 'detached' });
    await page.screenshot({ path: `${ARTEFACTS}/methods-${name}.png` });
    expect(await findings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);

    await page.getByRole('link', { name: 'Models', exact: true }).click();
    if (width < 500) {
      await page.screenshot({ path: `${ARTEFACTS}/models-${name}-list.png` });
      await page.locator('.method-link', { hasText: 'curve' }).click();
    }
    await page.getByRole('heading', { level: 2, name: 'curve' }).waitFor();
    await page.screenshot({ path: `${ARTEFACTS}/models-${name}.png` });
    expect(await findings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(problems).toEqual([]);
    await context.close();
  },
);
