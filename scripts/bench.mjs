import { chromium } from 'playwright';
import { createServer } from 'vite';
import { CHROMIUM_ARGS, ensureChromium } from './lib/chromium.mjs';

const HELP = `Usage: npm run bench [-- --hardware] [-- --runs N]

Times the metrics and the restoration passes in headless Chromium.
  --hardware  let Chromium choose the adapter instead of asking for the software one
  --runs N    calls after the first one that the median is taken of (default 9)`;

/** Width and height: a weak-flash portrait of the challenge, and a phone's picture made smaller. */
const SIZES = [
  [656, 816],
  [1024, 1365],
];
const THUMBNAIL_SIDE = 128;

/**
 * @param {string[]} args
 * @returns {{ hardware: boolean, runs: number }}
 */
function readArguments(args) {
  const options = { hardware: false, runs: 9 };
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--hardware') options.hardware = true;
    else if (args[i] === '--runs') options.runs = Number(args[++i]);
    else fail(args[i] === '--help' ? '' : `Unknown argument: ${args[i]}\n`);
  }
  if (!Number.isInteger(options.runs) || options.runs < 1) fail('--runs takes a whole number.\n');
  return options;
}

/** @param {string} message */
function fail(message) {
  console.error(`${message}${HELP}`);
  process.exit(message === '' ? 0 : 2);
}

/** @param {number} milliseconds */
const ms = (milliseconds) => `${milliseconds.toFixed(1).padStart(9)} ms`;

/**
 * @param {string} what
 * @param {{ first: number, warm: number }} timing
 */
function printTiming(what, { first, warm }) {
  console.log(`  ${what.padEnd(28)} first ${ms(first)}   warm median ${ms(warm)}`);
}

/**
 * @param {import('playwright').Page} page
 * @param {number[]} size
 * @param {number} runs
 */
async function benchSize(page, size, runs) {
  const metrics = await page.evaluate(
    async ({ size: [width, height], runs: calls }) => {
      const module = '/scripts/bench/metrics.ts';
      return (await import(module)).benchMetrics(width, height, calls);
    },
    { size, runs },
  );
  const passes = await page.evaluate(
    async ({ size: [width, height], runs: calls, side }) => {
      const module = '/scripts/bench/passes.ts';
      return (await import(module)).benchPasses(width, height, side, calls);
    },
    { size, runs, side: THUMBNAIL_SIDE },
  );
  console.log(`\n${size.join(' × ')} on ${metrics.adapter}`);
  printTiming('metrics, WGSL', metrics.wgsl);
  console.log(`  ${'metrics, float64 reference'.padEnd(28)} first ${ms(metrics.reference)}`);
  console.log(`  largest difference ${metrics.difference.toExponential(1)}`);
  printTiming('pack', passes.pack);
  printTiming(`thumbnail ${THUMBNAIL_SIDE} × ${THUMBNAIL_SIDE}`, passes.thumbnail);
  printTiming('blend', passes.blend);
}

const { hardware, runs } = readArguments(process.argv.slice(2));
const software = '--use-webgpu-adapter=swiftshader';
const server = await createServer({ logLevel: 'error', server: { host: '127.0.0.1', port: 0 } });
await server.listen();
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: hardware ? CHROMIUM_ARGS.filter((arg) => arg !== software) : CHROMIUM_ARGS,
});
try {
  const page = await browser.newPage();
  const address = server.httpServer?.address();
  if (address === null || typeof address !== 'object') throw new Error('The server has no port.');
  await page.goto(`http://127.0.0.1:${address.port}/scripts/bench/index.html`);
  for (const size of SIZES) await benchSize(page, size, runs);
} finally {
  await browser.close();
  await server.close();
}
