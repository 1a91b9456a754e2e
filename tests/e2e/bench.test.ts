import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { outputPng, writeSet } from '../helpers/benchSet.ts';
import { launchBrowser, openWatchedPage, type WatchedPage } from '../helpers/page.ts';

const METHODS = { 'flash-s': 12, baseline: 20, net_b: 14 };
const CASES = 60;
/** A busy machine takes its time. */
const PATIENT = { timeout: 60_000 };

let browser: Browser;
let watched: WatchedPage;
const folders: string[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  watched = await openWatchedPage(browser);
});
afterEach(async () => {
  expect(watched.problems).toEqual([]);
  await watched.context.close();
  for (const folder of folders.splice(0)) rmSync(dirname(folder), { recursive: true });
});
afterAll(() => browser.close());

async function newSet(options: Parameters<typeof writeSet>[0]): Promise<string> {
  const folder = await writeSet(options);
  folders.push(folder);
  return folder;
}

/** The flawed outputs as they should be. */
const mendedFiles = () =>
  newSet({ cases: CASES, methods: METHODS, only: ['baseline/017.png', 'flash-s/041.png'] });

/** The set of the issue: one output missing, one there twice, one of the wrong size. */
async function flawedSet(): Promise<string> {
  const leaveOut = ['baseline/017.png', 'flash-s/041.png'];
  const set = await newSet({ cases: CASES, methods: METHODS, leaveOut });
  writeFileSync(join(set, 'flash-s/041.png'), await outputPng(41, 12, [24, 18]));
  writeFileSync(join(set, 'net_b/023 (1).png'), await outputPng(23, 60));
  return set;
}

async function openBench(page: Page, tab = ''): Promise<void> {
  await page.goto(`${inject('appUrl')}#/bench/${tab}`);
}

const problems = (page: Page, kind: string) => page.getByTestId(`problems-${kind}`);
const run = (page: Page) => page.getByTestId('bench-run');
const finished = (page: Page) =>
  page.locator('[data-testid="bench-run"][data-status="done"]').waitFor();

/** Full-precision means of the table of methods, by method and column. */
const means = (page: Page): Promise<Record<string, string>> =>
  page
    .getByTestId('methods-table')
    .locator('[data-testid^="bench-"]')
    .evaluateAll((cells) =>
      Object.fromEntries(
        cells.map((cell) => [
          cell.getAttribute('data-testid') ?? '',
          cell.getAttribute('data-value') ?? '',
        ]),
      ),
    );

async function download(page: Page, item: string): Promise<string> {
  await page.getByTestId('export-menu').locator('summary').click();
  const waiting = page.waitForEvent('download');
  await page
    .getByTestId('export-menu')
    .getByRole('button', { name: new RegExp(`^${item}`) })
    .click();
  return (await waiting).path();
}

describe('a set of 60 cases and three methods with three flaws', () => {
  it('is reported, put right, measured through a reload, exported and opened again alike', async () => {
    const { page } = watched;
    const set = await flawedSet();
    await openBench(page);
    await page.getByRole('heading', { name: 'Drop a data set' }).waitFor();
    await page.getByTestId('bench-folder-input').setInputFiles(set);
    await page.getByText('60 cases · 3 methods · 179 of 180 outputs matched').waitFor();
    await expect
      .poll(() => problems(page, 'missing-output').textContent(), PATIENT)
      .toContain('baseline has no output for 017');
    expect(await problems(page, 'size-mismatch').textContent()).toMatch(/041.*24×18.*48×36/);

    await problems(page, 'duplicate')
      .getByRole('button', { name: 'Use set/net_b/023.png and leave the others out' })
      .click();
    await problems(page, 'duplicate').waitFor({ state: 'detached' });
    expect(await page.getByTestId('left-out').textContent()).toContain('set/net_b/023 (1).png');

    // What is missing and what is of the wrong size come once more, whole.
    await page.getByTestId('bench-folder-input').setInputFiles(await mendedFiles());
    await page.getByText('180 of 180 outputs matched').waitFor();
    await page.getByText('Everything fits.').waitFor();

    await page.getByTestId('bench-measure').click();
    await expect.poll(() => doneIn(run(page)), PATIENT).toBeGreaterThan(5);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('[data-testid="bench-run"][data-status="paused"]').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.reload();
    await finished(page);
    const [, done, total] =
      /(\d+) of (\d+) · done/.exec((await run(page).textContent()) ?? '') ?? [];
    expect(done).toBe(total);
    expect(Number(total)).toBeLessThan(CASES * 3);
    expect(await page.getByTestId('bench-failures').count()).toBe(0);

    const before = await means(page);
    expect(Object.keys(before).length).toBeGreaterThanOrEqual(30);
    expect(Object.values(before)).not.toContain('');
    expect(Number(before['bench-flash-s-psnr:global'])).toBeGreaterThan(
      Number(before['bench-baseline-psnr:global']),
    );

    const csv = readFileSync(await download(page, 'CSV'), 'utf8')
      .trim()
      .split('\n');
    expect(csv[0]).toBe('case,method,column,version,origin,value');
    expect(csv.length - 1).toBe(CASES * Object.keys(before).length);
    const workspace = await download(page, 'Workspace with pictures');

    await page.getByRole('button', { name: 'Clear the set' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Clear the set' }).click();
    await page.getByRole('heading', { name: 'Drop a data set' }).waitFor();
    await page
      .getByTestId('bench-file-input')
      .setInputFiles({ name: 'a.loupe', mimeType: '', buffer: readFileSync(workspace) });
    await page.getByText('180 of 180 outputs matched').waitFor();
    await expect.poll(() => means(page), PATIENT).toEqual(before);
  });
});

async function doneIn(line: ReturnType<typeof run>): Promise<number> {
  return Number(/(\d+) of \d+/.exec((await line.textContent()) ?? '')?.[1] ?? 0);
}
