import { describe, expect, it } from 'vitest';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { RAIM_METRIC_IDS, REGION_IDS } from '../../src/core/metrics/types.ts';
import { GOLDEN_TOLERANCE, goldenValue } from '../helpers/golden.ts';
import { decodeGolden, GOLDEN_CASES } from '../helpers/goldenNode.ts';

describe('float64 references agree with the RAIM 2026 scoring program', () => {
  it('on 19 cases', () => {
    expect(GOLDEN_CASES).toHaveLength(19);
  });

  it.each(GOLDEN_CASES)('$id: $what', async (golden) => {
    const { output, groundTruth, mask } = await decodeGolden(golden);
    expect([output.width, output.height]).toEqual([golden.width, golden.height]);
    const values = measureReference(output, groundTruth, mask);
    for (const metric of RAIM_METRIC_IDS) {
      for (const region of REGION_IDS) {
        const expected = goldenValue(golden, metric, region);
        const value = values[metric][region];
        const where = `${metric} ${region}: ${value} instead of ${expected}`;
        if (value === null || expected === null) expect(value, where).toBe(expected);
        else expect(Math.abs(value - expected), where).toBeLessThan(GOLDEN_TOLERANCE[metric]);
      }
    }
  });
});
