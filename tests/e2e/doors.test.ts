import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { encodeSamples } from '../../src/codecs/png/encode.ts';
import { firstSample, sampleTriple } from '../helpers/samples.ts';
import { useFreshPages } from './freshPages.ts';

const watched = useFreshPages();

const measured = (page: Page) =>
  page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])').waitFor();

async function openTriple(page: Page): Promise<void> {
  await page.getByTestId('file-input').setInputFiles(sampleTriple());
  await measured(page);
}

/** What has the focus, as a few words; "nothing" where the browser would start at the top again. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return 'nothing';
    return at.getAttribute('aria-label') ?? at.textContent?.trim() ?? at.tagName;
  });

const doors = (page: Page) => page.getByRole('navigation', { name: 'Doors' });

describe('doors', () => {
  it('have addresses of their own, which a reload and the back button keep', async () => {
    const { page } = watched;
    const current = () => doors(page).locator('[aria-current="page"]').textContent();
    expect(await current()).toBe('Look');
    await doors(page).getByRole('link', { name: 'Models' }).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('model-card').waitFor();
    expect(new URL(page.url()).hash).toBe('#/models');
    expect(await current()).toBe('Models');
    expect(await page.title()).toBe('Models · Loupe');

    await page.getByRole('link', { name: 'CLAHE' }).click();
    await page.getByRole('heading', { name: 'CLAHE' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'CLAHE' }).waitFor();
    expect(await current()).toBe('Models');
    await page.goBack();
    await page.goBack();
    await page.getByText('Drop a portrait').waitFor();
    expect(await current()).toBe('Look');
  });

  it('lead to the start page by the name, and back to what was open', async () => {
    const { page } = watched;
    await openTriple(page);
    await page.getByRole('link', { name: 'Loupe' }).click();
    await page.getByText('Drop a portrait').waitFor();
    await page.getByRole('navigation', { name: 'Cases' }).getByRole('button').click();
    await measured(page);
    await doors(page).getByRole('link', { name: 'Models' }).click();
    await page.getByTestId('model-card').waitFor();
    // The keys of the viewer do nothing where there is no viewer.
    await page.keyboard.press('v');
    await doors(page).getByRole('link', { name: 'Look' }).click();
    await measured(page);
    expect(await page.locator('[data-pane]').count()).toBe(3);
  });

  it('open Look for pictures that are dropped behind another one', async () => {
    const { page } = watched;
    await doors(page).getByRole('link', { name: 'Models' }).click();
    await page.getByTestId('model-card').waitFor();
    await openTriple(page);
    expect(new URL(page.url()).hash).toBe('#/');
  });
});

describe('the keyboard’s place', () => {
  it('is not lost when a sample opens', async () => {
    const { page } = watched;
    await page.getByRole('button', { name: new RegExp(firstSample().title, 'i') }).focus();
    await page.keyboard.press('Enter');
    await measured(page);
    expect(await focused(page)).not.toBe('nothing');
  });

  it('stays in the row of a picture that is taken out, and Undo brings it back', async () => {
    const { page } = watched;
    await openTriple(page);
    const psnr = page.getByTestId('metric-psnr-person');
    const before = await psnr.getAttribute('data-value');
    await page.getByRole('button', { name: 'Take out 001_mask.png' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Add');
    const notice = page.getByTestId('notice').filter({ hasText: '001_mask.png' });
    await notice.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => psnr.getAttribute('data-value')).toBe(before);
    await notice.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Remove this case' }).click();
    await page.getByTestId('notice').filter({ hasText: 'Case 001' }).waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => psnr.getAttribute('data-value')).toBe(before);
  });

  it('leaves the rectangle by Esc from anywhere, and what was drawn stays', async () => {
    const { page } = watched;
    await openTriple(page);
    await page.keyboard.press('w');
    const rectangle = page.getByTestId('rectangle');
    await rectangle.waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => rectangle.getAttribute('aria-label')).toMatch(/× \d+ at/);
    await page.getByRole('button', { name: 'Open pictures' }).focus();
    await page.keyboard.press('Escape');
    await rectangle.waitFor({ state: 'detached' });
    await page.keyboard.press('w');
    await rectangle.waitFor();
    expect(await rectangle.getAttribute('aria-label')).toMatch(/× \d+ at/);
    await page.keyboard.press('Delete');
    await expect.poll(() => rectangle.getAttribute('aria-label')).toMatch(/not drawn/);
  });
});

it('shows the colours of a wide profile on a wide screen', async () => {
  const { page, context } = watched;
  await page.getByRole('heading', { name: /portrait/ }).waitFor();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setEmulatedMedia', {
    features: [{ name: 'color-gamut', value: 'p3' }],
  });
  const colour = [250, 10, 20] as const;
  const data = new Uint8Array(48 * 48 * 3).map((_, i) => colour[i % 3] ?? 0);
  const icc = new Uint8Array(readFileSync('tests/fixtures/golden/formats/display-p3.icc'));
  const png = await encodeSamples({ width: 48, height: 48, channels: 3, data }, icc);
  await page
    .getByTestId('file-input')
    .setInputFiles([{ name: '001_gt.png', mimeType: 'image/png', buffer: Buffer.from(png) }]);
  const canvas = page.locator('[data-pane="gt"] canvas');
  await canvas.waitFor();
  const middle = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const pixel = element
        .getContext('2d')
        ?.getImageData(element.width / 2, element.height / 2, 1, 1, { colorSpace: 'display-p3' });
      return Array.from(pixel?.data.slice(0, 3) ?? []);
    });
  // On an sRGB canvas this red would have come out as (234, 51, 36).
  await expect
    .poll(async () => Math.max(...(await middle()).map((v, i) => Math.abs(v - (colour[i] ?? 0)))))
    .toBeLessThanOrEqual(2);
});
