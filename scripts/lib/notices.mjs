import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ version: string, dev?: boolean, devOptional?: boolean, optional?: boolean, license?: string }} LockedPackage
 * @typedef {{ name: string, version: string, licence: string, text: string | null }} Notice
 */

/**
 * The packages that a build of the app may contain: everything in package-lock.json that is not a
 * development dependency. Type packages have no code and are left out; so are binaries for one platform,
 * which npm marks optional, and peers of ours that are tools here (devOptional).
 * @returns {Notice[]} sorted by name; `text` is null where the package ships no licence file
 */
export function collectNotices() {
  /** @type {{ packages: Record<string, LockedPackage> }} */
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  return Object.entries(lock.packages)
    .filter(
      ([path, { dev, devOptional, optional }]) =>
        path.startsWith('node_modules/') && !dev && !devOptional && !optional,
    )
    .map(([path, locked]) => ({
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 13),
      locked,
    }))
    .filter(({ name }) => !/^(@types\/|undici-types$|csstype$)/.test(name))
    .map(({ path, name, locked }) => {
      const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file === undefined ? null : readFileSync(join(path, file), 'utf8').trim();
      const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
      return { name, version: locked.version, licence: locked.license ?? manifest.license, text };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** A licence text as an indented block of Markdown. @param {string} text */
function indented(text) {
  return text
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');
}

/** NIQE's model of natural pictures is data of its release, whose notice goes with every copy. */
function niqeNotice() {
  const text = readFileSync('scripts/lib/niqe-notice.txt', 'utf8').trim();
  return `## NIQE parameters (src/core/metrics/niqe/naturalModel.ts)\n\n${indented(text)}\n`;
}

/**
 * THIRD_PARTY_NOTICES.md: packages that share a licence text share an entry.
 * @param {Notice[]} notices
 * @returns {string}
 */
export function formatNotices(notices) {
  /** @type {Map<string, Notice[]>} */
  const byText = new Map();
  for (const notice of notices) {
    const key = notice.text ?? `none:${notice.licence}`;
    byText.set(key, [...(byText.get(key) ?? []), notice]);
  }
  const entries = [...byText.values()].map((group) => {
    const title = group.map(({ name, version }) => `${name} ${version}`).join(', ');
    const [{ licence, text }] = /** @type {[Notice]} */ (group);
    const body = text
      ? indented(text)
      : `The packages carry no licence file; their manifests name the licence ${licence}.`;
    return `## ${title}\n\nLicence: ${licence}\n\n${body}\n`;
  });
  return [
    '# Third-party notices\n',
    'Loupe itself is under the MIT licence (LICENSE). A build contains code of these packages; the list is',
    'written by `node scripts/notices.mjs` from package-lock.json. One table of numbers has a notice of its',
    'own, at the end.\n',
    ...entries,
    niqeNotice(),
  ].join('\n');
}
