import { expect, it } from 'vitest';
import { requestDevice } from '../../src/gpu/device.ts';

const never = new Promise<never>(() => undefined);

/** A driver, as far as a request for a device reaches. */
function driver(parts: { adapter?: Promise<unknown>; device?: Promise<unknown> }): GPU {
  const adapter = { limits: {}, features: new Set(), info: {}, requestDevice: () => parts.device };
  return { requestAdapter: () => parts.adapter ?? Promise.resolve(adapter) } as unknown as GPU;
}

it('a driver that never answers is done without, and why is said', async () => {
  for (const silent of [driver({ adapter: never }), driver({ device: never })]) {
    const errors: string[] = [];
    expect(await requestDevice(silent, (message) => errors.push(message), 5)).toBeNull();
    expect(errors).toEqual(['The graphics driver did not answer within 0.005 seconds.']);
  }
});

it('a device that comes too late is destroyed', async () => {
  let come: (device: unknown) => void = () => undefined;
  const device = new Promise((resolve) => {
    come = resolve;
  });
  expect(await requestDevice(driver({ device }), () => undefined, 5)).toBeNull();
  await new Promise<void>((destroyed) => come({ destroy: destroyed }));
});

it('no adapter is no error', async () => {
  const errors: string[] = [];
  const without = driver({ adapter: Promise.resolve(null) });
  expect(await requestDevice(without, (message) => errors.push(message))).toBeNull();
  expect(errors).toEqual([]);
});
