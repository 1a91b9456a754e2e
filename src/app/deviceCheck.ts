import { METRIC_IDS, type MetricId } from '../core/metrics/types.ts';
import { isStoredDeviceCheck, type StoredDeviceCheck } from '../storage/records.ts';
import type { AppContext } from './context.ts';
import { deviceHere, deviceView, engineInfo } from './device.ts';
import { callCancellable } from './engineCall.ts';
import { keepIfRoom } from './keep.ts';
import { refreshChecked } from './measure.ts';

function showDevice(context: AppContext, checking = false): void {
  context.store.set({ device: deviceView(context, checking) });
}

/** Takes a verdict over: numbers of a device that failed are measured anew, on the CPU. */
async function takeVerdict(
  context: AppContext,
  device: string,
  check: StoredDeviceCheck,
): Promise<void> {
  const failedBefore = context.checks.get(device)?.exact === false;
  context.checks.set(device, check);
  showDevice(context);
  if (!check.exact && !failedBefore) {
    context.store.notify('warning', context.store.state.device.sentence);
  }
  for (const id of [...context.records.keys()]) await refreshChecked(context, id);
}

async function check(
  context: AppContext,
  metrics: readonly MetricId[],
  asked: boolean,
  signal: AbortSignal,
): Promise<void> {
  const device = deviceHere(context);
  // One that gave way may have come to its end all the same.
  if (device === null || (!asked && context.checks.has(device))) return;
  showDevice(context, true);
  const result = await callCancellable(context, signal, (api, jobId) =>
    api.checkDevice(jobId, metrics),
  );
  if (!result.ok) {
    showDevice(context);
    if (asked) context.store.notify('error', result.error.message);
    return;
  }
  const { exact, deviations } = result.value;
  const verdict = { exact, deviations, checkedAt: Date.now() };
  await keepIfRoom(context, 'the check of this device', () =>
    context.storage.putResult(device, verdict),
  );
  await takeVerdict(context, device, verdict);
}

function queueCheck(context: AppContext, metrics: readonly MetricId[], asked: boolean): void {
  context.jobs.add({
    kind: 'check',
    caseId: '',
    label: 'Checking the numbers of this device',
    cancellable: false,
    background: !asked,
    run: (_, signal) => check(context, metrics, asked, signal),
  });
}

/**
 * Finds what is known of this device, once the engine has started; a device that nothing is known of
 * is checked for every metric when there is nothing else to do.
 */
export async function openDevice(context: AppContext): Promise<void> {
  const device = deviceHere(context);
  if (device === null || context.checks.has(device)) {
    showDevice(context);
    return;
  }
  const stored = await context.storage.getResult(device).catch(() => null);
  if (isStoredDeviceCheck(stored)) {
    await takeVerdict(context, device, stored);
    return;
  }
  showDevice(context);
  queueCheck(context, METRIC_IDS, false);
}

/** Checks every metric now, because the user asked. */
export async function checkDevice(context: AppContext): Promise<void> {
  const info = engineInfo(context);
  if (info === null) {
    context.store.notify('info', 'The engine has not started yet: try again in a moment.');
  } else if (info.adapter === null) {
    context.store.notify('info', context.store.state.device.sentence);
  } else {
    queueCheck(context, METRIC_IDS, true);
  }
}
