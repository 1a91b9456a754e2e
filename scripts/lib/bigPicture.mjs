import { browserProcesses, largestBytes, mebibytes, resetPeaks } from './memory.mjs';

/** A 24-megapixel camera's picture. */
const [WIDTH, HEIGHT] = [6000, 4000];
/** The first restoration of a picture that large, with the model's loading, in ms. */
const PATIENCE = 3_600_000;

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
  const pids = browserProcesses('renderer');
  const before = largestBytes(pids, 'VmHWM');
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
    `  the page and its workers held at most ${mebibytes(largestBytes(pids, 'VmHWM'))} (${mebibytes(before)} when it opened)`,
  );
}
