import { ARRANGE_RULES } from './arrange.ts';
import type { Rule } from './call.ts';
import { CONSTANT_RULES } from './constants.ts';
import { ELEMENTWISE_RULES, sameAsInput } from './elementwise.ts';
import { MATRIX_RULES } from './matrices.ts';
import { REDUCE_RULES } from './reduce.ts';
import { RESHAPE_RULES } from './reshape.ts';
import { WINDOW_RULES } from './windows.ts';

/** Of the standard's own operators. A map, so that no operator's name reaches into a prototype. */
const STANDARD: ReadonlyMap<string, Rule> = new Map(
  Object.entries({
    ...ARRANGE_RULES,
    ...CONSTANT_RULES,
    ...ELEMENTWISE_RULES,
    ...MATRIX_RULES,
    ...REDUCE_RULES,
    ...RESHAPE_RULES,
    ...WINDOW_RULES,
  }),
);

/** Of ONNX Runtime's own domain, those that its optimiser leaves in networks for pictures. */
const MICROSOFT: ReadonlyMap<string, Rule> = new Map(
  Object.entries({
    FusedConv: WINDOW_RULES.Conv ?? sameAsInput,
    Gelu: sameAsInput,
    FastGelu: sameAsInput,
    BiasGelu: sameAsInput,
    QuickGelu: sameAsInput,
  }),
);

/** The rule for an operator; null where there is none. @param domain `''` is the standard's own */
export function ruleFor(domain: string, operator: string): Rule | null {
  if (domain === '') return STANDARD.get(operator) ?? null;
  return domain === 'com.microsoft' ? (MICROSOFT.get(operator) ?? null) : null;
}
