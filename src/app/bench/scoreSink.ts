import type { StoredBenchScores } from '../../storage/benchStorage.ts';
import { keep } from '../keep.ts';
import type { BenchContext } from './context.ts';
import { buildTable } from './table.ts';

/** Numbers are stored and shown this often, in ms. */
const SHOW_EVERY = 500;
/** Less often where that is slow: showing takes at most this share of the time. */
const SHOW_SHARE = 0.1;

/** What was measured joins what an earlier, smaller metric set measured of the same files. */
function joined(before: StoredBenchScores | undefined, now: StoredBenchScores): StoredBenchScores {
  if (before === undefined || before.stamp !== now.stamp) return now;
  return {
    ...now,
    values: { ...before.values, ...now.values },
    notes: { ...before.notes, ...now.notes },
  };
}

/** Collects numbers and stores and shows them now and then. */
export function makeScoreSink(context: BenchContext) {
  let fresh = new Map<string, StoredBenchScores>();
  const { now } = context.app.platform;
  let shown = now();
  let pause = SHOW_EVERY;
  const flush = async (): Promise<void> => {
    if (fresh.size === 0) return;
    const batch = fresh;
    fresh = new Map();
    const began = now();
    context.store.set({ table: buildTable(context) });
    shown = now();
    pause = Math.max(SHOW_EVERY, (shown - began) / SHOW_SHARE);
    await keep(context.app, 'the bench’s table of numbers', () => context.storage.putScores(batch));
  };
  return {
    async add(key: string, scores: StoredBenchScores): Promise<void> {
      const all = joined(context.scores.get(key), scores);
      context.scores.set(key, all);
      fresh.set(key, all);
      if (now() - shown > pause) await flush();
    },
    flush,
  };
}
