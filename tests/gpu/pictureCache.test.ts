import { describe, expect, it } from 'vitest';
import { readPicture } from '../../src/gpu/buffers.ts';
import { PictureCache } from '../../src/gpu/pictureCache.ts';
import { noisePicture, openDevice } from './helpers.ts';

const { device } = await openDevice();

/** 4 KiB each. */
const picture = (seed: number) => noisePicture(32, 32, seed);
const BYTES = 32 * 32 * 4;

describe('pictures kept on the GPU', () => {
  it('are uploaded once and stay readable', async () => {
    const cache = new PictureCache(device, 2 * BYTES);
    const first = cache.hold('a', picture(1));
    first?.release();
    const again = cache.hold('a', picture(1));
    expect(again?.picture).toBe(first?.picture);
    if (again === null) throw new Error('the picture fits');
    expect(await readPicture(device, again.picture.buffer, 32, 32)).toEqual(picture(1));
    again.release();
    cache.clear();
    expect(cache.bytes).toBe(0);
  });

  it('make room for others, the least recently used first', () => {
    const cache = new PictureCache(device, 2 * BYTES);
    const a = cache.hold('a', picture(1));
    a?.release();
    cache.hold('b', picture(2))?.release();
    cache.hold('a', picture(1))?.release();
    cache.hold('c', picture(3))?.release();
    expect(cache.bytes).toBe(2 * BYTES);
    expect(cache.hold('a', picture(1))?.picture).toBe(a?.picture);
    cache.clear();
  });

  it('stay while they are in use, whatever the budget', async () => {
    const cache = new PictureCache(device, BYTES);
    const held = cache.hold('a', picture(1));
    const other = cache.hold('b', picture(2));
    expect(cache.bytes).toBe(2 * BYTES);
    cache.clear();
    expect(cache.bytes).toBe(2 * BYTES);
    if (held === null) throw new Error('the picture fits');
    expect(await readPicture(device, held.picture.buffer, 32, 32)).toEqual(picture(1));
    other?.release();
    other?.release();
    expect(cache.bytes).toBe(BYTES);
    held.release();
    cache.clear();
    expect(cache.bytes).toBe(0);
  });

  it('are not kept where one alone exceeds the budget', () => {
    const cache = new PictureCache(device, BYTES - 1);
    expect(cache.hold('a', picture(1))).toBeNull();
    expect(cache.bytes).toBe(0);
  });
});
