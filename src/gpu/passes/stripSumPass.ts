import type { GpuContext } from '../device.ts';
import type { RegionTotals } from '../regionTotals.ts';
import { forEachPartial, recordSums, type Strips, type SumPass, stripBytes } from './sumPass.ts';

/** A shader that sums a pair of pictures pixel by pixel, or window by window, in strips. */
interface StripSums {
  readonly label: string;
  readonly source: string;
  readonly strips: Strips;
  /** Of the shader, beside `STRIP_ROWS`. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Rows that the shader's window needs above and below; none where it is left out. */
  readonly halo?: number;
  /** What it looks up, bound before the partial sums; the pass destroys it. */
  readonly tables?: readonly GPUBuffer[];
  /** Adds one invocation's sums, which begin at `all` and at `inside`. */
  readonly add: (
    totals: RegionTotals,
    word: (at: number) => number,
    all: number,
    inside: number,
  ) => void;
}

/**
 * Strips of as many rows as a sum of whole numbers has room for; a GPU wants more invocations, and so
 * shorter strips, than a CPU has use for.
 */
export function stripRows({ software }: Pick<GpuContext, 'software'>): number {
  return software ? 128 : 32;
}

/** A summing pass that is one shader over strips. */
export function stripSumPass({ device, pipelines }: GpuContext, sums: StripSums): SumPass {
  const { strips, tables = [] } = sums;
  const constants = { STRIP_ROWS: strips.rows, ...sums.constants };
  const pipeline = pipelines.compute(sums.label, sums.source, constants);
  return {
    bytesPerPixel: 4,
    halo: sums.halo ?? 0,
    rowStep: 1,
    partialsBytes: (width, rows) => stripBytes(strips, width, rows),
    record(encoder, band, partials) {
      recordSums(device, encoder, pipeline, strips, band, tables, partials);
      return [];
    },
    collect(partials, totals) {
      const word = (at: number) => partials[at] ?? 0;
      forEachPartial(strips, partials, (all, inside) => sums.add(totals, word, all, inside));
    },
    destroy() {
      for (const table of tables) table.destroy();
    },
  };
}
