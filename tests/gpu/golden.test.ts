import { describe, expect, it } from 'vitest';
import { decodeInBrowser } from '../../src/codecs/browser.ts';
import { decodeFile } from '../../src/codecs/decodeFile.ts';
import { makeJpegDecoder } from '../../src/codecs/jpeg/decoder.ts';
import { binariseMask, greyFromRgba } from '../../src/core/image/mask.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { RAIM_METRIC_IDS, REGION_IDS } from '../../src/core/metrics/types.ts';
import { GOLDEN_TOLERANCE, type GoldenCase, goldenValue } from '../helpers/golden.ts';
import { expectMetrics, makeRaimMetrics, openDevice } from './helpers.ts';

const context = await openDevice();
const metrics = makeRaimMetrics(context);
const decoders = { decodeJpeg: makeJpegDecoder(), decodeInBrowser };

const URLS = import.meta.glob<string>(
  '../fixtures/golden/{expected.json,{gt,output,mask_personmask}/*}',
  { query: '?url', import: 'default', eager: true },
);

/** A file below `tests/fixtures/golden/`. */
function goldenFile(path: string): Promise<Response> {
  const url = URLS[`../fixtures/golden/${path}`];
  if (url === undefined) throw new Error(`No golden file ${path}`);
  return fetch(url);
}

async function decode(path: string): Promise<Rgba8> {
  const bytes = new Uint8Array(await (await goldenFile(path)).arrayBuffer());
  return (await decodeFile(bytes, path, decoders)).pixels;
}

const expected: { readonly cases: readonly GoldenCase[] } = await (
  await goldenFile('expected.json')
).json();

describe('WGSL agrees with the RAIM 2026 scoring program and with float64', () => {
  it('on 19 cases', () => {
    expect(expected.cases).toHaveLength(19);
  });

  it.each(expected.cases)('$id: $what', async (golden) => {
    const output = await decode(golden.output);
    const groundTruth = await decode(golden.gt);
    const mask =
      golden.mask === null
        ? null
        : binariseMask(greyFromRgba(await decode(golden.mask)), output.width, output.height);
    const values = await metrics.measure(output, groundTruth, mask);
    expectMetrics(values, measureReference(output, groundTruth, mask));
    for (const metric of RAIM_METRIC_IDS) {
      for (const region of REGION_IDS) {
        const wanted = goldenValue(golden, metric, region);
        const value = values[metric][region];
        const where = `${metric} ${region}: ${value} instead of ${wanted}`;
        if (value === null || wanted === null) expect(value, where).toBe(wanted);
        else expect(Math.abs(value - wanted), where).toBeLessThan(GOLDEN_TOLERANCE[metric]);
      }
    }
  });
});
