import { METRICS } from '../core/metrics/definitions.ts';
import type { MetricId } from '../core/metrics/types.ts';
import type { EngineInfo, MetricsBackend, NumbersChecked } from '../protocol/engine.ts';
import type { StoredDeviceCheck, StoredVerdict } from '../storage/records.ts';
import type { AppContext } from './context.ts';
import type { DeviationView, DeviceView } from './model.ts';
import { deviceKey } from './resultKeys.ts';

type Asker = Pick<AppContext, 'store' | 'checks' | 'platform'>;

/** What runs here; null until the engine has started. */
export function engineInfo({ store }: Asker): EngineInfo | null {
  const { engine } = store.state;
  return engine.status === 'ready' ? engine.info : null;
}

/** The key of the device that would measure now; null without one. */
export function deviceHere(context: Asker): string | null {
  const info = engineInfo(context);
  return info === null ? null : deviceKey(info, context.platform.browser);
}

/** The verdict on this device; null where it was not checked. */
function checkHere(context: Asker): StoredDeviceCheck | null {
  const key = deviceHere(context);
  return key === null ? null : (context.checks.get(key) ?? null);
}

/** Whether metrics must be measured on the CPU because the device's numbers are wrong. */
export function onCpu(context: Asker): boolean {
  return checkHere(context)?.exact === false;
}

/** What would measure this metric now; null until the engine has started. */
export function backendFor(context: Asker, id: MetricId): MetricsBackend | null {
  const info = engineInfo(context);
  if (info === null) return null;
  return onCpu(context) ? 'reference' : info.metricBackends[id];
}

/** What is kept with a number that was measured just now. */
export function verdictNow(context: Asker, backend: MetricsBackend): StoredVerdict | null {
  const device = deviceHere(context);
  if (backend === 'reference' || device === null) return null;
  const check = context.checks.get(device);
  const verdict = check === undefined ? 'unchecked' : check.exact ? 'exact' : 'failed';
  return { device, verdict };
}

/** The adapter that is kept with a number that was measured just now; null for the reference. */
export function adapterNow(context: Asker, backend: MetricsBackend): string | null {
  return backend === 'wgsl' ? (engineInfo(context)?.adapter ?? null) : null;
}

/** What is known today of the device that measured a number. */
export function checkedOf(
  context: Pick<AppContext, 'checks'>,
  backend: MetricsBackend,
  checked: StoredVerdict | null,
): NumbersChecked {
  if (backend === 'reference') return 'exact';
  if (checked === null) return 'unchecked';
  const check = context.checks.get(checked.device);
  if (check !== undefined) return check.exact ? 'exact' : 'failed';
  return checked.verdict;
}

function deviationsOf({ deviations }: StoredDeviceCheck): DeviationView[] {
  return deviations.map(({ id, ...rest }) => {
    const { title, unit } = METRICS[id];
    return { id, title, unit, ...rest };
  });
}

function sentenceFor(adapter: string, check: StoredDeviceCheck): string {
  const count = check.deviations.length;
  if (check.exact) {
    return `Checked: on ${adapter}, WGSL gives the numbers of the float64 reference for all ${count} metrics tried.`;
  }
  const wrong = check.deviations.filter(({ exact }) => !exact).map(({ id }) => METRICS[id].title);
  return `On ${adapter}, WGSL does not give the numbers of the float64 reference (${wrong.join(', ')}), so metrics are measured on the CPU.`;
}

/** The verdict as the page shows it. */
export function deviceView(context: Asker, checking: boolean): DeviceView {
  const info = engineInfo(context);
  const nothing = { deviations: [], checkedAt: null };
  if (info !== null && info.adapter === null) {
    const sentence =
      'Metrics are measured by the float64 reference on the CPU: there is no device to check.';
    return { numbersChecked: 'exact', sentence, ...nothing };
  }
  const check = checkHere(context);
  const known =
    check === null ? nothing : { deviations: deviationsOf(check), checkedAt: check.checkedAt };
  if (checking) {
    const sentence = 'The numbers of this device are being held against the float64 reference.';
    return { numbersChecked: 'checking', sentence, ...known };
  }
  if (check === null || info?.adapter == null) {
    const sentence = 'The numbers of this device were not checked yet.';
    return { numbersChecked: 'unchecked', sentence, ...nothing };
  }
  const numbersChecked = check.exact ? 'exact' : 'failed';
  return { numbersChecked, sentence: sentenceFor(info.adapter, check), ...known };
}
