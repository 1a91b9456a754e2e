import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { ARTEFACTS } from '../helpers/page.ts';
import type { UploadFile } from '../helpers/samples.ts';
import { dropOnWindow, network } from './drop.ts';
import { useFreshPages } from './freshPages.ts';

const GOLDEN = 'tests/fixtures/golden';
const golden = (path: string, name: string): UploadFile => ({
  name,
  mimeType: 'image/png',
  buffer: readFileSync(`${GOLDEN}/${path}`),
});

/** Case 003: 97×61, restored in a moment. */
const CASE = [
  golden('output/003.png', '003_input.png'),
  golden('gt/003.png', '003_gt.png'),
  golden('mask_personmask/003.png', '003_mask.png'),
];

interface Expected {
  readonly parameters: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly macs: { readonly width: number; readonly value: number };
}

/** What PyTorch and a count by hand say of the fixtures. */
function expected(name: string): Expected {
  const { models } = JSON.parse(readFileSync('tests/fixtures/onnx/expected.json', 'utf8'));
  return models[name];
}

/** A 3-D LUT that turns red and blue round. */
const CUBE: UploadFile = {
  name: 'turned.cube',
  mimeType: 'text/plain',
  buffer: Buffer.from(
    [
      'TITLE "Turned round"',
      'LUT_3D_SIZE 2',
      ...[0, 1].flatMap((b) => [0, 1].flatMap((g) => [0, 1].map((r) => `${b} ${g} ${r}`))),
    ].join('\n'),
  ),
};

const watched = useFreshPages();

async function openCase(page: Page): Promise<void> {
  await page.getByTestId('file-input').setInputFiles(CASE);
  await page.locator('[data-testid="metric-psnr-person"]:not([data-value=""])').waitFor();
}

const door = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Doors' }).getByRole('link', { name });

/** A line of the comparison, once it has its numbers. */
async function lineOf(page: Page, title: string): Promise<Locator> {
  const line = page
    .getByTestId('method-table')
    .locator('tbody tr')
    .filter({ has: page.getByText(title, { exact: true }) });
  await line.locator('[data-metric="deltae"]:not([data-value=""])').waitFor();
  return line;
}

const numbersOf = (line: Locator): Promise<(string | null)[]> =>
  line
    .locator('[data-metric]')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-value')));

/** The card of a model that was dropped, opened by its link. */
async function cardOf(page: Page, title: string): Promise<Locator> {
  await page
    .locator('.method-link[data-status="ready"]')
    .filter({ has: page.getByText(title, { exact: true }) })
    .click();
  const card = page.getByTestId('model-card');
  await card.getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
  return card;
}

async function expectFacts(card: Locator, name: string): Promise<void> {
  const { parameters, sha256, macs } = expected(name);
  expect(await card.locator('[data-sha256]').getAttribute('data-sha256')).toBe(sha256);
  expect(await card.locator('[data-fact="Parameters"] dd').textContent()).toBe(
    parameters.toLocaleString('en-US'),
  );
  expect(Number(await card.getByTestId('macs').getAttribute('data-value'))).toBe(macs.value);
}

/** How one property of the contract is set. */
const setting = (card: Locator, title: string) =>
  card.locator(`[data-property="${title}"] input:checked`).getAttribute('value');

const storedBytes = async (page: Page) =>
  Number(await page.getByTestId('storage').getAttribute('data-bytes'));

describe('models of other people', () => {
  it('run by a drop, are described, corrected by one click, compared, kept and removed', async () => {
    const { page } = watched;
    await openCase(page);
    await dropOnWindow(page, [network('curve.onnx')]);
    const curve = await lineOf(page, 'curve');
    const asRgb = await numbersOf(curve);
    expect(await curve.getByRole('button', { pressed: true }).first().textContent()).toBe('curve');

    // One click says that it was made for BGR: the same picture is restored anew.
    const guesses = page.getByTestId('guess-bar');
    await guesses.waitFor();
    expect(await guesses.textContent()).toContain('RGB');
    await page.screenshot({ path: `${ARTEFACTS}/models-guesses.png` });
    await guesses.getByRole('button', { name: 'BGR' }).click();
    await expect.poll(async () => (await numbersOf(curve))[0]).not.toBe(asRgb[0]);
    const asBgr = await numbersOf(await lineOf(page, 'curve'));
    expect(asBgr).not.toEqual(asRgb);
    await guesses.getByRole('button', { name: 'Looks right' }).click();
    await guesses.waitFor({ state: 'detached' });

    await door(page, 'Models').click();
    await dropOnWindow(page, [network('nhwc.onnx')]);
    const card = await cardOf(page, 'nhwc');
    await expectFacts(card, 'nhwc');
    expect(await setting(card, 'Layout')).toBe('NHWC');
    expect(await setting(card, 'Values in')).toBe('byte');
    await expectFacts(await cardOf(page, 'curve'), 'curve');
    expect(await setting(card, 'Channels')).toBe('BGR');
    expect(await card.getByTestId('macs').textContent()).toContain('36 % of the budget');
    await page.screenshot({ path: `${ARTEFACTS}/models-card.png` });

    await door(page, 'Look').click();
    const nhwc = await lineOf(page, 'nhwc');
    const numbers = await numbersOf(nhwc);
    expect(await numbersOf(await lineOf(page, 'curve'))).toEqual(asBgr);

    // A reload finds the models, what was said of them, and every number.
    await page.reload();
    expect(await numbersOf(await lineOf(page, 'nhwc'))).toEqual(numbers);
    expect(await numbersOf(await lineOf(page, 'curve'))).toEqual(asBgr);
    await door(page, 'Models').click();
    expect(await setting(await cardOf(page, 'curve'), 'Channels')).toBe('BGR');

    // Removed, it frees its file; what it made of the picture stays.
    await expect.poll(() => storedBytes(page)).toBeGreaterThan(0);
    const before = await storedBytes(page);
    await page.getByRole('button', { name: /^Remove \(frees/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.locator('.method-link', { hasText: 'curve' }).waitFor({ state: 'detached' });
    await expect
      .poll(() => storedBytes(page))
      .toBeLessThanOrEqual(before - expected('curve').bytes);
    await door(page, 'Look').click();
    expect(await numbersOf(await lineOf(page, 'curve'))).toEqual(asBgr);
  });
});

describe('a network that WebGPU computes wrongly', () => {
  it('is flagged by the comparison with WASM, runs there from then on, and its results say so', async () => {
    const { page } = watched;
    await page.goto(`${inject('appUrl')}?provider=webgpu`);
    await page.reload();
    await door(page, 'Models').click();
    await dropOnWindow(page, [network('six-channel.onnx')]);
    const card = await cardOf(page, 'six-channel');
    expect(await card.getByRole('list', { name: 'Warnings' }).textContent()).toMatch(
      /computes wrongly on WebGPU \(6 to 16 channels by 3×3\)/,
    );
    // Nobody asks for the comparison: it is made in a quiet moment.
    const parity = card.getByTestId('parity');
    await expect.poll(() => parity.getAttribute('data-value')).toBe('differ');
    expect(await parity.textContent()).toMatch(
      /at most \d+\.\d+ of 255 apart, .* on average.*so it runs on WASM/,
    );
    await page.screenshot({ path: `${ARTEFACTS}/models-parity.png` });
    await door(page, 'Look').click();
    await openCase(page);
    const methods = page.getByTestId('methods');
    const run = () => methods.getByText(/six-channel (in|made it in).*on WASM/).textContent();
    expect(await run()).toContain('WebGPU was found to be wrong for it.');

    await page.reload();
    expect(await run()).toContain('WebGPU was found to be wrong for it.');
    await door(page, 'Models').click();
    const kept = (await cardOf(page, 'six-channel')).getByTestId('parity');
    await expect.poll(() => kept.getAttribute('data-value')).toBe('differ');
  });
});

describe('several methods over one picture', () => {
  it('are compared in the table and looked at by key', async () => {
    const { page } = watched;
    await openCase(page);
    await dropOnWindow(page, [network('curve.onnx'), network('minus-one.onnx')]);
    const curve = await lineOf(page, 'curve');
    const other = await lineOf(page, 'minus-one');
    const panes = () =>
      page
        .locator('[data-pane] .caption-role')
        .evaluateAll((all) => all.map((title) => title.textContent));
    expect(await panes()).toEqual(['Input', 'Flash S', 'curve', 'minus-one', 'Ground truth']);
    await page.screenshot({ path: `${ARTEFACTS}/models-compared.png` });

    // The best value of every metric is bold, and nothing else is.
    const rows = await page.getByTestId('method-table').locator('tbody tr').all();
    const psnr = await Promise.all(rows.map((row) => row.locator('[data-metric="psnr"]')));
    const values = await Promise.all(
      psnr.map(async (cell) => Number(await cell.getAttribute('data-value'))),
    );
    const bold = await Promise.all(
      psnr.map((cell) => cell.evaluate((td) => getComputedStyle(td).fontWeight === '700')),
    );
    expect(bold).toEqual(values.map((value) => value === Math.max(...values)));

    // A click on a line makes it the one that the numbers above speak of.
    await curve.getByRole('button', { name: 'curve', exact: true }).click();
    const [curvePsnr] = await numbersOf(curve);
    await expect
      .poll(() => page.getByTestId('metric-psnr-person').getAttribute('data-value'))
      .toBe(curvePsnr);
    await page.keyboard.press('5');
    await expect.poll(panes).toEqual(['minus-one']);
    const [otherPsnr] = await numbersOf(other);
    await expect
      .poll(() => page.getByTestId('metric-psnr-person').getAttribute('data-value'))
      .toBe(otherPsnr);
    await page.keyboard.press('.');
    await expect.poll(panes).toEqual(['Ground truth']);
    await page.keyboard.press('2');
    await expect.poll(panes).toEqual(['Flash S']);

    // Two methods on the two sides of the split view.
    await page.keyboard.press('v');
    await page.keyboard.press('v');
    await page.getByLabel('Picture on the left').selectOption({ label: 'curve' });
    await page.getByLabel('Picture on the right').selectOption({ label: 'minus-one' });
    expect(
      await page.getByRole('slider', { name: 'Split line between curve and minus-one' }).count(),
    ).toBe(1);

    await curve.getByRole('button', { name: 'Take out curve' }).click();
    await curve.waitFor({ state: 'detached' });
    await page.getByTestId('notice').getByRole('button', { name: 'Undo' }).click();
    await lineOf(page, 'curve');
  });
});

describe('methods that are no network', () => {
  it('run by one click and by a drop, and have a card of their own', async () => {
    const { page } = watched;
    await openCase(page);
    await page.getByTestId('methods').getByRole('button', { name: 'CLAHE' }).click();
    await lineOf(page, 'CLAHE');
    await dropOnWindow(page, [CUBE]);
    const turned = await numbersOf(await lineOf(page, 'Turned round'));
    await page.screenshot({ path: `${ARTEFACTS}/models-baselines.png` });

    // Red and blue of every pixel have changed places.
    const middle = (pane: number) =>
      page
        .locator('[data-pane] canvas')
        .nth(pane)
        .evaluate((canvas: HTMLCanvasElement) => {
          const at = [canvas.width / 2, canvas.height / 2] as const;
          const pixel = canvas.getContext('2d')?.getImageData(at[0], at[1], 1, 1);
          return Array.from(pixel?.data.slice(0, 3) ?? []);
        });
    const panes = await page.locator('[data-pane]').count();
    const [r = 0, g = 0, b = 0] = await middle(0);
    const off = async () =>
      Math.max(...(await middle(panes - 2)).map((v, i) => Math.abs(v - ([b, g, r][i] ?? 0))));
    await expect.poll(off).toBeLessThanOrEqual(1);
    expect(Math.abs(r - b)).toBeGreaterThan(10);

    await door(page, 'Models').click();
    const card = await cardOf(page, 'Turned round');
    expect(await card.getByTestId('macs').textContent()).toContain('of the budget');
    expect(await card.getByRole('button', { name: /^Remove \(frees/ }).count()).toBe(1);
    await cardOf(page, 'CLAHE');
    expect(await card.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
    await page.reload();
    await door(page, 'Look').click();
    expect(await numbersOf(await lineOf(page, 'Turned round'))).toEqual(turned);
  });
});

describe('a file that is no model to restore with', () => {
  const text = (name: string): UploadFile => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('This is not a network.'),
  });

  it.each<[string, UploadFile, RegExp]>([
    ['a text file', text('letter.onnx'), /not an ONNX|no ONNX/i],
    ['a classifier', network('classifier.onnx'), /picture|image/i],
    ['missing external data', network('external.onnx'), /external\.onnx\.data/],
    ['an unknown operator', network('unknown-op.onnx'), /Relight/],
    ['no shapes', network('dynamic-rank.onnx'), /shape|dimension/i],
    ['a text file for a LUT', text('letter.cube'), /LUT|\.cube/],
  ])('%s: its own sentence, and nothing is lost', async (_, file, sentence) => {
    const { page } = watched;
    await openCase(page);
    const psnr = page.getByTestId('metric-psnr-person');
    const before = await psnr.getAttribute('data-value');
    await dropOnWindow(page, [file]);
    const notice = page.getByTestId('notice').filter({ hasText: file.name }).first();
    await notice.waitFor();
    expect(await notice.textContent()).toMatch(sentence);
    expect(await psnr.getAttribute('data-value')).toBe(before);
    expect(await page.getByTestId('method-table').count()).toBe(0);
  });

  it('waits for the file its weights lie in', async () => {
    const { page } = watched;
    await openCase(page);
    await dropOnWindow(page, [network('external.onnx')]);
    await page.getByTestId('notice').filter({ hasText: 'external.onnx.data' }).waitFor();
    await page.reload();
    const waits = page.getByTestId('methods').getByRole('link', { name: 'cannot be used' });
    await waits.click();
    expect(await page.getByTestId('model-card').textContent()).toMatch(
      /keeps weights in external\.onnx\.data/,
    );
    await door(page, 'Look').click();
    await dropOnWindow(page, [network('external.onnx.data')]);
    await lineOf(page, 'external');
    expect(await waits.count()).toBe(0);
  });
});
