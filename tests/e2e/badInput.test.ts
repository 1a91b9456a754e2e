import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { ARTEFACTS } from '../helpers/page.ts';
import { sampleTriple, type UploadFile } from '../helpers/samples.ts';
import { useFreshPages } from './freshPages.ts';

const GOLDEN = 'tests/fixtures/golden';

function golden(path: string, name: string): UploadFile {
  return { name, mimeType: 'image/png', buffer: readFileSync(`${GOLDEN}/${path}`) };
}

/** Case 003: 97×61, restored in a moment. */
const INPUT = golden('output/003.png', '003_input.png');
const GT = golden('gt/003.png', '003_gt.png');
const MASK = golden('mask_personmask/003.png', '003_mask.png');

const watched = useFreshPages();

const drop = (page: Page, files: UploadFile[]) =>
  page.getByTestId('file-input').setInputFiles(files);

/** The sentence on screen that names the file; waits until it is there. */
async function noticeAbout(page: Page, fileName: string): Promise<string> {
  const notice = page.getByTestId('notice').filter({ hasText: fileName }).first();
  await notice.waitFor();
  return (await notice.textContent()) ?? '';
}

/** A complete case is open: what bad input must leave alone. */
async function openCase(page: Page): Promise<void> {
  await drop(page, [INPUT, GT, MASK]);
  await page.locator('[data-testid="metric-psnr-person"]:not([data-value=""])').waitFor();
}

const psnr = (page: Page) => page.getByTestId('metric-psnr-person').getAttribute('data-value');

describe('a file that cannot be used', () => {
  const png = readFileSync(`${GOLDEN}/gt/003.png`);
  const huge = Buffer.from(png);
  // The header says 20,000 pixels wide, with the right checksum.
  huge.writeUInt32BE(20_000, 16);
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);
  const box = (type: string, ...parts: Buffer[]) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), ...parts]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(body.length + 4);
    return Buffer.concat([size, body]);
  };
  const size97x61 = Buffer.from([0, 0, 0, 0, 0, 0, 0, 97, 0, 0, 0, 61]);
  const heic = Buffer.concat([
    box('ftyp', Buffer.from('heic\0\0\0\0heicmif1', 'latin1')),
    box('meta', Buffer.alloc(4), box('iprp', box('ipco', box('ispe', size97x61)))),
  ]);

  it.each<[string, UploadFile, RegExp]>([
    [
      'text',
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') },
      /not an image/,
    ],
    ['0 bytes', { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) }, /empty/],
    [
      'a truncated PNG',
      { name: 'cut.png', mimeType: 'image/png', buffer: png.subarray(0, 2000) },
      /damaged/,
    ],
    [
      'a truncated JPEG',
      {
        name: 'cut.jpg',
        mimeType: 'image/jpeg',
        buffer: readFileSync(`${GOLDEN}/gt/013.jpg`).subarray(0, 2500),
      },
      /damaged/,
    ],
    ['over the limits', { name: 'huge.png', mimeType: 'image/png', buffer: huge }, /16,384 pixels/],
    ['HEIC', { name: 'phone.heic', mimeType: 'image/heic', buffer: heic }, /JPEG|convert/i],
  ])('%s: a sentence names it, the open case stays', async (_, file, sentence) => {
    const { page } = watched;
    await openCase(page);
    const before = await psnr(page);
    await drop(page, [file]);
    expect(await noticeAbout(page, file.name)).toMatch(sentence);
    expect(await psnr(page)).toBe(before);
    await page.getByTestId('notice').getByRole('button', { name: 'Dismiss' }).first().click();
    await page.getByTestId('notice').filter({ hasText: file.name }).waitFor({ state: 'detached' });
  });

  it('does not keep the good files beside it out', async () => {
    const { page } = watched;
    const bad = { name: '003_mask.png', mimeType: 'image/png', buffer: Buffer.from('x') };
    await drop(page, [INPUT, GT, bad]);
    await noticeAbout(page, '003_mask.png');
    await page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])').waitFor();
    expect(await psnr(page)).toBe('');
    await page.screenshot({ path: `${ARTEFACTS}/bad-file-beside-good.png` });
  });
});

describe('pictures that do not fit', () => {
  it.each([
    ['ground truth', golden('gt/004.png', '003_gt.png')],
    ['mask', golden('mask_personmask/004.png', '003_mask.png')],
  ])('a %s of another size is refused with both sizes', async (_, file) => {
    const { page } = watched;
    await drop(page, [INPUT]);
    await page.locator('[data-testid="download-restored"]:enabled').waitFor();
    await drop(page, [file]);
    const sentence = await noticeAbout(page, file.name);
    expect(sentence).toContain('7×5');
    expect(sentence).toContain('97×61');
    expect(await page.getByTestId('download-restored').isEnabled()).toBe(true);
  });

  it('a second mask is refused and names both', async () => {
    const { page } = watched;
    await openCase(page);
    const before = await psnr(page);
    const second = golden('gt/003.png', '003_personmask.png');
    await drop(page, [second]);
    const sentence = await noticeAbout(page, second.name);
    expect(sentence).toContain('003_mask.png');
    expect(await psnr(page)).toBe(before);
  });
});

it('a model that fails to load is said, the page stays usable and can try again', async () => {
  const { page, problems } = watched;
  await watched.context.route('**/*.onnx', (route) => route.fulfill({ status: 503, body: 'busy' }));
  await drop(page, [INPUT, GT, MASK]);
  expect(await noticeAbout(page, 'could not be loaded')).toMatch(/Flash S/);
  await watched.context.unroute('**/*.onnx');
  await page
    .getByRole('button', { name: /restore/i })
    .first()
    .click();
  await page.locator('[data-testid="metric-psnr-person"]:not([data-value=""])').waitFor();
  // Chromium writes the refused request to the console; nothing else may be there.
  expect(problems.filter((problem) => !problem.includes('503'))).toEqual([]);
  problems.length = 0;
});

it('full storage is said; the picture is worked on all the same', async () => {
  const { page, context } = watched;
  // Chromium ignores a lowered quota in private profiles, so the database refuses files by itself, with
  // the exception a full disk gives.
  await context.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
      if (value instanceof Blob) throw new DOMException('Full.', 'QuotaExceededError');
      return put.call(this, value, key);
    };
  });
  await page.reload();
  const files = sampleTriple();
  await drop(page, files);
  await page.locator('[data-testid="metric-psnr-person"]:not([data-value=""])').waitFor();
  expect(await noticeAbout(page, '001_input')).toMatch(/storage|full|room/i);
  await page.screenshot({ path: `${ARTEFACTS}/storage-full.png` });
});
