import { describe, expect, it } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import {
  createStorage,
  readBuffer,
  readPicture,
  uploadBytes,
  uploadPicture,
} from '../../src/gpu/buffers.ts';
import { BlendPass, createFaultCounters, readFaults } from '../../src/gpu/passes/blendPass.ts';
import { PackPass, packedBytes } from '../../src/gpu/passes/packPass.ts';
import { blendTile } from '../../src/models/blend.ts';
import { packMask, packTensor } from '../../src/models/pack.ts';
import {
  createValues,
  decodeValues,
  type PixelFormat,
  PLAIN,
  type TensorValues,
} from '../../src/models/tensor.ts';
import { makeMask, makeRandom, noisePicture, openDevice } from './helpers.ts';

const context = await openDevice();
const { device } = context;

const signed = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const;
const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const bytes = { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] } as const;

const FORMATS: readonly [string, PixelFormat][] = [
  ['plain', PLAIN],
  ['NHWC', { ...PLAIN, layout: 'NHWC' }],
  ['BGR, signed', { ...PLAIN, channels: 'BGR', normalisation: signed }],
  ['mean and std', { ...PLAIN, normalisation: imagenet }],
  ['0..255', { ...PLAIN, normalisation: bytes }],
  ['float16', { ...PLAIN, element: 'float16' }],
  ['float16 NHWC BGR', { ...PLAIN, element: 'float16', layout: 'NHWC', channels: 'BGR' }],
  ['uint8 NHWC', { ...PLAIN, element: 'uint8', layout: 'NHWC', normalisation: bytes }],
];

function submit(record: (encoder: GPUCommandEncoder) => void): void {
  const encoder = device.createCommandEncoder();
  record(encoder);
  device.queue.submit([encoder.finish()]);
}

function upload(picture: Rgba8) {
  const { width, height } = picture;
  return { width, height, buffer: uploadPicture(device, 'picture', picture) };
}

function largestDifference(actual: Float32Array, wanted: Float32Array): number {
  return wanted.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? Number.NaN))),
    0,
  );
}

/** The values of a tensor of `like`'s kind and length. */
async function valuesIn(buffer: GPUBuffer, like: TensorValues): Promise<Float32Array> {
  const read = await readBuffer(device, buffer, like.byteLength);
  if (like instanceof Float32Array) return new Float32Array(read);
  return decodeValues(like instanceof Uint8Array ? new Uint8Array(read) : new Uint16Array(read));
}

const tile = { x: 5, y: 3, width: 33, height: 17 };
const picture = noisePicture(30, 15, 4);
const mask = makeMask(30, 15, (x, y) => (x * y) % 3 === 1);

describe('the pack pass', () => {
  const pack = new PackPass(context);
  const inside = { width: 30, height: 15, buffer: uploadBytes(device, 'mask', mask.data) };

  it.each(FORMATS)('equals its CPU twin: %s', async (_, format) => {
    const source = upload(picture);
    for (const copies of [1, 2]) {
      for (const given of [undefined, null, mask]) {
        const onGpu = given === undefined ? {} : { mask: given && inside };
        const wanted = packTensor(picture, tile, format, {
          copies,
          ...(given === undefined ? {} : { mask: given }),
        });
        const planes = createStorage(
          device,
          'tile',
          packedBytes(tile, { format, copies, ...onGpu }),
        );
        submit((encoder) =>
          pack.record(encoder, source, tile, planes, { format, copies, ...onGpu }),
        );
        const scale = 1 / Math.min(...format.normalisation.std);
        const tolerance = (format.element === 'float16' ? 1e-3 : 3e-7) * scale;
        const values = await valuesIn(planes, wanted);
        expect(largestDifference(values, decodeValues(wanted))).toBeLessThan(tolerance);
        planes.destroy();
      }
    }
    source.buffer.destroy();
  });

  it.each(['float32', 'float16', 'uint8'] as const)(
    'writes the mask alone: %s',
    async (element) => {
      const source = upload(picture);
      for (const [layout, copies] of [
        ['NCHW', 1],
        ['NCHW', 3],
        ['NHWC', 3],
      ] as const) {
        const format = { ...PLAIN, element, layout };
        const options = { format, copies: 0, mask: inside, maskCopies: copies };
        const wanted = packMask(picture, tile, { element, layout, copies }, mask);
        const planes = createStorage(device, 'tile', packedBytes(tile, options));
        submit((encoder) => pack.record(encoder, source, tile, planes, options));
        expect(await valuesIn(planes, wanted)).toEqual(decodeValues(wanted));
        planes.destroy();
      }
      source.buffer.destroy();
    },
  );
});

describe('the blend pass', () => {
  const blend = new BlendPass(context);
  const fades = { skipLeft: 2, blendLeft: 7, skipTop: 1, blendTop: 3, skipRight: 4, skipBottom: 2 };
  const placed = { x: 2, y: 1, width: 24, height: 13, ...fades };

  it.each(FORMATS)('equals its CPU twin: %s', async (_, format) => {
    const random = makeRandom(9);
    const [low, high] = [-0.2, 1.2];
    const length = 3 * placed.width * placed.height;
    const { mean, std } = format.normalisation;
    const values = createValues(format.element, length);
    const packed = packTensor(
      noisePicture(24, 13, 8),
      { x: 0, y: 0, width: 24, height: 13 },
      format,
    );
    values.set(packed);
    // Some values beyond black and white, and one that is none.
    if (values instanceof Float32Array) {
      for (let i = 0; i < 40; i += 1) {
        values[random(length)] = ((i % 2 ? high : low) - mean[0]) / std[0];
      }
      values[5] = Number.NaN;
    }
    if (values instanceof Uint16Array) values[5] = 0x7e00;
    const target = upload(picture);
    const counters = createFaultCounters(device);
    const view = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const planes = uploadBytes(device, 'output', view);
    submit((encoder) => blend.record(encoder, planes, placed, target, counters, format));
    const wanted = { ...picture, data: picture.data.slice() };
    const faults = { notANumber: 0, outOfRange: 0 };
    blendTile(wanted, placed, values, faults, format);
    const result = await readPicture(device, target.buffer, 30, 15);
    const apart = result.data.map((value, i) => Math.abs(value - (wanted.data[i] ?? 0)));
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
    // Fades of whole levels often end on a tie, where float32 may round either way.
    expect(apart.filter((step) => step > 0).length).toBeLessThan(length / 20);
    expect(await readFaults(device, counters)).toEqual(faults);
    for (const buffer of [target.buffer, planes, counters]) buffer.destroy();
  });
});
