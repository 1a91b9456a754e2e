import { chromium } from 'playwright';
import { createServer } from 'vite';
import { CHROMIUM_ARGS, ensureChromium } from './lib/chromium.mjs';

const HELP = `Usage: npm run bench -- [--hardware] [--runs N] [--provider webgpu|wasm]

Times the metrics, the restoration passes and the default model in headless Chromium.
  --hardware     let Chromium choose the adapter instead of asking for the software one
  --runs N       warm calls that the median is taken of (default 9)
  --provider P   run the model on P instead of what the app would choose`;

/** Width and height: a weak-flash portrait of the challenge, and a phone's picture made smaller. */
const SIZES = [
  [656, 816],
  [1024, 1365],
];
const THUMBNAIL_SIDE = 128;

/**
 * @param {string[]} args
 * @returns {{ hardware: boolean, runs: number, provider: string | null }}
 */
function readArguments(args) {
  /** @type {{ hardware: boolean, runs: number, provider: string | null }} */
  const options = { hardware: false, runs: 9, provider: null };
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--hardware') options.hardware = true;
    else if (args[i] === '--runs') options.runs = Number(args[++i]);
    else if (args[i] === '--provider') options.provider = args[++i] ?? '';
    else fail(args[i] === '--help' ? '' : `Unknown argument: ${args[i]}\n`);
  }
  if (!Number.isInteger(options.runs) || options.runs < 1) fail('--runs takes a whole number.\n');
  if (![null, 'webgpu', 'wasm'].includes(options.provider)) fail('No such provider.\n');
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
  console.log(`  ${what.padEnd(28)} first ${ms(first)}   warm ${ms(warm)}`);
}

/**
 * Calls an exported function of a module of scripts/bench in the page.
 * @param {import('playwright').Page} page
 * @param {string} file
 * @param {string} name
 * @param {unknown[]} args
 */
function call(page, file, name, args) {
  const module = `/scripts/bench/${file}`;
  return page.evaluate(async (what) => (await import(what.module))[what.name](...what.args), {
    module,
    name,
    args,
  });
}

/**
 * @param {import('playwright').Page} page
 * @param {number[]} size
 * @param {{ runs: number, provider: string | null }} options
 */
async function benchSize(page, size, { runs, provider }) {
  const metrics = await call(page, 'metrics.ts', 'benchMetrics', [...size, runs]);
  console.log(`\n${size.join(' × ')} on ${metrics.adapter}`);
  printTiming('metrics, WGSL', metrics.wgsl);
  console.log(`  ${'metrics, float64 reference'.padEnd(28)} first ${ms(metrics.reference)}`);
  console.log(`  largest difference ${metrics.difference.toExponential(1)}`);
  const passes = await call(page, 'passes.ts', 'benchPasses', [...size, THUMBNAIL_SIDE, runs]);
  printTiming('pack', passes.pack);
  printTiming(`thumbnail ${THUMBNAIL_SIDE} × ${THUMBNAIL_SIDE}`, passes.thumbnail);
  printTiming('blend', passes.blend);
  const model = await call(page, 'restoration.ts', 'benchRestoration', [...size, provider]);
  const where = model.provider === 'wasm' ? `WASM, ${model.threads} threads` : 'WebGPU';
  printTiming(`${model.model} on ${where}`, {
    first: model.firstSeconds * 1000,
    warm: model.warmSeconds * 1000,
  });
  console.log(
    `  ${model.tiles} tiles; loading the model took ${ms(model.loadSeconds * 1000).trim()}`,
  );
}

const { hardware, runs, provider } = readArguments(process.argv.slice(2));
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
  for (const size of SIZES) await benchSize(page, size, { runs, provider });
} finally {
  await browser.close();
  await server.close();
}
