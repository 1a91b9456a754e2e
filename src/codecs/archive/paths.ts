/** Longest path and most folders that are taken from an archive. */
const LONGEST_PATH = 1024;
const MOST_FOLDERS = 32;

/**
 * A path of an archive as one below it: "/" between folders, no drive, no "." and no control
 * characters.
 * @returns null where it leads outside the archive, or is absurdly long
 */
export function safePath(raw: string): string | null {
  if (raw.length > LONGEST_PATH) return null;
  const parts = raw
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    // Names may hold anything else: they are only ever shown as text.
    .map((part) => part.replaceAll(/\p{Cc}/gu, '').trim())
    .filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.length > MOST_FOLDERS || parts.includes('..')) return null;
  return parts.join('/');
}

/** Files that operating systems leave in archives. */
export function isClutter(path: string): boolean {
  return /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i.test(path);
}
