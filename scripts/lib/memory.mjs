import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What Linux tells of processes; other systems tell it in other ways. */

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

/**
 * The processes of this process's browser of a type: `renderer` is a page with its workers.
 * @param {'renderer' | 'gpu-process'} type
 */
export function browserProcesses(type) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const known = all.map(processOf).filter((found) => found !== null);
  const own = new Set([String(process.pid)]);
  // Children may stand before their parents in the list.
  for (let before = 0; before !== own.size; ) {
    before = own.size;
    for (const { pid, parent } of known) if (parent && own.has(parent)) own.add(pid);
  }
  return known
    .filter(({ pid, command }) => own.has(pid) && command.includes(`--type=${type}`))
    .map(({ pid }) => pid);
}

/**
 * Resident memory of the largest of these processes, in bytes: the others are the browser's own.
 * @param {string[]} pids
 * @param {'VmRSS' | 'VmHWM'} what now, or the most since `resetPeaks`
 */
export function largestBytes(pids, what) {
  const line = new RegExp(`^${what}:\\s+(\\d+) kB`, 'm');
  const sizes = pids.map((pid) => {
    try {
      return 1024 * Number(line.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has ended since the list was made.
      return 0;
    }
  });
  return Math.max(0, ...sizes);
}

/** @param {string[]} pids */
export function resetPeaks(pids) {
  for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

export const mebibytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 2 ** 20)} MiB`;
