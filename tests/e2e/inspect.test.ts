import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { encodePng } from '../../src/codecs/png/encode.ts';
import { findings } from '../helpers/axe.ts';
import { ARTEFACTS, openWatchedPage, readMetrics } from '../helpers/page.ts';
import type { UploadFile } from '../helpers/samples.ts';
import { useFreshPages } from './freshPages.ts';

// axe is injected by the tests; the policy that forbids it is tested elsewhere.
const watched = useFreshPages({ bypassCSP: true });

type Rgb = readonly [number, number, number];

const INPUT: Rgb = [20, 24, 30];
const OUTPUT: Rgb = [137, 100, 60];
const TRUTH: Rgb = [130, 104, 60];
/** A case of flat pictures, so that every pixel on the screen is known. */
const SIDE = 64;

async function flat(name: string, [red, green, blue]: Rgb): Promise<UploadFile> {
  const data = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let i = 0; i < data.length; i += 4) data.set([red, green, blue, 255], i);
  const png = await encodePng({ width: SIDE, height: SIDE, data }, null);
  return { name, mimeType: 'image/png', buffer: Buffer.from(png) };
}

async function openFlatCase(page: Page): Promise<void> {
  const files = [
    await flat('001_input.png', INPUT),
    await flat('001_output.png', OUTPUT),
    await flat('001_gt.png', TRUTH),
  ];
  await page.getByTestId('file-input').setInputFiles(files);
  await page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])').waitFor();
}

/** The pixel a little beside the middle of a pane's canvas, where neither line nor mark lies. */
const pixelOn = (page: Page, index = 0) =>
  page
    .locator('[data-pane] canvas')
    .nth(index)
    .evaluate((canvas: HTMLCanvasElement) => {
      const context = canvas.getContext('2d');
      if (!context) throw new Error('the pane has no 2-D canvas');
      const [x, y] = [Math.round(canvas.width * 0.55), Math.round(canvas.height * 0.6)];
      return [...context.getImageData(x, y, 1, 1).data.subarray(0, 3)];
    });

const choose = (page: Page, name: string) =>
  page.getByTestId('viewer').locator(`input[type="radio"][value="${name}"]`).check({ force: true });

/** Waits until the pixel is the expected one, give or take what blending rounds. */
async function expectPixel(page: Page, expected: Rgb, tolerance: number, index = 0) {
  const distance = async () => {
    const seen = await pixelOn(page, index);
    return Math.max(...seen.map((value, c) => Math.abs(value - (expected[c] ?? 0))));
  };
  await expect.poll(distance).toBeLessThanOrEqual(tolerance);
}

describe('two pictures in one place', () => {
  it('mixes them half and half as an onion, and more when the slider says so', async () => {
    const { page } = watched;
    await openFlatCase(page);
    await choose(page, 'onion');
    await page.getByLabel('Picture beneath').selectOption('input');
    await page.getByLabel('Picture on top').selectOption('output');
    await expectPixel(page, [78.5, 62, 45], 1);
    await page.getByTestId('onion-bar').getByRole('slider').fill('100');
    await expectPixel(page, OUTPUT, 0);
    await page.screenshot({ path: `${ARTEFACTS}/inspect-onion.png` });
    expect(await findings(page)).toEqual([]);
  });

  it('shows output minus ground truth, absolute, amplified and with its sign', async () => {
    const { page } = watched;
    await openFlatCase(page);
    await choose(page, 'difference');
    await choose(page, '1');
    await expectPixel(page, [7, 4, 0], 0);
    await choose(page, '16');
    await expectPixel(page, [112, 64, 0], 0);
    await choose(page, 'signed');
    await expectPixel(page, [240, 64, 128], 0);
    await page.keyboard.press('s');
    await expectPixel(page, [16, 192, 128], 0);
    await page.screenshot({ path: `${ARTEFACTS}/inspect-difference.png` });
    expect(await findings(page)).toEqual([]);
  });
});

describe('a view', () => {
  it('of three pictures is moved by keys, said, and restored exactly by its link', async () => {
    const { page, context } = watched;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openFlatCase(page);
    await choose(page, 'split');
    await page.getByTestId('pictures-menu').locator('summary').click();
    await page.getByTestId('pictures-menu').getByLabel('Ground truth').check();
    await page.keyboard.press('Escape');
    const lines = page.getByRole('slider', { name: /^Split line/ });
    await expect.poll(() => lines.count()).toBe(2);
    await lines.nth(1).focus();
    await page.keyboard.press('Home');
    const places = () =>
      lines.evaluateAll((all) => all.map((line) => line.getAttribute('aria-valuenow')));
    // The second line took the first along.
    await expect.poll(places).toEqual(['0', '0']);
    await page.keyboard.press('PageUp');
    await lines.nth(0).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(places).toEqual(['10', '10']);
    await expect
      .poll(() => page.getByTestId('look-said').textContent())
      .toBe('Split: Input, Output, Ground truth');
    await page.keyboard.press('+');
    await page.keyboard.press('e');
    const seen = () =>
      page
        .locator('.pane canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await page.getByTestId('display-bar').getByText('+0.5 EV').waitFor();
    // Half a stop more than 130.
    await expect.poll(async () => (await pixelOn(page))[0]).toBe(152);
    const before = await seen();
    await page.getByRole('button', { name: 'Copy link to this view' }).click();
    await page.getByTestId('notice').filter({ hasText: 'on the clipboard' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    for (const key of ['2', 'f', 'r']) await page.keyboard.press(key);
    await expect.poll(seen).not.toBe(before);
    await page.goto(link);
    await expect.poll(seen).toBe(before);
    expect(await places()).toEqual(['10', '10']);
    expect(new URL(page.url()).hash).toBe('#/');
    await page.goto(link.replace(/case=[^&]*/, 'case=none').replace(/picture=[^&]*/, ''));
    await page.getByTestId('notice').filter({ hasText: 'not in this browser' }).waitFor();
    await page.goto(link.replace('mode=split', 'mode=spilt'));
    await page.getByTestId('notice').filter({ hasText: 'cannot be followed' }).waitFor();
    expect(await seen()).toBe(before);
    expect(await findings(page)).toEqual([]);
  });
});

describe('the display', () => {
  it('changes pixels on the screen and no number', async () => {
    const { page } = watched;
    await openFlatCase(page);
    await page.keyboard.press('2');
    await expectPixel(page, OUTPUT, 0);
    const numbers = await readMetrics(page);
    await page.keyboard.press('e');
    await page.keyboard.press('e');
    // One stop: 137 is a quarter of linear white, 188 half of it.
    await expect.poll(async () => (await pixelOn(page))[0]).toBe(188);
    await page.keyboard.press('Shift+C');
    await expectPixel(page, [188, 188, 188], 0);
    await page.keyboard.press('c');
    await page.keyboard.press('Shift+G');
    expect(await readMetrics(page)).toEqual(numbers);
    await page.screenshot({ path: `${ARTEFACTS}/inspect-display.png` });
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('r');
    await expectPixel(page, OUTPUT, 0);
  });
});

describe('the pixel inspector', () => {
  it('reads every picture under the pointer, and writes values into large pixels', async () => {
    const { page } = watched;
    await openFlatCase(page);
    await page.keyboard.press('i');
    await page.keyboard.press('e');
    await page.locator('[data-pane] canvas').first().hover();
    const bar = page.getByTestId('inspector-bar');
    const text = () => bar.textContent();
    await expect.poll(text).toMatch(/x 3\d, y 3\d/);
    for (const rgb of [INPUT, OUTPUT, TRUTH]) expect(await text()).toContain(rgb.join(' '));
    expect(await bar.getByTestId('inspector-delta').textContent()).toMatch(/00 [1-9]/);
    const colours = () =>
      page
        .locator('[data-pane] canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          const data = canvas
            .getContext('2d')
            ?.getImageData(0, 0, canvas.width, canvas.height).data;
          return new Set(new Uint32Array(data?.buffer ?? new ArrayBuffer(0))).size;
        });
    await page.keyboard.press('i');
    await expect.poll(colours).toBeLessThanOrEqual(2);
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('+');
    await expect.poll(colours).toBeGreaterThan(8);
    await page.keyboard.press('i');
    await page.screenshot({ path: `${ARTEFACTS}/inspect-values.png` });
    expect(await findings(page)).toEqual([]);
  });
});

describe('the command palette', () => {
  it('finds an action by a few letters and does it, by keys alone', async () => {
    const { page } = watched;
    await openFlatCase(page);
    await page.keyboard.press('Control+k');
    const palette = page.getByTestId('palette');
    await palette.waitFor();
    expect(await palette.getByRole('option').count()).toBeGreaterThan(30);
    await page.keyboard.type('exposure up');
    await page.screenshot({ path: `${ARTEFACTS}/inspect-palette.png` });
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByTestId('display-bar').textContent()).toContain('+0.5 EV');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('look: diff');
    await page.keyboard.press('Enter');
    await page.getByTestId('difference-bar').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('qqqq');
    await expect.poll(() => palette.getByRole('option').count()).toBe(0);
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
  });
});

describe('histogram and waveform', () => {
  it('show the levels of the pictures on screen', async () => {
    const { page } = watched;
    await openFlatCase(page);
    await page.keyboard.press('p');
    const histogram = page.locator('[data-scopes="output"] canvas').first();
    await histogram.waitFor();
    // Only the columns of the output's three levels carry bars.
    const columns = await histogram.evaluate((canvas: HTMLCanvasElement) => {
      const row = canvas.getContext('2d')?.getImageData(0, canvas.height - 1, canvas.width, 1).data;
      return Array.from({ length: canvas.width }, (_, x) => x).filter((x) =>
        [0, 1, 2].some((c) => (row?.[x * 4 + c] ?? 0) > 100),
      );
    });
    expect(columns).toEqual(OUTPUT.toSorted((a, b) => a - b));
    await page.screenshot({ path: `${ARTEFACTS}/inspect-scopes.png` });
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('2');
    await expect.poll(() => page.locator('[data-scopes]').count()).toBe(1);
  });
});

describe('on a phone', () => {
  it('has room for every tool', async () => {
    const phone = await openWatchedPage(watched.browser, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      bypassCSP: true,
    });
    const { page, context, problems } = phone;
    await page.goto(inject('appUrl'));
    await page
      .getByTestId('file-input')
      .setInputFiles([
        await flat('001_input.png', INPUT),
        await flat('001_output.png', OUTPUT),
        await flat('001_gt.png', TRUTH),
      ]);
    await page.locator('[data-pane]').first().waitFor();
    await choose(page, 'difference');
    for (const name of ['Pixel inspector', 'Display settings']) {
      await page.locator('[data-testid="instruments"] > summary').tap();
      await page.getByRole('button', { name, exact: true }).tap();
    }
    await page.getByTestId('inspector-bar').getByText('Ground truth').waitFor();
    await page.screenshot({ path: `${ARTEFACTS}/inspect-phone.png` });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    const stage = await page.locator('[data-pane] canvas').first().boundingBox();
    expect(stage?.height).toBeGreaterThan(150);
    expect(await findings(page)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });
});
