import type { CaseView } from '../../app/model.ts';

/**
 * Why the strength of the shown output cannot be set, a finished sentence; null where it can, and
 * while there is no output, which the page shows anyway.
 */
export function whyNoStrength(
  item: Pick<CaseView, 'input' | 'output' | 'strengthApplies'>,
): string | null {
  if (item.strengthApplies || !item.output) return null;
  if (item.output.origin.kind === 'dropped') {
    return 'A dropped output stays as it is; only what was restored here can be mixed with the input.';
  }
  if (!item.input) return 'Without the input there is nothing to mix the output with.';
  return 'The output has another size than the input, so the two cannot be mixed.';
}
