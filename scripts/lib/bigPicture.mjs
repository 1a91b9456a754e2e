import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** A 24-megapixel camera's picture. */
const [WIDTH, HEIGHT] = [6000, 4000];
/** The first restoration of a picture that large, with the model's loading, in ms. */
const PATIENCE = 3_600_000;

/**
 * Parent and command line of a process; null where it is gone.
 * @param {string} pid
 */
function processOf(pid) {
  try {
    const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { pid, parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
  } catch {
    return null;
  }
}

/** The pages of this process's browser, each one in a process with its workers. */
function pages() {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const known = all.map(processOf).filter((found) => found !== null);
  const own = new Set([String(process.pid)]);
  // Children may stand before their parents in the list.
  for (let before = 0; before !== own.size; ) {
    before = own.size;
    for (const { pid, parent } of known) if (parent && own.has(parent)) own.add(pid);
  }
  return known
    .filter(({ pid, command }) => own.has(pid) && command.includes('--type=renderer'))
    .map(({ pid }) => pid);
}

/**
 * Most resident memory of the largest of these processes since `resetPeaks`, in bytes: the others are the
 * browser's own.
 * @param {string[]} pids
 */
function peakBytes(pids) {
  const peaks = pids.map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
  });
  return Math.max(...peaks);
}

/** @param {string[]} pids */
function resetPeaks(pids) {
  for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

const mebibytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 2 ** 20)} MiB`;

/**
 * A 24-megapixel JPEG, made in a page of its own.
 * @param {import('playwright').Browser} browser
 * @param {string} origin of the server
 */
async function makePicture(browser, origin) {
  const page = await browser.newPage();
  await page.goto(`${origin}scripts/bench/index.html`);
  const base64 = await page.evaluate(
    async ({ module, size }) => (await import(module)).makeJpeg(...size),
    { module: '/scripts/bench/pictures.ts', size: [WIDTH, HEIGHT] },
  );
  await page.close();
  return Buffer.from(base64, 'base64');
}

/**
 * Restores a 24-megapixel picture in the page itself with the default model and prints how long that took
 * and the most memory that the page and its workers held meanwhile. Linux tells that, other systems do not.
 * @param {import('playwright').Browser} browser started by this process
 * @param {string} origin of the server
 * @param {string | null} asked the model’s provider; null leaves it to the app
 */
export async function benchBigPicture(browser, origin, asked) {
  const buffer = await makePicture(browser, origin);
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(asked === null ? origin : `${origin}?provider=${asked}`);
  const provider = page.locator('[data-testid="provider"][data-value]');
  await provider.waitFor();
  const pids = pages();
  const before = peakBytes(pids);
  resetPeaks(pids);
  const started = performance.now();
  await page
    .getByTestId('file-input')
    .setInputFiles({ name: 'big_input.jpg', mimeType: 'image/jpeg', buffer });
  await page.getByText('big_restored.png').first().waitFor();
  const seconds = (performance.now() - started) / 1000;
  const where = await provider.textContent();
  console.log(`\n${WIDTH} × ${HEIGHT} in the page, the model on ${where}`);
  console.log(`  ${seconds.toFixed(0)} s from the drop to the restored picture on screen`);
  console.log(
    `  the page and its workers held at most ${mebibytes(peakBytes(pids))} (${mebibytes(before)} when it opened)`,
  );
}
