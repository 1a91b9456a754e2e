import { remarksCsv } from '../../core/export/remarks.ts';
import { isSilent } from '../../core/inspect/remarkEdits.ts';
import type { Remarks } from '../../core/inspect/tags.ts';

/**
 * What was said of cases, as CSV; null where nothing was.
 * @param cases as they stand on the page; of one title each is told apart by a number
 */
export function remarksFile(
  cases: readonly { readonly title: string; readonly said: Remarks }[],
): File | null {
  const named = new Map<string, Remarks>();
  for (const { title, said } of cases.filter((own) => !isSilent(own.said))) {
    let name = title;
    for (let count = 2; named.has(name); count += 1) name = `${title} (${count})`;
    named.set(name, said);
  }
  if (named.size === 0) return null;
  return new File([remarksCsv(Object.fromEntries(named))], 'remarks.csv', { type: 'text/csv' });
}
