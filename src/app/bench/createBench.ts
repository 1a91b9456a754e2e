import { BadInput } from '../../core/badInput.ts';
import type { AppContext } from '../context.ts';
import type { BenchLender } from '../judge/context.ts';
import { Turns, type Work } from '../turns.ts';
import { type LookParts, makeBenchCommands } from './commands.ts';
import type { BenchContext } from './context.ts';
import { openFile } from './files.ts';
import type { BenchGuest } from './guest.ts';
import type { BenchCommands, BenchModel } from './model.ts';
import { goOn, openBench } from './openBench.ts';
import { rankingOf } from './rank.ts';
import { type BenchRemarks, makeBenchRemarks, rereadBenchRemarks } from './remarks.ts';
import { type BenchShifts, makeBenchShifts } from './shifts.ts';
import { type BenchStore, createBenchStore } from './store.ts';
import { makeThumbnails } from './thumbnails.ts';

export interface BenchParts extends LookParts {
  readonly context: Promise<AppContext>;
  /** Resolves when the engine may be asked. */
  readonly opened: Promise<void>;
  /** Says what went wrong. */
  readonly onError: (error: unknown) => void;
}

/** The model of the page, and what its owner needs besides. */
export interface Bench extends BenchModel {
  /** Resolves when everything that was asked for is done. */
  idle(): Promise<void>;
  /** What judging needs of the set: pictures, and the challenges' scores. */
  readonly lender: BenchLender;
  /** What the Look page reads and writes of the remarks on the set's cases. */
  readonly remarks: BenchRemarks;
  /** What the Look page tells of the set's outputs, and asks for. */
  readonly shifts: BenchShifts;
  /** From then on, workspace files and reports hold what the guest has to say. */
  seat(guest: BenchGuest): void;
  /** Ends the workers. */
  close(): Promise<void>;
}

/** What judging needs of the set. */
function makeLender(
  store: BenchStore,
  context: Promise<BenchContext>,
  current: () => BenchContext | null,
): BenchLender {
  return {
    state: store.state,
    async file(id) {
      const file = await openFile(await context, id);
      if (!file.ok) throw new BadInput(file.error.message);
      return file.value;
    },
    objective(challenge) {
      const ready = current();
      const rows = ready === null ? [] : rankingOf(ready, challenge).rows;
      return new Map(
        rows.flatMap(({ method, score }) => (method === null ? [] : [[method, score]])),
      );
    },
  };
}

/** The bench beside the Look page: its own set and storage, the same engine and decoders. */
export function createBench({ context: app, opened, onError, ...look }: BenchParts): Bench {
  const store = createBenchStore();
  let current: BenchContext | null = null;
  const context = app.then(async (ready) => {
    current = await openBench(ready, store);
    return current;
  });
  const turns = new Turns(context, onError, opened);
  const now = (work: Work<BenchContext>) => turns.now(work);
  const commands: BenchCommands = {
    ...makeBenchCommands(turns, store, look, () => current?.run ?? null),
    ranking: (by, asPrinted) => {
      if (current === null) throw new Error('the bench was asked before it was opened');
      return rankingOf(current, by, asPrinted);
    },
    thumbnail: makeThumbnails(context),
  };
  turns.now(async (ready) => {
    ready.app.platform.onShow(() => void turns.now(rereadBenchRemarks));
    await opened;
    await goOn(ready);
  });
  return {
    state: store.state,
    commands,
    remarks: makeBenchRemarks(store, now),
    shifts: makeBenchShifts(store, turns),
    seat(guest) {
      turns.now(async (ready) => {
        ready.guest = guest;
      });
    },
    idle: () => turns.idle(),
    lender: makeLender(store, context, () => current),
    async close() {
      const { archives, pool, run } = await context;
      run?.cancel();
      archives.stop();
      pool.stop();
    },
  };
}
