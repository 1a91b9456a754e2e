import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { encodeSamples } from '../../src/codecs/png/encode.ts';
import { makeRandom } from '../../src/core/stats/random.ts';
import { findings } from '../helpers/axe.ts';
import { writeSet } from '../helpers/benchSet.ts';
import { ARTEFACTS, readMetrics } from '../helpers/page.ts';
import type { UploadFile } from '../helpers/samples.ts';
import { useFreshPages } from './freshPages.ts';

// axe is injected by the tests; the policy that forbids it is tested elsewhere.
const watched = useFreshPages({ bypassCSP: true });

const SIZE = [96, 72] as const;

/** A workspace file of six cases and two methods, measured and saved by another visit. */
async function savedWorkspace(page: Page): Promise<Buffer> {
  const set = await writeSet({ cases: 6, methods: { near: 8, far: 30 }, size: SIZE });
  await page.goto(`${inject('appUrl')}#/bench/`);
  await page.getByTestId('bench-folder-input').setInputFiles(set);
  await page.getByText('12 of 12 outputs matched').waitFor();
  await page.getByTestId('bench-measure').click();
  await page.locator('[data-testid="bench-run"][data-status="done"]').waitFor();
  await page.getByTestId('export-menu').locator('summary').click();
  const waiting = page.waitForEvent('download');
  const menu = page.getByTestId('export-menu');
  await menu.getByRole('button', { name: /^Workspace with pictures/ }).click();
  const file = readFileSync(await (await waiting).path());
  rmSync(dirname(set), { recursive: true });
  await page.getByRole('button', { name: 'Clear the set' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clear the set' }).click();
  await page.getByRole('heading', { name: 'Drop a data set' }).waitFor();
  return file;
}

/** Whether a colour is on the first pane, such as the white of the values in its pixels. */
const hasPixel = (page: Page, rgb: readonly [number, number, number]) =>
  page
    .locator('[data-pane] canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement, [r, g, b]) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      for (let i = 0; data && i < data.length; i += 4) {
        if (data[i] === r && data[i + 1] === g && data[i + 2] === b) return true;
      }
      return false;
    }, rgb);

async function downloaded(page: Page, testId: string): Promise<string> {
  const waiting = page.waitForEvent('download');
  await page.getByTestId(testId).click();
  return readFileSync(await (await waiting).path()).toString('base64');
}

/** The PNG at twice the size and the SVG, which is drawn by the browser, show the same picture. */
async function compareFigures(page: Page): Promise<void> {
  await page.keyboard.press('Shift+F');
  await page.locator('[data-testid="figure-png"]:enabled').waitFor();
  const svg = await downloaded(page, 'figure-svg');
  const png = await downloaded(page, 'figure-png');
  await page.screenshot({ path: `${ARTEFACTS}/review-figure.png` });
  expect(await findings(page)).toEqual([]);
  const { sizes, apart, colours } = await page.evaluate(
    async ([first, second]) => {
      const pictures: HTMLImageElement[] = [];
      for (const address of [
        `data:image/svg+xml;base64,${first}`,
        `data:image/png;base64,${second}`,
      ]) {
        const picture = new Image();
        picture.src = address;
        await picture.decode();
        pictures.push(picture);
      }
      const [vector, raster] = pictures;
      if (!vector || !raster) throw new Error('no figure');
      const { width, height } = raster;
      const [a, b] = [vector, raster].map((picture) => {
        const context = new OffscreenCanvas(width, height).getContext('2d');
        context?.drawImage(picture, 0, 0, width, height);
        return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      });
      let sum = 0;
      for (let i = 0; a && b && i < a.length; i += 1) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
      return {
        sizes: [vector.width * 2, vector.height * 2, width, height],
        apart: sum / (width * height * 4),
        colours: new Set(new Uint32Array(b?.buffer ?? new ArrayBuffer(0))).size,
      };
    },
    [svg, png] as const,
  );
  expect(sizes.slice(0, 2)).toEqual(sizes.slice(2));
  expect(colours).toBeGreaterThan(100);
  expect(apart).toBeLessThan(2);
  await page.keyboard.press('Escape');
}

describe('a review', () => {
  it('goes from the worst case to a mended mask, remarks and a figure, and finds all again', async () => {
    const { page } = watched;
    const workspace = await savedWorkspace(page);
    await page
      .getByTestId('bench-file-input')
      .setInputFiles({ name: 'a.loupe', mimeType: '', buffer: workspace });
    await page.getByText('12 of 12 outputs matched').waitFor();

    await page.getByRole('tab', { name: 'Cases' }).click();
    await page.getByTestId('case-method').selectOption('far');
    const head = page.getByRole('columnheader', { name: /^ΔE \(OpenCV 8-bit\).*all/ });
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    const worst = page.getByTestId('cases-body').getByRole('button', { name: /^0/ }).first();
    const name = (await worst.textContent())?.trim();
    await worst.click();
    const psnr = page.locator('[data-testid="metric-psnr-person"]:not([data-value=""])');
    await psnr.waitFor();
    expect(await page.getByTestId('viewer').textContent()).toContain(name);

    for (const key of ['1', '2', '3', '2', 'd', '0']) await page.keyboard.press(key);
    await page.getByTestId('map-bar').waitFor();
    await page.keyboard.press('d');
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('+');
    const zoom = page.getByLabel('Zoom', { exact: true });
    await expect
      .poll(async () => Number.parseFloat((await zoom.textContent()) ?? ''))
      .toBeGreaterThan(799);
    await page.screenshot({ path: `${ARTEFACTS}/review-values.png` });
    expect(await hasPixel(page, [255, 255, 255])).toBe(true);
    expect(await findings(page)).toEqual([]);

    await page.keyboard.press('f');
    const before = await readMetrics(page);
    await page.keyboard.press('q');
    const surface = await page.getByTestId('mask-surface').boundingBox();
    if (!surface) throw new Error('there is nothing to paint on');
    const at = (x: number, y: number) =>
      [surface.x + x * surface.width, surface.y + y * surface.height] as const;
    await page.mouse.move(...at(0.3, 0.3));
    await page.mouse.down();
    await page.mouse.move(...at(0.45, 0.35), { steps: 5 });
    await page.mouse.up();
    await page.screenshot({ path: `${ARTEFACTS}/review-mask.png` });
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('mask-bar').waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await readMetrics(page))['psnr-person'])
      .not.toBe(before['psnr-person']);
    expect((await readMetrics(page))['psnr-global']).toBe(before['psnr-global']);

    await page.keyboard.press('y');
    await page.keyboard.type('halo');
    // The mouse leaves the focus in the field, where Enter is the end.
    await page.getByTestId('tag-dialog').getByRole('option').first().click();
    await page.screenshot({ path: `${ARTEFACTS}/review-tag.png` });
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.keyboard.press('k');
    await page.locator('[data-testid="pin-cursor"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('note-dialog').getByRole('textbox').fill('A bright rim.');
    await page.keyboard.press('Enter');
    await page.keyboard.press('n');
    await page.getByTestId('note-dialog').getByRole('textbox').fill('Ask for the raw file.');
    await page.keyboard.press('Enter');
    const said = page.getByTestId('remarks');
    for (const words of ['Halo', 'A bright rim.', 'Ask for the raw file.']) {
      await said.getByText(words).waitFor();
    }
    await page.screenshot({ path: `${ARTEFACTS}/review-said.png` });
    expect(await findings(page)).toEqual([]);
    await compareFigures(page);
    const numbers = await readMetrics(page);

    await page.reload();
    await psnr.waitFor();
    await expect.poll(() => readMetrics(page)).toEqual(numbers);
    for (const words of ['Halo', 'A bright rim.', 'Ask for the raw file.']) {
      await said.getByText(words).waitFor();
    }
    await page.getByTestId('pin-1').waitFor();
  });
});

/** A texture, moved by some pixels, with grain of its own. */
async function texture(name: string, [dx, dy]: readonly [number, number]): Promise<UploadFile> {
  const [width, height, cell] = [160, 120, 5];
  const [blocks, grain] = [makeRandom('blocks'), makeRandom(name)];
  const [across, down] = [Math.ceil(width / cell) + 4, Math.ceil(height / cell) + 4];
  const levels = Array.from({ length: across * down }, () => 60 + 140 * blocks.next());
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    const column = Math.floor((x - dx + 2 * cell) / cell);
    const row = Math.floor((y - dy + 2 * cell) / cell);
    return (levels[row * across + column] ?? 0) + 6 * grain.next();
  });
  const png = await encodeSamples({ width, height, channels: 3, data }, null);
  return { name, mimeType: 'image/png', buffer: Buffer.from(png) };
}

describe('the instruments', () => {
  it('are open to keyboards and screen readers, and find a shift that ruins the numbers', async () => {
    const { page } = watched;
    const files = [await texture('001_output.png', [3, -2]), await texture('001_gt.png', [0, 0])];
    await page.getByTestId('file-input').setInputFiles(files);
    const psnr = page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])');
    await psnr.waitFor();
    const value = async () => Number(await psnr.getAttribute('data-value'));
    const ruined = await value();

    await page.keyboard.press('l');
    await page.getByTestId('magnifier').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('l');
    await page.keyboard.press('Shift+L');
    await page.getByTestId('profile-bar').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await expect.poll(() => page.getByTestId('seems-shifted').textContent()).toContain('(3, −2)');
    await page.keyboard.press('a');
    await page.getByTestId('compare-shifted').click();
    await expect.poll(value).toBeGreaterThan(ruined + 10);
    expect(await page.getByTestId('shifted').textContent()).toContain('157×118 pixels');
    const role = page.locator('[data-pane="output"] .caption-role');
    expect(await role.textContent()).toBe('Output, shifted (3, −2)');
    await page.keyboard.press('Control+z');
    await expect.poll(value).toBe(ruined);
    expect(await role.textContent()).toBe('Output');
    await page.keyboard.press('u');
    await page.getByText('None of them is a verdict.').waitFor();
    await page.screenshot({ path: `${ARTEFACTS}/review-instruments.png` });
    expect(await findings(page)).toEqual([]);
  });
});
