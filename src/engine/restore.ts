import type { Rgba8 } from '../core/image/types.ts';
import type { RestorationSession } from '../models/session.ts';
import { planTiles } from '../models/tiling.ts';
import type { ModelEntry, Progress } from '../protocol/engine.ts';
import { Failure } from './failure.ts';
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
  readonly picture: Rgba8;
  readonly entry: ModelEntry;
  readonly session: RestorationSession;
  /** Makes the runner for the session's provider. */
  readonly makeRunner: (
    session: RestorationSession,
    entry: ModelEntry,
    picture: Rgba8,
  ) => TileRunner;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Restores a whole picture: plans the tiles, runs them, blends them.
 * @throws {Failure} `cancelled` between tiles; `model-run` where the network fails or gives no numbers
 */
export async function restorePicture(
  task: RestoreTask,
  control: JobControl,
): Promise<{ pixels: Rgba8; seconds: number; tiles: number }> {
  const { fileName, picture, entry } = task;
  const started = performance.now();
  const tiles = planTiles(picture.width, picture.height, {
    size: entry.tile.size,
    overlap: entry.tile.overlap,
    multiple: entry.input.sizeMultiple,
    minSize: entry.input.minSize,
  });
  const progress = makeStepProgress('restoring', tiles.length, task.onProgress);
  const runner = task.makeRunner(task.session, entry, picture);
  try {
    for (const [index, tile] of tiles.entries()) {
      await control.checkpoint();
      await runner.runTile(tile);
      progress(index + 1);
    }
    const { pixels, notANumber } = await runner.finish();
    if (notANumber > 0) {
      throw new Failure(
        'model-run',
        `${entry.title} gave ${notANumber} values that are not numbers for ${fileName}. Try the other provider: add ?provider=wasm or ?provider=webgpu to the address.`,
      );
    }
    return { pixels, seconds: (performance.now() - started) / 1000, tiles: tiles.length };
  } catch (caught) {
    if (caught instanceof Failure) throw caught;
    const detail = caught instanceof Error ? caught.message : String(caught);
    throw new Failure(
      'model-run',
      `${entry.title} could not restore ${fileName}: ${detail}. Try a smaller picture, or add ?provider=wasm to the address.`,
      caught,
    );
  } finally {
    runner.dispose();
  }
}
