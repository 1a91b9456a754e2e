import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { ARTEFACTS } from '../helpers/page.ts';
import { firstSample, sampleFile, sampleTriple } from '../helpers/samples.ts';
import { dropOnWindow } from './drop.ts';
import { useFreshPages } from './freshPages.ts';

const watched = useFreshPages();

const measured = (page: Page) =>
  page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])').waitFor();

async function openTriple(page: Page): Promise<void> {
  await page.getByTestId('file-input').setInputFiles(sampleTriple());
  await measured(page);
}

/** Names of the panes on screen, left to right. */
const panes = (page: Page) =>
  page
    .locator('[data-pane]')
    .evaluateAll((all) => all.map((pane) => pane.getAttribute('data-shown') ?? 'split'));

/** Pixels of a pane's canvas, thinned out: enough to see that a picture has changed. */
const picture = (page: Page, index = 0) =>
  page
    .locator('[data-pane] canvas')
    .nth(index)
    .evaluate((canvas: HTMLCanvasElement) => {
      const context = canvas.getContext('2d');
      if (!context) throw new Error('the pane has no 2-D canvas');
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from(data.filter((_, i) => i % 997 === 0)).join(',');
    });

/** The pane's pixels once they stay as they are: a pane that has just come is laid out first. */
async function settledPicture(page: Page): Promise<string> {
  let last = '';
  await expect
    .poll(async () => {
      const before = last;
      last = await picture(page);
      return last === before;
    })
    .toBe(true);
  return last;
}

describe('ways of looking', () => {
  it('keeps one zoom and one position for all panes and through every switch', async () => {
    const { page } = watched;
    await openTriple(page);
    expect(await panes(page)).toEqual(['input', 'output', 'gt']);
    const zoom = page.getByLabel('Zoom', { exact: true });
    const fitted = await zoom.textContent();
    await page.keyboard.press('0');
    expect(await zoom.textContent()).toBe('100 %');
    await page.locator('[data-pane] canvas').first().hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(() => zoom.textContent()).not.toBe('100 %');
    const closeUp = await zoom.textContent();

    await page.keyboard.press('v');
    expect(await panes(page)).toEqual(['split']);
    const before = await picture(page);
    await page.keyboard.press('s');
    await expect.poll(() => picture(page)).not.toBe(before);
    await page.keyboard.press('2');
    expect(await panes(page)).toEqual(['output']);
    expect(await zoom.textContent()).toBe(closeUp);
    await page.keyboard.press('f');
    await expect.poll(() => zoom.textContent()).not.toBe(closeUp);
    expect(fitted).toMatch(/%$/);
  });

  it('peeks at the input while B is held', async () => {
    const { page } = watched;
    await openTriple(page);
    await page.keyboard.press('2');
    await expect.poll(() => panes(page)).toEqual(['output']);
    const output = await settledPicture(page);
    await page.keyboard.down('b');
    await expect.poll(() => panes(page)).toEqual(['input']);
    await page.keyboard.up('b');
    await expect.poll(() => picture(page)).toBe(output);
  });

  it('drags and steps the split line', async () => {
    const { page } = watched;
    await openTriple(page);
    await page.keyboard.press('v');
    const handle = page.getByRole('slider', { name: /split/i });
    const position = async () => Number(await handle.getAttribute('aria-valuenow'));
    const start = await position();
    await handle.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(position).toBeGreaterThan(start);
    const box = await handle.boundingBox();
    if (!box) throw new Error('the split line is not on screen');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x - 150, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(position).toBeLessThan(start);
  });

  it('lays the mask over the picture and takes it off', async () => {
    const { page } = watched;
    await openTriple(page);
    const bare = await picture(page);
    await page.keyboard.press('m');
    await expect.poll(() => picture(page)).not.toBe(bare);
    const both = await picture(page);
    await page.keyboard.press('Shift+M');
    await expect.poll(() => picture(page)).not.toBe(both);
    await page.keyboard.press('m');
    await expect.poll(() => picture(page)).toBe(bare);
  });

  it('says what a number means on hover and on focus', async () => {
    const { page } = watched;
    await openTriple(page);
    const term = page.getByTestId('metrics-table').getByRole('button').first();
    await term.focus();
    await expect.poll(() => page.getByRole('tooltip').first().textContent()).toMatch(/MSE|PSNR/);
  });

  it('keeps how one looked through a reload', async () => {
    const { page } = watched;
    await openTriple(page);
    await page.keyboard.press('v');
    await page.keyboard.press('m');
    await page.waitForTimeout(800);
    await page.reload();
    await measured(page);
    await expect.poll(() => panes(page)).toEqual(['split']);
  });
});

describe('ways in', () => {
  it('asks what a picture is when its name does not tell', async () => {
    const { page } = watched;
    const sample = firstSample();
    const input = { ...sampleFile(sample, 'input'), name: 'holiday.jpg' };
    const gt = { ...sampleFile(sample, 'gt'), name: 'studio.jpg' };
    const mask = { ...sampleFile(sample, 'mask'), name: 'silhouette.png' };
    await page.getByTestId('file-input').setInputFiles([input, gt, mask]);
    const chooser = page.getByTestId('role-chooser');
    await chooser.waitFor();
    await page.screenshot({ path: `${ARTEFACTS}/role-chooser.png` });
    const chosen = await chooser
      .locator('input:checked')
      .evaluateAll((all) => all.map((radio) => (radio as HTMLInputElement).value));
    expect(chosen).toEqual(['input', 'gt', 'mask']);
    await page.keyboard.press('Enter');
    await measured(page);
    expect(await page.getByTestId('metric-psnr-person').getAttribute('data-value')).not.toBe('');
  });

  it('opens a sample with one click', async () => {
    const { page } = watched;
    await page.getByRole('button', { name: new RegExp(firstSample().title, 'i') }).click();
    await measured(page);
  });

  it('takes a file dropped on the window', async () => {
    const { page } = watched;
    await dropOnWindow(page, [sampleFile(firstSample(), 'input')]);
    await page.locator('[data-testid="download-restored"]:enabled').waitFor();
  });

  it('takes a pasted picture', async () => {
    const { page } = watched;
    const base64 = readFileSync('tests/fixtures/golden/output/003.png').toString('base64');
    await page.evaluate((data) => {
      const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
      document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData }));
    }, base64);
    await page.locator('[data-testid="download-restored"]:enabled').waitFor();
  });
});

describe('long work', () => {
  it('shows progress and stops on Cancel; what was there stays', async () => {
    const { page, context } = watched;
    // A model that arrives only when the test lets it: the job is surely running when it is cancelled.
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await context.route('**/*.onnx', async (route) => {
      await arrived;
      await route.continue().catch(() => {});
    });
    await page.getByTestId('file-input').setInputFiles(sampleTriple());
    await page.getByTestId('cancel').waitFor();
    await page.screenshot({ path: `${ARTEFACTS}/restoring.png` });
    expect(await page.getByTestId('progress').textContent()).toMatch(/001_input/);
    await page.getByTestId('cancel').click();
    arrive();
    await page.getByTestId('cancel').waitFor({ state: 'detached' });
    expect(await panes(page)).toEqual(expect.arrayContaining(['input', 'gt']));
    await page
      .getByRole('button', { name: /restore/i })
      .first()
      .click();
    await measured(page);
  });

  it('says what storage holds and clears it when asked', async () => {
    const { page } = watched;
    await openTriple(page);
    const storage = page.getByTestId('storage');
    await expect.poll(() => storage.textContent()).toMatch(/[1-9].*[kM]B/);
    await storage.getByRole('button', { name: /clear/i }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /clear|delete|remove/i })
      .click();
    await expect.poll(() => storage.textContent()).toMatch(/no portrait/i);
    await page.reload();
    await page.getByText('Drop a portrait').first().waitFor();
    expect(await page.locator('[data-pane]').count()).toBe(0);
  });
});
