import type { TeamValues } from './types.ts';

type Known<Name extends string> = Readonly<Record<Name, number>>;

/** The named values, or null where one of them is unknown. */
export function known<const Name extends string>(
  team: TeamValues,
  names: readonly Name[],
): Known<Name> | null {
  const entries = names.map((name) => [name, team[name] ?? null] as const);
  if (entries.some(([, value]) => value === null)) return null;
  return Object.fromEntries(entries) as Known<Name>;
}

/** Clamped to [0, 1]. */
export function clip01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
