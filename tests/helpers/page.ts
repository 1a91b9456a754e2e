import { mkdirSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/lib/chromium.mjs';

/** Where screenshots go: kept after the run for a person to look at. */
export const ARTEFACTS = 'tests/e2e/artefacts';

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  mkdirSync(ARTEFACTS, { recursive: true });
  return chromium.launch({
    args: CHROMIUM_ARGS,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
}

/** A page with everything that must not happen written down. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses asked for, in order. */
  readonly requests: string[];
  /** Exceptions, console errors and policy violations. */
  readonly problems: string[];
}

/** A fresh profile (empty storage) with one page. */
export async function openWatchedPage(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  // A busy machine with two cores takes its time; timing never decides a test.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const requests: string[] = [];
  const problems: string[] = [];
  // The context sees the requests of workers too, a page's own event would miss some.
  context.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return { page, context, requests, problems };
}

/** What a failed test saw last: a screenshot named after it, and its words and problems in the log. */
export async function showFailure(
  page: Page,
  test: string,
  problems: readonly string[],
): Promise<void> {
  const name = test.replace(/\W+/g, '-').slice(0, 80);
  await page.screenshot({ path: `${ARTEFACTS}/failed-${name}.png` });
  const words = await page.locator('body').innerText();
  console.error([`${test} failed at ${page.url()}`, ...problems, words].join('\n'));
}

/** Requests that left the origin of `url`; blob: and data: never leave the machine. */
export function foreignRequests(requests: readonly string[], url: string): string[] {
  const { origin } = new URL(url);
  return requests.filter(
    (request) => !/^(blob|data):/.test(request) && new URL(request).origin !== origin,
  );
}

/** Full-precision values of all cells of the metrics table, by `<metric>-<region>`. */
export async function readMetrics(page: Page): Promise<Record<string, number | null>> {
  const cells = await page.locator('[data-testid^="metric-"]').all();
  const values: Record<string, number | null> = {};
  for (const cell of cells) {
    const id = (await cell.getAttribute('data-testid'))?.replace('metric-', '') ?? '';
    const value = await cell.getAttribute('data-value');
    values[id] = value === null || value === '' ? null : Number(value);
  }
  return values;
}
