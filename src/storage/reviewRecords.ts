import type { Alignment } from '../core/inspect/alignment.ts';
import type { Finding } from '../core/inspect/hints/types.ts';
import { isObject, isShift } from './records.ts';

/** What was found of a shift between two pictures. */
export function isStoredAlignment(value: unknown): value is { readonly found: Alignment | null } {
  if (!isObject(value)) return false;
  const { found } = value;
  return found === null || (isShift(found) && typeof Reflect.get(found, 'confidence') === 'number');
}

/** The hints of an output by their ids. */
export function isStoredFindings(
  value: unknown,
): value is { readonly findings: Readonly<Record<string, Finding | null>> } {
  return (
    isObject(value) &&
    isObject(value.findings) &&
    Object.values(value.findings).every(
      (found) => found === null || (isObject(found) && Number.isFinite(found.value)),
    )
  );
}
