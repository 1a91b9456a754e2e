import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { RAIM2026_FORMULA } from '../../src/core/bench/formula.ts';
import { findings } from '../helpers/axe.ts';
import { outputPng, writeSet } from '../helpers/benchSet.ts';
import { launchBrowser, openWatchedPage, type WatchedPage } from '../helpers/page.ts';

const METHODS = { 'flash-s': 12, baseline: 20, net_b: 14 };
const CASES = 60;

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
      .poll(() => problems(page, 'missing-output').textContent())
      .toContain('baseline has no output for 017');
    expect(await problems(page, 'size-mismatch').textContent()).toMatch(/041.*24×18.*48×36/);

    await problems(page, 'duplicate')
      .getByRole('button', { name: 'Use this one: set/net_b/023.png' })
      .click();
    await problems(page, 'duplicate').waitFor({ state: 'detached' });
    expect(await page.getByTestId('left-out').textContent()).toContain('set/net_b/023 (1).png');

    // What is missing and what is of the wrong size come once more, whole.
    await page.getByTestId('bench-folder-input').setInputFiles(await mendedFiles());
    await page.getByText('180 of 180 outputs matched').waitFor();
    await page.getByText('Everything fits.').waitFor();

    await page.getByTestId('bench-measure').click();
    await page.evaluate(pauseOnTheWay);
    await page.locator('[data-testid="bench-run"][data-status="paused"]').waitFor();
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
    expect(csv[0]).toMatch(
      /^case,method,column,version,origin,value,mask,shift,parameters,regions,decoder/,
    );
    expect(csv.length - 1).toBe(CASES * Object.keys(before).length);
    const workspace = await download(page, 'Workspace with pictures');

    await page.getByRole('button', { name: 'Clear the set' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Clear the set' }).click();
    await page.getByRole('heading', { name: 'Drop a data set' }).waitFor();
    await page
      .getByTestId('bench-file-input')
      .setInputFiles({ name: 'a.loupe', mimeType: '', buffer: readFileSync(workspace) });
    await page.getByText('180 of 180 outputs matched').waitFor();
    await expect.poll(() => means(page)).toEqual(before);
  });
});

describe('the views of the numbers', () => {
  it('can be read and used by keyboard and by screen readers, and open a case', async () => {
    // axe is injected by the test; the policy that forbids it is tested elsewhere.
    await watched.context.close();
    watched = await openWatchedPage(browser, { bypassCSP: true });
    const { page } = watched;
    await openBench(page);
    const set = await newSet({ cases: 6, methods: METHODS, leaveOut: ['net_b/006.png'] });
    writeFileSync(join(set, 'net_b/other.png'), await outputPng(6, 14));
    await page.getByTestId('bench-folder-input').setInputFiles(set);
    await page.getByText('17 of 18 outputs matched').waitFor();
    expect(await findings(page)).toEqual([]);
    const missing = problems(page, 'missing-output');
    await missing.getByRole('combobox').selectOption('set/net_b/other.png');
    await missing.getByRole('button', { name: 'Use it' }).click();
    await page.getByText('18 of 18 outputs matched').waitFor();
    await page
      .getByTestId('bench-file-input')
      .setInputFiles([
        csv('attributes.csv', ['case,tone', '001,dark', '002,dark', '003,light', '004,light']),
        csv('costs.csv', ['method,macs', 'flash-s,13e9', 'baseline,60e9']),
      ]);
    await page.getByTestId('bench-measure').click();
    await finished(page);

    await page.getByRole('tab', { name: 'Methods' }).focus();
    for (const tab of TABS) {
      await page.getByRole('tabpanel', { name: tab }).waitFor();
      expect(await findings(page), tab).toEqual([]);
      await page.keyboard.press('ArrowRight');
    }

    await page.getByRole('tab', { name: 'Slices' }).click();
    await page.getByRole('button', { name: 'dark' }).click();
    await page.getByText('2 of 6 cases').waitFor();
    await page.getByTestId('case-filter').fill('');
    const gap = page.getByRole('columnheader', { name: /^Gap/ });
    await gap.getByRole('button').click();
    expect(await gap.getAttribute('aria-sort')).toBe('descending');
    const gaps = await numbersIn(page, 4);
    expect(gaps).toHaveLength(6);
    expect(gaps).toEqual([...gaps].sort((a, b) => b - a));

    const formula = JSON.stringify({ ...RAIM2026_FORMULA, title: 'Mine' });
    await page.getByTestId('bench-file-input').setInputFiles({
      name: 'f.json',
      mimeType: 'application/json',
      buffer: Buffer.from(formula),
    });
    await page.getByRole('tab', { name: 'Formula' }).click();
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Mine');
    const first = page.getByTestId('ranking-table').locator('[data-score]').first();
    const score = await first.getAttribute('data-score');
    await page.getByLabel('Weight of deltae:person').fill('3');
    await page.keyboard.press('Tab');
    await expect.poll(() => first.getAttribute('data-score')).not.toBe(score);

    await page.getByRole('tab', { name: 'Plots' }).click();
    const plot = page.getByRole('button', { name: /^Distribution of .* Arrow keys/ });
    await plot.focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.plot-ring').waitFor();
    const reached = await page.locator('.plot-point').textContent();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('.plot-point').textContent()).not.toBe(reached);
    await page.getByRole('tab', { name: 'Formula' }).click();

    await page.getByLabel('Run over all inputs').selectOption('auto-gamma');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByTestId('ranking-table').getByText('Auto gamma').waitFor();
    await finished(page);
    await page.getByTestId('bench-unmeasured').waitFor({ state: 'detached' });

    await page.getByRole('tab', { name: 'Cases' }).click();
    await page.locator('[data-case="003"] .case-open').click();
    await page.locator('[data-pane]').first().waitFor();
    expect(page.url()).not.toContain('#/bench');
    await page.getByRole('link', { name: 'Bench' }).click();
    await page.locator('[data-case="003"]').waitFor();
    expect(await gap.getAttribute('aria-sort')).toBe('descending');
  });
});

describe('a folder that the browser lets Loupe come back to', () => {
  it('is read where it lies, and again after a reload', async () => {
    const { page } = watched;
    await openBench(page);
    await page.getByRole('heading', { name: 'Drop a data set' }).waitFor();
    const files = Object.fromEntries(
      await Promise.all(
        ['001', '002'].flatMap((stem, i) =>
          [
            ['gt', 0],
            ['ours', 9],
          ].map(async ([folder, distance]) => [
            `${folder}/${stem}.png`,
            [...(await outputPng(i, Number(distance)))],
          ]),
        ),
      ),
    );
    await page.evaluate(chooseOwnFolder, files);
    await page.getByRole('button', { name: 'Choose a folder' }).click();
    await page.getByText('2 cases · 1 method · 2 of 2 outputs matched').waitFor();
    expect(await page.getByTestId('bench-storage').textContent()).toMatch(/read where they lie/);
    await page.reload();
    await page.getByText('2 of 2 outputs matched').waitFor();
    await page.getByTestId('bench-measure').click();
    await finished(page);
    expect(Number((await means(page))['bench-ours-psnr:global'])).toBeGreaterThan(30);

    await page.evaluate(dropTable, 'case,tone\n001,dark\n002,light\n');
    await page.getByRole('tab', { name: 'Slices' }).click();
    await page.getByTestId('slices-table').getByText('light').waitFor();
  });
});

/** Stands in for the system's folder picker: a folder of the page's own file system with these files. */
async function chooseOwnFolder(files: Record<string, number[]>): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const set = await root.getDirectoryHandle('set', { create: true });
  for (const [path, bytes] of Object.entries(files)) {
    const [folder = '', name = ''] = path.split('/');
    const parent = await set.getDirectoryHandle(folder, { create: true });
    const file = await (await parent.getFileHandle(name, { create: true })).createWritable();
    await file.write(Uint8Array.from(bytes));
    await file.close();
  }
  Object.assign(window, { showDirectoryPicker: () => Promise.resolve(set) });
}

function dropTable(content: string): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([content], 'tones.csv', { type: 'text/csv' }));
  for (const type of ['dragenter', 'dragover', 'drop']) {
    const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer });
    document.body.dispatchEvent(event);
  }
}

const TABS = [
  'Methods',
  'Cases',
  'Compare',
  'Slices',
  'Ranking',
  'Formula',
  'Plots',
  'Imports',
  'Submission',
];

const csv = (name: string, lines: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\n')),
});

/** The numbers of a column of the table of cases, by its place behind the case's name. */
const numbersIn = (page: Page, column: number) =>
  page
    .locator(`[data-testid="cases-body"] tr[data-case] td:nth-of-type(${column})`)
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));

/** Pauses after the first few, goes on, pauses again: from within the page, which is faster than a click. */
async function pauseOnTheWay(): Promise<void> {
  const line = () => document.querySelector('[data-testid="bench-run"]');
  const done = () => Number(/([\d,]+) of /.exec(line()?.textContent ?? '')?.[1] ?? 0);
  while (done() < 5) await new Promise((resolve) => requestAnimationFrame(resolve));
  for (const name of ['Pause', 'Resume', 'Pause']) {
    const buttons = [...(line()?.querySelectorAll('button') ?? [])];
    buttons.find(({ textContent }) => textContent === name)?.click();
  }
}
