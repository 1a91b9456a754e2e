import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import { LPIPS_MIN_SIDE, lpipsCrop } from '../core/metrics/lpipsCrop.ts';
import { requireEqualSizes } from '../core/metrics/measure.ts';
import type { MetricValue } from '../core/metrics/types.ts';
import type { MetricSession } from '../models/metricSession.ts';
import { packTile } from '../models/pack.ts';
import { Failure } from './failure.ts';

/** Names of the two inputs of an LPIPS network, ours or exported; both [1, 3, height, width] in [0, 1]. */
export const LPIPS_INPUTS = ['output', 'reference'] as const;

/**
 * LPIPS between two pictures by the RAIM 2026 crop rule (see `lpipsCrop`). In full:
 *
 *     const model = await lpipsFromCheckpoints(fileA, fileB, ['alex.pth', 'alexnet.pth']);
 *     const session = await createMetricSession(ort, model.value.onnx, LPIPS_INPUTS, null);
 *     const value = await measureLpips(session, output, groundTruth, mask);
 *     await session.release();
 *
 * Runs must not overlap: ONNX Runtime takes one at a time.
 * @param mask of the pictures' size; null measures the whole picture
 * @returns null where there is no value: the mask is empty or the crop is below AlexNet's 31 pixels
 * @throws {RangeError} where the sizes differ
 * @throws {Failure} `model-run` where the network fails or gives no finite number
 */
export async function measureLpips(
  session: MetricSession,
  output: Rgba8,
  groundTruth: Rgba8,
  mask: BinaryMask | null,
): Promise<MetricValue> {
  requireEqualSizes(output, groundTruth, mask);
  const box = lpipsCrop(output.width, output.height, mask);
  if (!box || Math.min(box.width, box.height) < LPIPS_MIN_SIDE) return null;
  const { width, height } = box;
  const tile = { ...box, blendLeft: 0, blendTop: 0 };
  const inputs = {
    output: { planes: packTile(output, tile), width, height },
    reference: { planes: packTile(groundTruth, tile), width, height },
  };
  const { values } = await session.run(inputs).catch((caught: unknown) => {
    const detail = caught instanceof Error ? caught.message : String(caught);
    throw new Failure(
      'model-run',
      `LPIPS could not be measured on ${width}×${height} pixels: ${detail}. Close other tabs, or measure a smaller picture.`,
      caught,
    );
  });
  const value = values.length === 1 ? values[0] : undefined;
  if (value === undefined || !Number.isFinite(value)) {
    throw new Failure(
      'model-run',
      `The LPIPS network gave ${values.length === 1 ? 'no finite number' : `${values.length} values instead of one`} for ${width}×${height} pixels. Add its weight files again.`,
    );
  }
  return value;
}
