import { chromium } from 'playwright';
import { createServer } from 'vite';

import { benchBigPicture } from './lib/bigPicture.mjs';
import { CHROMIUM_ARGS, ensureChromium } from './lib/chromium.mjs';
import { benchSet } from './setBench.mjs';
import { benchViewer } from './viewerBench.mjs';

const HELP = `Usage: npm run bench -- [--hardware] [--runs N] [--markdown] [--no-model] [--provider webgpu|wasm]
       npm run bench -- --viewer
       npm run bench -- --set [cases methods width height]
       npm run bench -- --big [--hardware] [--provider webgpu|wasm]
       npm run bench -- --preview [--hardware] [--provider webgpu|wasm]

Times the metrics, the restoration passes and the default model in headless Chromium. Metrics, in
milliseconds: WGSL from pictures in memory to values, upload and readback included, the best warm call
and the median; "kept", the best where the ground truth is on the GPU already; "GPU", the passes alone
by timestamp queries; one call of the float64 reference, and how many times longer than WGSL's best it
takes; the largest difference between the two; and on a real GPU the share of the measured copy
bandwidth that the passes reach.
  --hardware     let Chromium choose the adapter instead of asking for the software one
  --runs N       warm calls that the best and the median are taken of (default 9), at least three where
                 they take seconds
  --markdown     print the metrics as tables in Markdown
  --no-model     leave the restoration passes and the model out
  --provider P   run the model on P instead of what the app would choose
  --big          restore a 24-megapixel picture in the page instead, and tell how much memory the page and
                 its workers held (Linux only)
  --preview      time only what a visitor waits for the preview of a phone's whole picture
  --set          measure a generated set to its end instead (1000 6 1024 768 where nothing is said), and tell
                 memory, throughput and what kept the page from answering (Linux only)`;

/** Width and height: a weak-flash portrait of the challenge, and a phone's picture made smaller. */
const MODEL_SIZES = [
  [656, 816],
  [1024, 1365],
];
/** A portrait of the challenge as its program is timed, and a phone's whole picture. */
const METRIC_SIZES = [
  [1024, 1365],
  [4000, 3000],
];
const THUMBNAIL_SIDE = 128;

/**
 * @typedef {object} Options
 * @property {boolean} hardware
 * @property {number} runs
 * @property {boolean} model
 * @property {boolean} markdown
 * @property {boolean} big
 * @property {boolean} preview
 * @property {string | null} provider
 */

/**
 * @param {string[]} args
 * @returns {Options}
 */
function readArguments(args) {
  /** @type {Options} */
  const options = {
    ...{ hardware: false, runs: 9, model: true, markdown: false, big: false, preview: false },
    provider: null,
  };
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--hardware') options.hardware = true;
    else if (args[i] === '--no-model') options.model = false;
    else if (args[i] === '--markdown') options.markdown = true;
    else if (args[i] === '--big') options.big = true;
    else if (args[i] === '--preview') options.preview = true;
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

/** @param {number | null} milliseconds */
const time = (milliseconds) =>
  milliseconds === null ? '–' : milliseconds.toFixed(milliseconds < 100 ? 1 : 0);

/**
 * @typedef {{ first: number, best: number, warm: number }} Timing
 * @typedef {object} MetricBench
 * @property {string} name
 * @property {Timing} wgsl
 * @property {Timing} kept
 * @property {number | null} gpu
 * @property {number} reference
 * @property {number} difference
 * @property {number | null} bandwidthShare
 */

const METRIC_HEAD = [
  'ms',
  'WGSL',
  'median',
  'kept',
  'GPU',
  'float64',
  'ratio',
  'off by',
  'of copy',
];

/** @param {MetricBench} bench */
function metricCells({ name, wgsl, kept, gpu, reference, difference, bandwidthShare }) {
  const share = bandwidthShare === null ? 'unmeasured' : `${(bandwidthShare * 100).toFixed(0)} %`;
  const times = [wgsl.best, wgsl.warm, kept.best, gpu, reference].map(time);
  const ratio = `${(reference / wgsl.best).toFixed(1)}×`;
  return [name, ...times, ratio, difference.toExponential(0), share];
}

/**
 * @param {string[]} cells
 * @param {boolean} markdown
 */
function row([name = '', ...rest], markdown) {
  if (markdown) return `| ${[name, ...rest].join(' | ')} |`;
  return `  ${name.padEnd(16)}${rest.map((text) => text.padStart(10)).join('')}`;
}

/** @param {boolean} markdown */
function printMetricHead(markdown) {
  console.log(row(METRIC_HEAD, markdown));
  if (markdown) console.log(`|---|${'--:|'.repeat(METRIC_HEAD.length - 1)}`);
}

/**
 * @param {import('playwright').Page} page
 * @param {number[]} size
 * @param {Options} options
 */
async function benchMetricSize(page, size, { runs, markdown }) {
  const bench = await call(page, 'metrics.ts', 'prepareMetrics', [...size, runs]);
  console.log(`\n${size.join(' × ')} on ${bench.adapter}`);
  if (bench.copyBandwidth !== null) {
    console.log(`copy bandwidth ${(bench.copyBandwidth / 1e9).toFixed(0)} GB/s`);
  }
  console.log('');
  printMetricHead(markdown);
  for (let i = 0; i < bench.names.length; i += 1) {
    console.log(row(metricCells(await call(page, 'metrics.ts', 'benchMetric', [i])), markdown));
  }
}

/** @param {{ provider: string, threads: number }} model */
const placeOf = ({ provider, threads }) =>
  provider === 'wasm' ? `WASM, ${threads} threads` : 'WebGPU';

/**
 * @param {import('playwright').Page} page
 * @param {string} address
 * @param {Options} options
 */
async function benchPreview(page, address, { provider }) {
  await page.goto(address);
  for (const size of METRIC_SIZES) {
    const preview = await call(page, 'restoration.ts', 'benchPreview', [...size, provider]);
    console.log(`\npreview of ${size.join(' × ')}`);
    printTiming(`${preview.model} on ${placeOf(preview)}`, {
      first: preview.firstSeconds * 1000,
      warm: preview.warmSeconds * 1000,
    });
  }
}

/**
 * @param {import('playwright').Page} page
 * @param {number[]} size
 * @param {Options} options
 */
async function benchModelSize(page, size, { runs, provider }) {
  console.log(`\nrestoration at ${size.join(' × ')}`);
  const passes = await call(page, 'passes.ts', 'benchPasses', [...size, THUMBNAIL_SIDE, runs]);
  printTiming('pack', passes.pack);
  printTiming(`thumbnail ${THUMBNAIL_SIDE} × ${THUMBNAIL_SIDE}`, passes.thumbnail);
  printTiming('blend', passes.blend);
  const model = await call(page, 'restoration.ts', 'benchRestoration', [...size, provider]);
  printTiming(`${model.model} on ${placeOf(model)}`, {
    first: model.firstSeconds * 1000,
    warm: model.warmSeconds * 1000,
  });
  console.log(
    `  ${model.tiles} tiles; loading the model took ${ms(model.loadSeconds * 1000).trim()}`,
  );
}

/**
 * @param {import('playwright').Page} page
 * @param {string} address
 */
async function benchAll(page, address) {
  await page.goto(address);
  for (const size of METRIC_SIZES) await benchMetricSize(page, size, options);
  for (const size of options.model ? MODEL_SIZES : []) await benchModelSize(page, size, options);
}

const setAt = process.argv.indexOf('--set');
if (setAt > 0) {
  await benchSet(process.argv.slice(setAt + 1));
  process.exit();
}
if (process.argv.includes('--viewer')) {
  await benchViewer();
  process.exit();
}
const options = readArguments(process.argv.slice(2));
const software = '--use-webgpu-adapter=swiftshader';
// A file that is saved meanwhile must not reload the page.
const server = await createServer({
  logLevel: 'error',
  server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
});
await server.listen();
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: options.hardware ? CHROMIUM_ARGS.filter((arg) => arg !== software) : CHROMIUM_ARGS,
});
try {
  const address = server.httpServer?.address();
  if (address === null || typeof address !== 'object') throw new Error('The server has no port.');
  const origin = `http://127.0.0.1:${address.port}/`;
  const page = `${origin}scripts/bench/index.html`;
  if (options.big) await benchBigPicture(browser, origin, options.provider);
  else if (options.preview) await benchPreview(await browser.newPage(), page, options);
  else await benchAll(await browser.newPage(), page);
} finally {
  await browser.close();
  await server.close();
}
