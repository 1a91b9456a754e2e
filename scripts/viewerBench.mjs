import { chromium } from 'playwright';
import { build } from 'vite';
import { withBuiltApp } from './lib/builtApp.mjs';
import { CHROMIUM_ARGS, ensureChromium } from './lib/chromium.mjs';

/** Twelve megapixels. */
const SIZE = [4000, 3000];
const WINDOW = { width: 1440, height: 900 };
const FRAMES = 120;
/** One frame at 60 Hz. */
const BUDGET = 1000 / 60;
/** Frames come as fast as they can be made, so that what one costs is seen. */
const UNBOUND = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

/** Each way of looking as what it changes in a link to the view. @type {[string, Record<string, string>][]} */
const WAYS = [
  ['side by side, 3 panes', { mode: 'side-by-side' }],
  ['one', { mode: 'single', single: 'output' }],
  ['split of 2', { mode: 'split', split: '["input","output"]' }],
  ['split of 3 in rows', { mode: 'split', split: '["input","output","gt"]', splitInto: 'rows' }],
  ['onion', { mode: 'onion', onion: '0.5' }],
  ['difference ×4', { mode: 'difference' }],
  ['signed difference ×16', { mode: 'difference', signed: 'true', gain: '16' }],
  ['exposure +1 EV, split', { mode: 'split', exposure: '1' }],
  ['clipping, side by side', { mode: 'side-by-side', clipping: 'true' }],
  ['error map, split', { mode: 'split', errorMap: 'deltae' }],
  ['tint and contour', { mode: 'split', overlay: 'true', overlayStyle: 'both' }],
  ['cut-out', { mode: 'split', overlay: 'true', overlayStyle: 'cut-out' }],
];

/** A view that nothing was changed in; `x`, `y` and `zoom` are set for each gesture. */
const PLAIN = {
  picture: '',
  mode: 'split',
  split: '["input","output"]',
  splitLines: '[]',
  splitInto: 'columns',
  single: 'output',
  compared: '["gt","output"]',
  gain: '4',
  signed: 'false',
  onion: '0.5',
  inView: '{}',
  overlay: 'false',
  overlayStyle: 'both',
  overlayRegion: 'person',
  overlayOpacity: '0.4',
  smooth: 'true',
  boundaryRadius: '8',
  errorMap: 'null',
  errorMapScale: 'fixed',
  errorMapColours: 'magma',
  errorMapRegion: 'null',
  exposure: '0',
  gamma: '1',
  channel: 'rgb',
  clipping: 'false',
};

/** The three that are told apart: fitted, each picture pixel on a device pixel, and in between. */
const GESTURES = /** @type {const} */ ([
  ['pan at 50 %', 'pan', 0.5],
  ['pan at 1:1', 'pan', 1],
  ['zoom 25 to 280 %', 'zoom', 0.25],
]);

/** @param {number[]} times @param {number} share */
const quantile = (times, share) =>
  times.toSorted((a, b) => a - b)[Math.floor(share * (times.length - 1))] ?? Number.NaN;

/**
 * @param {string} name
 * @param {number[]} times from frame to frame
 * @param {number} work the page's own thread, for one frame
 */
function line(name, times, work) {
  const late = times.filter((time) => time > BUDGET).length;
  const cells = [work, quantile(times, 0.5), quantile(times, 0.95), Math.max(...times)];
  const text = cells.map((time) => time.toFixed(1).padStart(8)).join('');
  return `  ${name.padEnd(22)}${text}${`${late} of ${times.length}`.padStart(14)}`;
}

/**
 * Starts to count the processor time of the page's own thread: unlike the time from frame to frame it
 * does not depend on what else the machine does.
 * @param {import('playwright').Page} page
 * @returns {Promise<() => Promise<number>>} milliseconds so far
 */
async function threadClock(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
}

/** @typedef {(name: string, ...args: unknown[]) => Promise<any>} Call Calls a function of viewerPage.ts. */

/**
 * Hands the functions of viewerPage.ts to a page.
 * @param {import('playwright').Page} page
 * @returns {Promise<Call>}
 */
async function prepare(page) {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: 'scripts/bench/viewerPage.ts', formats: ['es'] } },
  });
  const [bundle] = Array.isArray(built) ? built : [];
  const module = `data:text/javascript,${encodeURIComponent(bundle?.output[0].code ?? '')}`;
  return (name, ...args) =>
    page.evaluate(async (what) => (await import(what.module))[what.name](...what.args), {
      module,
      name,
      args,
    });
}

/**
 * @param {import('playwright').Page} page
 * @param {Call} call
 * @param {Record<string, string>} changes
 */
async function openView(page, call, changes) {
  await call('openLink', `#/look?${new URLSearchParams({ ...PLAIN, ...changes })}`);
  if (changes.errorMap) await page.getByTestId('colour-bar').waitFor();
  // Copies for the size that is shown are made once; what is timed is a hand that moves on.
  await page.waitForTimeout(600);
}

/**
 * @param {import('playwright').Page} page
 * @param {Call} call
 * @returns {Promise<string>} the id of the case
 */
async function openCase(page, call) {
  await page.locator('[data-testid="file-input"]').waitFor({ state: 'attached' });
  await call('addCase', ...SIZE);
  await page.locator('[data-testid="metric-psnr-global"]:not([data-value=""])').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('copy link');
  await page.keyboard.press('Enter');
  await page.getByTestId('notice').filter({ hasText: 'clipboard' }).waitFor();
  const link = await call('copiedLink');
  // A pointer that was never seen cannot be captured.
  await page.mouse.move(WINDOW.width / 2, WINDOW.height / 2);
  return new URLSearchParams(link.slice(link.indexOf('?') + 1)).get('case') ?? '';
}

/** @param {string} address */
async function measure(address) {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...CHROMIUM_ARGS, ...UNBOUND],
  });
  try {
    const context = await browser.newContext({ viewport: WINDOW, bypassCSP: true });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    context.setDefaultTimeout(900_000);
    const page = await context.newPage();
    await page.goto(address);
    const call = await prepare(page);
    const caseId = await openCase(page, call);
    const clock = await threadClock(page);
    for (const [name, changes] of WAYS) {
      console.log(`\n${name}`);
      for (const [title, gesture, zoom] of GESTURES) {
        const place = { case: caseId, zoom: String(zoom), x: '0.5', y: '0.5' };
        await openView(page, call, { ...changes, ...place });
        const before = await clock();
        const times = await call('frameTimes', gesture, FRAMES);
        console.log(line(title, times, ((await clock()) - before) / FRAMES));
      }
    }
  } finally {
    await browser.close();
  }
}

/**
 * Times panning and zooming of 12-megapixel pictures in the built app, for every way of looking.
 */
export function benchViewer() {
  return withBuiltApp(async (address) => {
    console.log(
      `Frame times in ms at ${SIZE.join(' × ')} in a window of ${WINDOW.width} × ${WINDOW.height}\n` +
        `${' '.repeat(24)}    work  median    95 %    most  over ${BUDGET.toFixed(1)} ms`,
    );
    await measure(address);
  });
}
