/*
 * The filter line above the table of cases: words that must be in the case's name, tags, comparisons
 * with a column. "hall deltae:person>10 #halo tone=dark"
 */

/** One condition; all must hold. */
export type Condition =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | {
      readonly kind: 'value';
      readonly column: string;
      readonly operator: '<' | '<=' | '>' | '>=' | '=';
      readonly value: number;
    }
  | { readonly kind: 'attribute'; readonly name: string; readonly value: string };

/** What a condition may ask of a case. */
export interface FilterSubject {
  readonly name: string;
  readonly tags: readonly string[];
  /** By column id, of the method that is filtered by; NaN or undefined: no value. */
  value(column: string): number | undefined;
  attribute(name: string): string | null;
}

function conditionOf(word: string): Condition {
  if (/^#.+/.test(word)) return { kind: 'tag', tag: word.slice(1).toLowerCase() };
  const compared = /^(.+?)(<=|>=|<|>|=)(.+)$/.exec(word);
  if (!compared) return { kind: 'text', text: word.toLowerCase() };
  const [, name = '', operator = '', right = ''] = compared;
  const value = Number(right);
  // "tone=2" may be an attribute as well as a column: a column's id has a colon in it.
  if (operator === '=' && !(name.includes(':') && Number.isFinite(value))) {
    return { kind: 'attribute', name: name.toLowerCase(), value: right.toLowerCase() };
  }
  if (!Number.isFinite(value)) return { kind: 'text', text: word.toLowerCase() };
  return { kind: 'value', column: name, operator: operator as '<', value };
}

/** Splits a filter line at spaces; text in double quotes stays together. */
export function parseFilter(line: string): Condition[] {
  const words = line.match(/"[^"]*"|\S+/g) ?? [];
  return words
    .map((word) => (word.startsWith('"') ? word.replaceAll('"', '') : word))
    .filter((word) => word !== '')
    .map(conditionOf);
}

function compares(left: number, operator: string, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return left === right;
  }
}

function holds(condition: Condition, subject: FilterSubject): boolean {
  switch (condition.kind) {
    case 'text':
      return subject.name.toLowerCase().includes(condition.text);
    case 'tag':
      return subject.tags.some((tag) => tag.toLowerCase() === condition.tag);
    case 'attribute':
      return subject.attribute(condition.name)?.toLowerCase() === condition.value;
    case 'value': {
      const value = subject.value(condition.column);
      return value !== undefined && compares(value, condition.operator, condition.value);
    }
  }
}

/** Whether a case meets all conditions. A missing value meets no comparison. */
export function meets(conditions: readonly Condition[], subject: FilterSubject): boolean {
  return conditions.every((condition) => holds(condition, subject));
}
