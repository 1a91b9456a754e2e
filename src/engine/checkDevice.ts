import type { MetricId } from '../core/metrics/types.ts';
import type { GpuContext } from '../gpu/device.ts';
import { checkDevice } from '../gpu/deviceCheck.ts';
import type { DeviceCheckOutcome } from '../protocol/engine.ts';
import { Failure } from './failure.ts';
import type { JobControl } from './queue.ts';

/**
 * Holds this device's metrics against the float64 reference over the built-in pictures.
 * @throws {Failure} `no-gpu`; `cancelled` between two pictures
 */
export async function checkDeviceHere(
  gpu: GpuContext | null,
  metrics: readonly MetricId[],
  control: JobControl,
): Promise<DeviceCheckOutcome> {
  if (gpu === null) {
    throw new Failure(
      'no-gpu',
      'There is no graphics device to check: metrics are measured by the float64 reference on the CPU.',
    );
  }
  const started = performance.now();
  const deviations = await checkDevice(gpu, metrics, undefined, () => control.checkpoint());
  const exact = deviations.every((deviation) => deviation.exact);
  return { deviations, exact, seconds: (performance.now() - started) / 1000 };
}
