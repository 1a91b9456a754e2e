import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

/**
 * Switches that give a headless Chromium a WebGPU adapter on any machine: SwiftShader, the software
 * rasteriser inside Chromium, is asked for by name so that every machine tests the same one.
 */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * @param {string} file
 * @returns {boolean}
 */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Path of a Chromium on this machine: `LOUPE_CHROMIUM` if set, then `PATH`, then Playwright's own.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env.LOUPE_CHROMIUM;
  if (named) return named;
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const file = join(directory, name);
      if (isExecutable(file)) return file;
    }
  }
  const bundled = chromium.executablePath();
  return existsSync(bundled) ? bundled : undefined;
}

function isDebian() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*\bdebian\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {boolean} whether the command ended well
 */
function run(command, args) {
  console.log(`$ ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'inherit', env }).status === 0;
}

/**
 * Finds Chromium or installs it: Debian's package as root, Playwright's build elsewhere.
 * @returns {string} path of the executable
 * @throws {Error} with the sentence that says what to install, where neither way works
 */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (isDebian() && process.getuid?.() === 0) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  } else {
    run('npx', ['playwright', 'install', 'chromium']);
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'The gpu and e2e tests need Chromium and it could not be installed. Install it (Debian or Ubuntu: ' +
      '"sudo apt-get install chromium"; elsewhere: "npx playwright install chromium") or set ' +
      'LOUPE_CHROMIUM to the path of a Chromium or Chrome executable, then run the tests again.',
  );
}
