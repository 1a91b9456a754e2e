import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { ensureChromium } from './lib/chromium.mjs';

const KINDS = ['unit', 'gpu', 'e2e'];
const REPORT = 'node_modules/.cache/loupe/test-report.json';

const asked = process.argv.slice(2);
const unknown = asked.filter((kind) => !KINDS.includes(kind));
if (unknown.length > 0) {
  console.error(`No such kind of test: ${unknown.join(', ')}. Choose from ${KINDS.join(', ')}.`);
  process.exit(2);
}
const kinds = asked.length > 0 ? asked : KINDS;
let passed = 0;
let failed = 0;

/**
 * Runs one step with the terminal of this process.
 * @param {string} what
 * @param {string[]} args arguments of npx
 * @returns {boolean}
 */
function step(what, args) {
  console.log(`\n— ${what}`);
  return spawnSync('npx', ['--no-install', ...args], { stdio: 'inherit' }).status === 0;
}

/**
 * A step that counts as one test.
 * @param {string} what
 * @param {string[]} args
 */
function check(what, args) {
  if (step(what, args)) passed += 1;
  else failed += 1;
}

/** Adds vitest's counts; a kind of test that did not run, or a skipped test, is a failure. */
function countReport() {
  if (!existsSync(REPORT)) {
    failed += 1;
    return;
  }
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  const ran = new Set();
  for (const file of report.testResults) {
    const kind = relative(process.cwd(), file.name).split(/[\\/]/)[1];
    if (file.status === 'failed' && file.assertionResults.length === 0) failed += 1;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') {
        passed += 1;
        ran.add(kind);
      } else {
        failed += 1;
        console.error(`${test.status}: ${test.fullName}`);
      }
    }
  }
  for (const kind of kinds) {
    if (ran.has(kind)) continue;
    failed += 1;
    console.error(`No ${kind} test passed: this kind of test has not run.`);
  }
}

if (kinds.some((kind) => kind !== 'unit')) {
  try {
    process.env.LOUPE_CHROMIUM = ensureChromium();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
}
if (asked.length === 0) {
  check('types', ['tsc', '-b']);
  check('lint', ['biome', 'check', '--error-on-warnings', '.']);
}
if (kinds.includes('e2e')) {
  check('build', ['vite', 'build', '--logLevel', 'warn']);
  process.env.LOUPE_BUILT = '1';
}
mkdirSync('node_modules/.cache/loupe', { recursive: true });
rmSync(REPORT, { force: true });
const projects = kinds.flatMap((kind) => ['--project', kind]);
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
const vitestOk = step(`tests: ${kinds.join(', ')}`, ['vitest', 'run', ...projects, ...reporters]);
const failedBefore = failed;
countReport();
// Errors outside any test (an unhandled rejection, a browser that never came up) must not look green.
if (!vitestOk && failed === failedBefore) failed += 1;
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
