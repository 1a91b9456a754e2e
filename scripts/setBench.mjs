import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { withBuiltApp } from './lib/builtApp.mjs';
import { CHROMIUM_ARGS, ensureChromium } from './lib/chromium.mjs';
import { browserProcesses, largestBytes, mebibytes } from './lib/memory.mjs';
import { writeSet } from './lib/setFiles.mjs';

/** Cases, methods, width and height. */
const DEFAULTS = [1000, 6, 1024, 768];
/** The course of the run is printed this often, memory looked at, in ms. */
const TELL_EVERY = 30_000;
const LOOK_EVERY = 1000;
/** A run takes hours without a GPU. */
const PATIENCE = 12 * 3_600_000;

/** Counts the tasks that keep the page from answering, from before its first line. */
function countLongTasks() {
  const tasks = { most: 0, sum: 0, count: 0 };
  // Node, whose types are known here, has no such entries.
  const type = /** @type {import('node:perf_hooks').EntryType} */ (
    /** @type {string} */ ('longtask')
  );
  Object.assign(globalThis, { longTasks: tasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      tasks.most = Math.max(tasks.most, duration);
      tasks.sum += duration;
      tasks.count += 1;
    }
  }).observe({ type, buffered: true });
}

/**
 * What kept the page since the last call.
 * @param {import('playwright').Page} page
 * @returns {Promise<string>}
 */
async function longTasks(page) {
  const { most, sum, count } = await page.evaluate(() => {
    const tasks = Reflect.get(globalThis, 'longTasks');
    const now = { ...tasks };
    Object.assign(tasks, { most: 0, sum: 0, count: 0 });
    return now;
  });
  return `${count} long tasks, ${Math.round(sum)} ms in all, the longest ${Math.round(most)} ms`;
}

/** Resident memory of the page with its workers and of the GPU process, with the most so far. */
function makeMemory() {
  const most = { page: 0, gpu: 0 };
  const look = () => {
    const page = largestBytes(browserProcesses('renderer'), 'VmRSS');
    const gpu = largestBytes(browserProcesses('gpu-process'), 'VmRSS');
    most.page = Math.max(most.page, page);
    most.gpu = Math.max(most.gpu, gpu);
    return `page ${mebibytes(page)}, GPU process ${mebibytes(gpu)}`;
  };
  const peaks = () => `at most: page ${mebibytes(most.page)}, GPU process ${mebibytes(most.gpu)}`;
  return { look, peaks };
}

const seconds = (/** @type {number} */ since) =>
  `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * How long the page takes to show what was asked for.
 * @param {string} what
 * @param {() => Promise<void>} task
 */
async function timed(what, task) {
  const began = performance.now();
  await task();
  console.log(`  ${what}: ${seconds(began)}`);
}

/**
 * @param {import('playwright').Page} page
 * @param {string} folder
 * @param {number[]} set
 */
async function takeIn(page, folder, [cases = 0, methods = 0]) {
  const began = performance.now();
  await page.getByTestId('bench-folder-input').setInputFiles(folder);
  console.log(`  handed over by the browser: ${seconds(began)}`);
  await page.locator('[data-testid="bench-measure"]:enabled').waitFor();
  await page.getByRole('tab', { name: 'Cases' }).click();
  await page.locator('tr[data-case]').first().waitFor();
  console.log(`  first row of ${cases} × ${methods}: ${seconds(began)}; ${await longTasks(page)}`);
}

/**
 * What a hand does while numbers come in.
 * @param {import('playwright').Page} page
 */
async function use(page) {
  await timed('to the last case', async () => {
    await page.locator('.case-box').evaluate((box) => box.scrollTo({ top: box.scrollHeight }));
    await page.locator('tr[data-case]').last().waitFor();
  });
  await timed('a filter typed', async () => {
    await page.getByTestId('case-filter').fill('000');
    await page.getByText(/^1 of [\d,]+ cases$/).waitFor();
    await page.getByTestId('case-filter').fill('');
  });
  await timed('to the methods', async () => {
    await page.getByRole('tab', { name: 'Methods' }).click();
    await page.getByTestId('methods-table').waitFor();
  });
  console.log(`  meanwhile ${await longTasks(page)}`);
}

/**
 * Measures to the end and tells the course.
 * @param {import('playwright').Page} page
 * @param {ReturnType<typeof makeMemory>} memory
 */
async function measure(page, memory) {
  const began = performance.now();
  const line = page.getByTestId('bench-run');
  await page.getByTestId('bench-measure').click();
  await page.locator('[data-testid="bench-run"][data-status="running"]').waitFor();
  await use(page);
  for (let told = began; ; await page.waitForTimeout(LOOK_EVERY)) {
    const now = memory.look();
    const done = (await line.getAttribute('data-status')) === 'done';
    if (!done && performance.now() - told < TELL_EVERY) continue;
    told = performance.now();
    const words = await line.locator('.run-facts').textContent();
    console.log(`  ${seconds(began)}: ${words}; ${now}; ${await longTasks(page)}`);
    if (done) break;
  }
  const failed = await page.getByTestId('bench-failures').count();
  console.log(`  ${failed > 0 ? 'some outputs could not be measured' : 'everything was measured'}`);
}

/**
 * Measures a generated set in the built app and prints what the page held of memory and how well it
 * answered meanwhile. Linux tells memory, other systems do not.
 * @param {string[]} args
 */
export async function benchSet(args) {
  const set = DEFAULTS.map((number, index) => Number(args[index] ?? number));
  if (set.some((number) => !Number.isInteger(number) || number < 1)) {
    throw new Error('--set takes whole numbers: cases, methods, width and height.');
  }
  const [cases = 0, methods = 0, ...size] = set;
  const folder = mkdtempSync(join(tmpdir(), 'loupe-set-'));
  try {
    writeSet(folder, { cases, methods, size });
    console.log(`${cases} cases × ${methods} methods, ${size.join(' × ')}`);
    await withBuiltApp(async (address) => {
      const browser = await chromium.launch({
        executablePath: ensureChromium(),
        args: CHROMIUM_ARGS,
      });
      try {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        page.setDefaultTimeout(PATIENCE);
        await page.addInitScript(countLongTasks);
        await page.goto(`${address}#/bench/`);
        await page.getByRole('heading', { name: 'Drop a data set' }).waitFor();
        const memory = makeMemory();
        console.log(`  empty: ${memory.look()}; ${await longTasks(page)}`);
        await takeIn(page, folder, set);
        console.log(`  ${memory.look()}`);
        await measure(page, memory);
        console.log(`  ${memory.peaks()}`);
        await timed('reloaded to the first row', async () => {
          await page.reload();
          await page.getByTestId('methods-table').waitFor();
        });
      } finally {
        await browser.close();
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
