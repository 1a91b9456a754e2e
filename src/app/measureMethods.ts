import type { MetricValues } from '../core/metrics/types.ts';
import type { StoredCase } from '../storage/records.ts';
import { project, resourcesOf, titleOf } from './cases.ts';
import type { AppContext } from './context.ts';
import { filesOf, MeasureFailure } from './measured.ts';
import type { MethodId } from './model.ts';
import { backendsFor, lookUp, numbersOf } from './numbers.ts';
import { trimPictures } from './show.ts';

/** Numbers of one method's output that are remembered; null where there are none. */
async function knownNumbers(context: AppContext, record: StoredCase): Promise<MetricValues | null> {
  const files = filesOf(record, 'output');
  if (files === null) return null;
  for (const backend of backendsFor(context, record)) {
    const found = await lookUp(context, files, backend);
    if (found !== null) return found.values;
  }
  return null;
}

function showMethodNumbers(
  context: AppContext,
  { id, outputs }: StoredCase,
  method: MethodId,
  values: MetricValues | null,
): void {
  const output = outputs.find((entry) => entry.method === method)?.picture.sha256;
  const numbers = resourcesOf(context, id).methodNumbers;
  const next = { output, values };
  // The same again keeps its identity, so that nothing is drawn anew.
  if (JSON.stringify(numbers.get(method)) === JSON.stringify(next)) return;
  if (values === null || output === undefined) numbers.delete(method);
  else numbers.set(method, { output, values });
  project(context, id);
}

/** The case as if this method were the one on screen. */
const as = (record: StoredCase, shownMethod: MethodId): StoredCase => ({ ...record, shownMethod });

/** The methods of a case whose numbers are not remembered; the others are shown. */
async function unmeasured(context: AppContext, id: string): Promise<MethodId[]> {
  const record = context.records.get(id);
  if (record === undefined) return [];
  const missing: MethodId[] = [];
  for (const { method } of record.outputs) {
    const values = await knownNumbers(context, as(record, method));
    if (values === null && filesOf(as(record, method), 'output') !== null) missing.push(method);
    showMethodNumbers(context, record, method, values);
  }
  return missing;
}

async function measureMethods(context: AppContext, id: string, signal: AbortSignal) {
  for (const method of await unmeasured(context, id)) {
    const record = context.records.get(id);
    if (signal.aborted || record === undefined || context.store.state.currentCaseId !== id) break;
    try {
      const numbers = await numbersOf(context, as(record, method), 'output', signal);
      showMethodNumbers(context, record, method, numbers?.values ?? null);
      trimPictures(context);
    } catch (error) {
      // The shown output says what is wrong once it is on screen; the others go on.
      if (!(error instanceof MeasureFailure)) throw error;
    }
  }
}

/** Shows the RAIM set of every method of the case on screen, and measures what is missing of it. */
export async function showMethodNumbersOf(context: AppContext, id: string): Promise<void> {
  const missing = await unmeasured(context, id);
  const record = context.records.get(id);
  const others = missing.filter((method) => method !== record?.shownMethod);
  if (record === undefined || others.length === 0) return;
  if (context.store.state.currentCaseId !== id || context.jobs.isWaiting('methods', id)) return;
  context.jobs.add({
    kind: 'methods',
    caseId: id,
    label: `Measuring every method of ${titleOf(record)}`,
    cancellable: true,
    run: (_, signal) => measureMethods(context, id, signal),
  });
}
