import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { constants, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { findChromium } from '../scripts/lib/chromium.mjs';

/** Where Vulkan's loader looks for drivers on Linux. */
const DRIVER_FOLDERS = [
  '/etc/vulkan/icd.d',
  '/usr/share/vulkan/icd.d',
  '/usr/local/share/vulkan/icd.d',
  '/usr/local/etc/vulkan/icd.d',
  join(homedir(), '.local/share/vulkan/icd.d'),
];

/** glibc's flag to keep a library loaded; Node has no name for it. */
const RTLD_NODELETE = 0x1000;

const isDriverNamed = () => Boolean(process.env.VK_DRIVER_FILES || process.env.VK_ICD_FILENAMES);

/** Whether the user or the system names a Vulkan driver. Systems other than Linux have their own way. */
export function hasOwnDriver(): boolean {
  if (process.platform !== 'linux' || isDriverNamed()) return true;
  return DRIVER_FOLDERS.some(
    (folder) => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json')),
  );
}

/**
 * Loads Chromium's copy of the Vulkan loader, so that Dawn, which asks for it by name, finds it in the
 * process. A system's own loader would be found without this.
 */
function preloadLoader(file: string): void {
  try {
    process.dlopen({ exports: {} }, file, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch {
    // A library that is no addon of Node's always ends here, loaded nevertheless.
  }
}

/**
 * Makes SwiftShader, the software adapter inside Chromium, the Vulkan driver of this process, unless
 * the user names another.
 * @returns false where the user does, or no Chromium with a SwiftShader was found
 */
export function useChromiumsDriver(): boolean {
  if (process.platform !== 'linux' || isDriverNamed()) return false;
  const chromium = findChromium();
  if (chromium === undefined) return false;
  // On Debian the command is a script; the program and its driver lie elsewhere.
  const program = existsSync(chromium) ? realpathSync(chromium) : chromium;
  const folder = [dirname(program), '/usr/lib/chromium', '/usr/lib/chromium-browser'].find((at) =>
    existsSync(join(at, 'vk_swiftshader_icd.json')),
  );
  if (folder === undefined) return false;
  process.env.VK_DRIVER_FILES = join(folder, 'vk_swiftshader_icd.json');
  const loader = join(folder, 'libvulkan.so.1');
  if (existsSync(loader)) preloadLoader(loader);
  return true;
}
