import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { linearToSrgb, srgbToLinear } from '../../src/core/colour/srgb.ts';
import { findings } from '../helpers/axe.ts';
import { decodeInNode } from '../helpers/goldenNode.ts';
import { ARTEFACTS } from '../helpers/page.ts';
import { firstSample, sampleFile, type UploadFile } from '../helpers/samples.ts';
import { dropOnWindow } from './drop.ts';
import { useFreshPages } from './freshPages.ts';

// axe is injected by the tests; the policy that forbids it is tested elsewhere.
const watched = useFreshPages({ bypassCSP: true });

const restored = (page: Page) =>
  page.locator('[data-testid="download-restored"]:enabled').waitFor();

/** What a button that saves a file saves. */
async function saved(page: Page, testId: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId(testId).click(),
  ]);
  return {
    name: download.suggestedFilename(),
    bytes: readFileSync(await download.path()),
  };
}

const pixelsOf = async ({ name, bytes }: { name: string; bytes: Buffer }) =>
  (await decodeInNode(new Uint8Array(bytes), name)).pixels;

/** How bright a pane's picture is on average, in levels. */
const brightness = (page: Page, pane: string) =>
  page.locator(`[data-shown="${pane}"] canvas`).evaluate((canvas: HTMLCanvasElement) => {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('the pane has no 2-D canvas');
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] !== 255) continue;
      sum += data[i + 1] ?? 0;
      count += 1;
    }
    return count === 0 ? 0 : sum / count;
  });

const input = (): UploadFile => sampleFile(firstSample(), 'input');

/** A picture that needs no restoring, under a name that makes it the input. */
const wellLit = (): UploadFile => ({ ...sampleFile(firstSample(), 'gt'), name: 'hall_input.jpg' });

/** Levels by which a mixture is away from the mean of two pictures in linear light, at worst. */
function farthestFromMean(
  mixture: Uint8ClampedArray,
  one: Uint8ClampedArray,
  other: Uint8ClampedArray,
): number {
  const light = (level: number | undefined) => srgbToLinear((level ?? 0) / 255);
  let worst = 0;
  for (let i = 0; i < mixture.length; i += 1) {
    if (i % 4 === 3) continue;
    const mean = linearToSrgb((light(one[i]) + light(other[i])) / 2) * 255;
    worst = Math.max(worst, Math.abs((mixture[i] ?? 0) - mean));
  }
  return worst;
}

it('a dark picture gets an automatic mask, a strength and a card', async () => {
  const { page } = watched;
  await dropOnWindow(page, [input()]);
  await restored(page);
  const source = page.getByTestId('mask-source');
  await expect.poll(() => source.textContent()).toMatch(/^Automatic, by the network/);
  expect(await page.getByTestId('lighting-offer').count()).toBe(0);
  expect(await page.getByTestId('automatic-mask').count()).toBe(0);
  const full = await pixelsOf(await saved(page, 'download-restored'));

  await page.getByTestId('strength').fill('50');
  const output = page.locator('[data-shown="output"] .caption-role');
  await expect.poll(() => output.textContent()).toBe('Output, 50 %');
  const half = await pixelsOf(await saved(page, 'download-restored'));
  const dark = await pixelsOf({ name: input().name, bytes: input().buffer });
  expect(half.data.length).toBe(full.data.length);
  expect(farthestFromMean(half.data, dark.data, full.data)).toBeLessThanOrEqual(1);

  await page.getByTestId('strength').press('ArrowRight');
  await expect.poll(() => output.textContent()).toBe('Output, 51 %');
  await page.getByRole('button', { name: 'Back to 100 %' }).click();
  await expect.poll(() => output.textContent()).toBe('Output');
  const again = await pixelsOf(await saved(page, 'download-restored'));
  expect(Buffer.from(again.data).equals(Buffer.from(full.data))).toBe(true);

  const card = await saved(page, 'save-card');
  expect(card.name).toBe('001_input_before-after.png');
  writeFileSync(`${ARTEFACTS}/visitor-card.png`, card.bytes);
  const { width, height } = await pixelsOf(card);
  expect(height).toBe(dark.height);
  expect(width).toBeGreaterThan(2 * dark.width);
  expect(width).toBeLessThanOrEqual(2048);

  await dropOnWindow(page, [sampleFile(firstSample(), 'gt')]);
  await page.locator('[data-testid="metric-psnr-person"]:not([data-value=""])').waitFor();
  await page.getByTestId('automatic-mask').waitFor();
  await dropOnWindow(page, [sampleFile(firstSample(), 'mask')]);
  await expect.poll(() => source.textContent()).toBe('001_mask.png');
  await page.getByTestId('automatic-mask').waitFor({ state: 'detached' });

  await page.getByTestId('auto-mask').uncheck();
  await page.getByRole('button', { name: 'Take out 001_mask.png' }).click();
  await page.getByTestId('make-mask').click();
  await expect.poll(() => source.textContent()).toMatch(/^Automatic/);
});

it.each([
  [1440, 900, 'dark'],
  [1024, 768, 'light'],
  [390, 844, 'dark'],
] as const)(
  'a well-lit picture becomes the ground truth of a simulated flash, at %i×%i, %s',
  async (width, height, colorScheme) => {
    const { page } = watched;
    const narrow = width < 500;
    const name = `${width}x${height}-${colorScheme}`;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await dropOnWindow(page, [wellLit()]);
    const offer = page.getByTestId('lighting-offer');
    await offer.waitFor();
    await page.screenshot({ path: `${ARTEFACTS}/visitor-offer-${name}.png` });
    expect(await findings(page)).toEqual([]);
    const before = narrow ? null : await brightness(page, 'input');
    await offer.getByRole('button', { name: /^Simulate a weak flash/ }).click();
    await offer.waitFor({ state: 'detached' });
    await restored(page);
    if (narrow) await page.getByRole('button', { name: /PSNR|Numbers/ }).click();
    await page.locator('[data-testid="metric-psnr-person"]:not([data-value=""])').waitFor();
    await page.getByTestId('automatic-mask').waitFor();
    await page.screenshot({ path: `${ARTEFACTS}/visitor-simulated-${name}.png` });
    expect(await findings(page)).toEqual([]);
    if (before !== null) {
      // The flash is drawn by chance: at its strongest it keeps seven tenths of the code values.
      expect(await brightness(page, 'input')).toBeLessThan(before * 0.85);
      const caption = (pane: string) =>
        page.locator(`[data-shown="${pane}"] .caption`).textContent();
      expect(await caption('input')).toContain('simulated');
      expect(await caption('gt')).toContain('hall_input.jpg');
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  },
);

it('waves the offer of a simulated flash away', async () => {
  const { page } = watched;
  await dropOnWindow(page, [wellLit()]);
  const offer = page.getByTestId('lighting-offer');
  await offer.getByRole('button', { name: 'Leave it as it is' }).click();
  await offer.waitFor({ state: 'detached' });
});

it('a built-in model’s card says what it is for, its limits, and its scores by skin tone', async () => {
  const { page } = watched;
  await page.getByRole('link', { name: 'Models', exact: true }).click();
  await page.getByTestId('tone-table').waitFor();
  // The file is looked into when the card opens; the sections of what it holds come then.
  await page.locator('[data-fact="Parameters"] dd').waitFor();
  expect(await page.locator('[data-testid="twin"] [data-sha256]').count()).toBe(1);
  expect(await page.getByTestId('tone-table').locator('tbody tr').count()).toBe(3);
  for (const fact of ['Intended use', 'Limits', 'Data']) {
    expect((await page.locator(`[data-fact="${fact}"] dd`).textContent())?.length).toBeGreaterThan(
      40,
    );
  }
  await page.getByTestId('tone-table').scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${ARTEFACTS}/visitor-card-facts.png` });
  expect(await findings(page)).toEqual([]);
});
