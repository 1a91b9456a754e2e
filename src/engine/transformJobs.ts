import type { RestorationSession } from '../models/session.ts';
import type { ModelOutput } from '../protocol/models.ts';
import { Failure, reasonOf } from './failure.ts';
import { feedsFor } from './feeds.ts';
import type { TransformContract } from './imageContract.ts';
import { type RunValues, runFeeds } from './runFeeds.ts';
import type { Subject } from './tileRunner.ts';
import type { Change } from './wholePicture.ts';

type Transform = Exclude<ModelOutput, { readonly kind: 'image' }>;

const UNIT = [0, 1] as const;

/** A table of colours of a range as one of code values in [0, 1]. */
function lutOf({ range = UNIT }: Transform, { values, dims }: RunValues): Change {
  const [low, high] = range;
  const size = dims.at(-1) ?? 0;
  const scaled = Float32Array.from(values, (value) => (value - low) / (high - low));
  return {
    kind: 'lut',
    lut: { size, domainMin: [0, 0, 0], domainMax: [1, 1, 1], values: scaled },
  };
}

/** A grid over colours of a range as one over code values in [0, 1]: only its constants change. */
function gridOf({ range = UNIT }: Transform, { values, dims }: RunValues): Change {
  const [low, high] = range;
  const [rows, columns] = [dims[2] ?? 0, dims[3] ?? 0];
  const cells = rows * columns;
  const scaled = Float32Array.from(values);
  for (let channel = 0; channel < 3; channel += 1) {
    const plane = (m: number, cell: number) => values[(channel * 4 + m) * cells + cell] ?? 0;
    for (let cell = 0; cell < cells; cell += 1) {
      const sum = plane(0, cell) + plane(1, cell) + plane(2, cell);
      scaled[(channel * 4 + 3) * cells + cell] = (low * sum + plane(3, cell) - low) / (high - low);
    }
  }
  return { kind: 'grid', grid: { rows, columns, values: scaled } };
}

export interface TransformTask {
  readonly title: string;
  readonly fileName: string;
  readonly contract: TransformContract;
  readonly session: RestorationSession;
  /** Of the session; null on WASM. */
  readonly device: GPUDevice | null;
}

/**
 * What a network that sees the squashed picture wants done to it at full size. The network's input and
 * its table are a few kilobytes and go by way of the CPU.
 * @throws {Failure} `model-run` where the network fails or gives no numbers
 */
export async function changeFor(task: TransformTask, subject: Subject): Promise<Change> {
  const { title, fileName, contract, session, device } = task;
  const feeds = feedsFor(contract, subject);
  const ran = await runFeeds(session, contract, feeds, device).catch((caught: unknown) => {
    const remedy = device ? 'Add ?provider=wasm to the address, or choose' : 'Choose';
    throw new Failure(
      'model-run',
      `${title} could not restore ${fileName}: ${reasonOf(caught)}. ${remedy} another model.`,
      caught,
    );
  });
  const holes = ran.values.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
  if (holes > 0) {
    throw new Failure(
      'model-run',
      `${title} gave ${holes} values that are not numbers for ${fileName}. Try the other provider: add ?provider=wasm or ?provider=webgpu to the address.`,
    );
  }
  const { output } = contract;
  return output.kind === 'lut' ? lutOf(output, ran) : gridOf(output, ran);
}
