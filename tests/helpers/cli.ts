import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { RAIM2026_COLUMNS, type Raim2026Column } from '../../src/core/challenges/raim2026.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, as a user's shell would. */
export function runProgram(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...environment } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The command line in a process of its own. */
export function runCli(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return runProgram(process.execPath, ['cli/main.mjs', ...args], environment);
}

/** A folder that is removed after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loupe-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file with the folders above it; returns its path. */
export function writeFile(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
export const GOLDEN = join(FIXTURES, 'golden');

const ROLES = { gt: 'gt', output: 'output', mask: 'mask_personmask' } as const;

/** Options of `score` for a folder laid out like the golden one. */
export function foldersIn(folder: string): string[] {
  return Object.entries(ROLES).flatMap(([role, name]) => [`--${role}`, join(folder, name)]);
}

/** All golden pictures but the three large ones. */
export const SMALL_IDS = /^(?!001|002|015)/;

/** Copies the golden pictures with these IDs. */
export function copySmallGolden(to: string, ids: RegExp = SMALL_IDS): void {
  for (const name of Object.values(ROLES)) {
    mkdirSync(join(to, name), { recursive: true });
    const files = readdirSync(join(GOLDEN, name)).filter((file) => ids.test(file));
    for (const file of files) copyFileSync(join(GOLDEN, name, file), join(to, name, file));
  }
}

export type OfficialRun = 'with_lpips_column' | 'no_lpips_value';

/** The scoring program's own file. */
export function officialFile(run: OfficialRun, name: string): string {
  return readFileSync(join(FIXTURES, 'official', run, name), 'utf8');
}

interface OfficialCase {
  readonly id: string;
  /** The program's unrounded values; LPIPS is a stand-in number. */
  readonly official_row: Readonly<Record<Raim2026Column, number | null>>;
}

const OFFICIAL_CASES: readonly OfficialCase[] = JSON.parse(
  readFileSync(join(GOLDEN, 'expected.json'), 'utf8'),
).cases;

/** The scoring program's values per image as a table for `--metrics`. */
export function officialTable(columns: readonly Raim2026Column[]): string {
  const rows = OFFICIAL_CASES.map(({ id, official_row: row }) =>
    [id, ...columns.map((column) => row[column] ?? 'N/A')].join(','),
  );
  return `image_id,${columns.join(',')}\n${rows.join('\n')}\n`;
}

/** All columns, or all that the program has a value for without LPIPS. */
export function officialColumns(run: OfficialRun): readonly Raim2026Column[] {
  return RAIM2026_COLUMNS.filter((name) => run !== 'no_lpips_value' || name !== 'LPIPS_person');
}

export function readFolder(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).toSorted();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** The numbers of a text with their places, so that two texts can be compared with a tolerance. */
export function splitNumbers(text: string): { words: string[]; numbers: number[] } {
  const number = /-?\d+\.\d+(?:e[+-]?\d+)?/g;
  return { words: text.split(number), numbers: (text.match(number) ?? []).map(Number) };
}
