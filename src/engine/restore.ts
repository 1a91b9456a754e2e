import type { Rgba8 } from '../core/image/types.ts';
import type { OutputFaults } from '../models/blend.ts';
import type { Tile } from '../models/tiling.ts';
import type { Progress, Provider } from '../protocol/engine.ts';
import { Failure, reasonOf } from './failure.ts';
import { makeStepProgress } from './progress.ts';
import type { JobControl } from './queue.ts';
import type { TileRunner } from './tileRunner.ts';

/**
 * Raised when packing, tiling or blending changes the bytes that come out for the same input, model
 * and tile: results are kept under it.
 */
export const RESTORE_PIPELINE_VERSION = 1;

export interface RestoreTask {
  readonly fileName: string;
  /** Of the network, for sentences. */
  readonly title: string;
  /** What runs the tiles. */
  readonly provider: Provider;
  readonly tiles: readonly Tile[];
  readonly makeRunner: () => TileRunner;
  readonly onProgress: (progress: Progress) => void;
}

export interface Restored {
  readonly pixels: Rgba8;
  readonly seconds: number;
  /** The picture on the device, now the caller's; null on the CPU. */
  readonly buffer: GPUBuffer | null;
  readonly warnings: readonly string[];
}

/** What is to be said of values that no picture can show. @throws {Failure} where none is a number */
function judgeFaults(
  { title, fileName }: RestoreTask,
  { notANumber, outOfRange }: OutputFaults,
  { width, height }: Rgba8,
): string[] {
  const values = width * height * 3;
  if (notANumber > 0) {
    throw new Failure(
      'model-run',
      `${title} gave ${notANumber} values that are not numbers for ${fileName}. Try the other provider: add ?provider=wasm or ?provider=webgpu to the address.`,
    );
  }
  if (outOfRange === 0) return [];
  const share = (100 * outOfRange) / values;
  const percent = share < 0.1 ? 'Less than 0.1' : String(Number(share.toFixed(1)));
  return [
    `${percent} % of the values that ${title} gave for ${fileName} lie outside the range of its contract and were clipped.`,
  ];
}

/**
 * Restores a whole picture: runs the tiles and blends them.
 * @throws {Failure} `cancelled` between tiles; `model-run` where the network fails or gives no numbers
 */
export async function restorePicture(task: RestoreTask, control: JobControl): Promise<Restored> {
  const started = performance.now();
  const progress = makeStepProgress('restoring', task.tiles.length, task.onProgress);
  const runner = task.makeRunner();
  try {
    for (const [index, tile] of task.tiles.entries()) {
      await control.checkpoint();
      await runner.runTile(tile);
      progress(index + 1);
    }
    const { pixels, faults, buffer } = await runner.finish();
    if (faults.notANumber > 0) buffer?.destroy();
    const warnings = judgeFaults(task, faults, pixels);
    return { pixels, warnings, buffer, seconds: (performance.now() - started) / 1000 };
  } catch (caught) {
    if (caught instanceof Failure) throw caught;
    const other =
      task.provider === 'webgpu' ? 'add ?provider=wasm to the address' : 'choose another model';
    throw new Failure(
      'model-run',
      `${task.title} could not restore ${task.fileName}: ${reasonOf(caught)}. Try a smaller picture, or ${other}.`,
      caught,
    );
  } finally {
    runner.dispose();
  }
}
