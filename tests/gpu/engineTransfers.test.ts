import { describe, expect, it } from 'vitest';
import type { EngineApi } from '../../src/protocol/engine.ts';
import type { TransferCounters } from '../../src/protocol/models.ts';
import { bring, dark, restore, SLOW, startEngine, unwrap } from './userModels.ts';

const [width, height] = [128, 96];
const PICTURE = width * height * 4;
/** Parameters of the passes' uniforms and what ONNX Runtime keeps in small buffers. */
const SMALL = 16_384;

/** What moved while `work` ran. */
async function moved(engine: EngineApi, work: () => Promise<unknown>): Promise<TransferCounters> {
  const before = unwrap(await engine.transferCounters());
  await work();
  const after = unwrap(await engine.transferCounters());
  return {
    uploaded: after.uploaded - before.uploaded,
    readBack: after.readBack - before.readBack,
  };
}

describe('on WebGPU', { timeout: SLOW }, () => {
  it('a picture goes up once and comes back once, and is measured where it lies', async () => {
    const engine = await startEngine('webgpu');
    const { id } = await bring(engine, 'minus-one');
    const picture = dark(width, height);
    let outcome = await restore(engine, id, picture);
    const restoring = await moved(engine, async () => {
      outcome = await restore(engine, id, picture);
    });
    expect(restoring.uploaded).toBeGreaterThanOrEqual(PICTURE);
    expect(restoring.uploaded).toBeLessThan(PICTURE + SMALL);
    // The picture for display and saving, and two counters of values that no picture can show.
    expect(restoring.readBack).toBe(PICTURE + 8);

    const { handle, pixels: output } = outcome;
    if (handle === null) throw new Error('the picture did not stay on the device');
    unwrap(await engine.nameOutput(handle, 'address of the output'));
    const addresses = { output: 'address of the output', groundTruth: 'address of the truth' };
    const pair = { fileName: 'dark.png', output, groundTruth: picture, addresses };
    const measure = async () =>
      unwrap(await engine.measure({ ...pair, jobId: 'measure', mask: null }));

    const first = await moved(engine, measure);
    // The ground truth goes up and stays, with the tables of the metrics; partial sums come back.
    expect(first.uploaded).toBeGreaterThanOrEqual(PICTURE);
    expect(first.uploaded).toBeLessThan(PICTURE + SMALL);
    const again = await moved(engine, measure);
    expect(again.uploaded).toBeLessThan(256);
    expect(again.readBack).toBe(first.readBack);
    expect(again.readBack).toBeLessThan(PICTURE / 4);
  });
});
