import { describe, expect, it } from 'vitest';
import { METRIC_IDS } from '../../src/core/metrics/types.ts';
import { checkPairs } from '../../src/gpu/checkFixtures.ts';
import type { GpuContext } from '../../src/gpu/device.ts';
import { checkDevice } from '../../src/gpu/deviceCheck.ts';
import { openDevice } from './helpers.ts';

const context = await openDevice();

/** A device whose shaders are wrong: a piece of their source is replaced before it is compiled. */
function wrongContext(piece: string, replacement: string): GpuContext {
  const { device } = context;
  const createShaderModule = (descriptor: GPUShaderModuleDescriptor) =>
    device.createShaderModule({
      ...descriptor,
      code: descriptor.code.replaceAll(piece, replacement),
    });
  const wrong = new Proxy(device, {
    get: (target, name) => {
      if (name === 'createShaderModule') return createShaderModule;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const PipelineCache = context.pipelines.constructor as new (of: GPUDevice) => never;
  return { ...context, device: wrong, pipelines: new PipelineCache(wrong) };
}

async function failuresOf(piece: string, replacement: string): Promise<string[]> {
  const pairs = checkPairs().filter(({ name }) => ['portrait', 'odd sizes'].includes(name));
  const deviations = await checkDevice(wrongContext(piece, replacement), METRIC_IDS, pairs);
  return deviations.filter(({ exact }) => !exact).map(({ id }) => id);
}

describe('device check', () => {
  it('finds every metric of this device within its tolerance, in seconds', async () => {
    await checkDevice(context, ['psnr']);
    const started = performance.now();
    const deviations = await checkDevice(context);
    const seconds = (performance.now() - started) / 1000;
    expect(deviations.map(({ id }) => id)).toEqual(METRIC_IDS);
    for (const { id, deviation, tolerance, exact } of deviations) {
      expect(exact, `${id}: ${deviation} of ${tolerance}`).toBe(true);
    }
    // Three seconds on a quiet machine; tests share theirs.
    expect(seconds).toBeLessThan(30);
  });

  it.each([
    ['1541.0', '1542.0', ['deltae']],
    ['299.0 * red', '298.0 * red', ['psnr-y', 'ssim', 'ssim-wang', 'ms-ssim']],
    ['0.0009 * 255000.0', '0.00091 * 255000.0', ['ssim', 'ssim-wang', 'ms-ssim']],
    ['0.2660117248617943', '0.267', ['ssim-wang', 'ms-ssim']],
    ['v.x * v.x + v.y', 'v.x + v.y', ['psnr', 'rmse', 'deltae']],
    ['abs(d.g)', 'd.g', ['mae']],
    ['0.357580, 0.180423', '0.3577, 0.180423', ['deltae76', 'deltae2000']],
    ['0.24 * c2', '0.25 * c2', ['deltae2000']],
  ])('finds out where a shader says %s as %s', async (piece, replacement, metrics) => {
    expect((await failuresOf(piece, replacement)).sort()).toEqual([...metrics].sort());
  });

  it('can be stopped between two pictures', async () => {
    const pause = async () => {
      throw new Error('stopped');
    };
    await expect(checkDevice(context, ['psnr'], checkPairs(), pause)).rejects.toThrow('stopped');
  });
});
