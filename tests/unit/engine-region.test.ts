import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadOrtInNode } from '../../cli/ort.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { makeCpuTiles } from '../../src/engine/cpuTiles.ts';
import { givesImage } from '../../src/engine/imageContract.ts';
import type { TileRunner } from '../../src/engine/tileRunner.ts';
import { readManifest } from '../../src/models/manifest.ts';
import { createSession } from '../../src/models/session.ts';
import { planTiles, regionOf } from '../../src/models/tiling.ts';

const SIZE = { width: 330, height: 250 };

/** A dim scene that is lit from one corner, with detail. */
function dimScene({ width, height }: typeof SIZE): Rgba8 {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const light = 50 * Math.exp(-((x / width) ** 2) * 2 - (y / height) ** 2);
    const detail = 1 + 0.2 * Math.sin(x / 9) * Math.cos(y / 11);
    data.set([light * detail + 6, light * 0.8 * detail + 5, light * 0.6 + 4, 255], i * 4);
  }
  return { width, height, data };
}

async function flashS() {
  const manifest = JSON.parse(readFileSync('public/models/manifest.json', 'utf8'));
  const list = readManifest(manifest, 'https://loupe.test/models/manifest.json');
  const contract = list.ok ? list.value[0]?.contract : undefined;
  if (!contract || !givesImage(contract)) throw new Error('no restoration model');
  const onnx = new Uint8Array(readFileSync(`public/models/${manifest.models[0].file}`));
  const model = { onnx, externalData: [] };
  return {
    contract,
    session: await createSession(await loadOrtInNode(), model, contract, { device: null }),
  };
}

async function restored(runner: TileRunner, size: number): Promise<Uint8ClampedArray> {
  const rule = { size, overlap: 64, multiple: 16, minSize: 32 };
  for (const tile of planTiles(SIZE.width, SIZE.height, rule)) await runner.runTile(tile);
  return (await runner.finish()).pixels.data;
}

function difference(a: Uint8ClampedArray, b: Uint8ClampedArray) {
  const gaps = a.map((value, i) => Math.abs(value - (b[i] ?? 0)));
  return {
    largest: gaps.reduce((most, gap) => Math.max(most, gap), 0),
    mean: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
  };
}

describe('the place of a tile', () => {
  it('is in shares of the picture, beyond 1 where it is padded', () => {
    const tile = { x: 30, y: 40, width: 90, height: 160 };
    expect(regionOf(tile, { width: 120, height: 160 })).toEqual([0.25, 0.25, 1.25, 1]);
  });

  it('lets Flash S light tiles as it lights the whole picture', async () => {
    const { contract, session } = await flashS();
    const subject = { picture: dimScene(SIZE), mask: null };
    const whole = await restored(makeCpuTiles(session, contract, subject), 1024);
    const tiled = await restored(makeCpuTiles(session, contract, subject), 192);
    const near = difference(whole, tiled);
    expect(near.mean).toBeLessThan(1);
    expect(near.largest).toBeLessThan(16);
    // Tiles that all say they were the whole picture are lit by another's light.
    const misled = {
      ...session,
      run: (feeds: Parameters<typeof session.run>[0]) =>
        session.run({ ...feeds, region: [0, 0, 1, 1] }),
    };
    const wrong = await restored(makeCpuTiles(misled, contract, subject), 192);
    expect(difference(whole, wrong).mean).toBeGreaterThan(2 * near.mean);
    await session.release();
  });
});
