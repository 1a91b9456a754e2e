import type { ArchiveApi } from '../../protocol/archive.ts';
import { openBenchStorage } from '../../storage/benchStorage.ts';
import type { AppContext } from '../context.ts';
import { WorkerClient } from '../workerClient.ts';
import type { BenchContext } from './context.ts';
import { makeDecodePool } from './decodePool.ts';
import { needsPermission } from './files.ts';
import type { ImportedTable } from './imports.ts';
import { makeMasks } from './makeMasks.ts';
import { measureSet } from './measure.ts';
import { pairAnew } from './pairing.ts';
import { checkedRemarks } from './remarks.ts';
import { runOverSet } from './runMethod.ts';
import { readSettings } from './settings.ts';

/** Decoders side by side: one core is left to the page and one to the engine. */
const poolSize = (cores: number) => Math.max(1, Math.min(4, cores - 2));

/** Reads what was kept. */
export async function openBench(
  app: AppContext,
  store: BenchContext['store'],
): Promise<BenchContext> {
  const storage = await openBenchStorage();
  const kept = await storage.read();
  const { platform } = app;
  const settings = readSettings(kept.settings);
  const remarks = { ...settings.remarks, ...checkedRemarks(kept.remarks) };
  const context: BenchContext = {
    app,
    store,
    storage,
    archives: new WorkerClient<ArchiveApi>({
      name: 'The archive reader',
      connect: () => platform.connectArchive(),
    }),
    pool: makeDecodePool(() => platform.connectCodec(), poolSize(platform.cores)),
    files: new Map(kept.files.map((record) => [record.id, { record, data: null, memory: false }])),
    scores: new Map(kept.scores),
    imports: new Map([...kept.imports].map(([id, table]) => [id, table as ImportedTable])),
    settings: { ...settings, remarks },
    survey: { cases: [], strays: [], methods: [], problems: [], excluded: [] },
    run: null,
    persisted: (await platform.quota?.persisted().catch(() => false)) === true ? true : null,
    guest: null,
  };
  pairAnew(context);
  store.set({ opened: true, needsPermission: await needsPermission(context) });
  return context;
}

/** Work that was under way when the page was closed goes on. */
export async function goOn(context: BenchContext): Promise<void> {
  const { measuring, masking, running } = context.settings;
  if (context.store.state.needsPermission) return;
  if (running !== null) await runOverSet(context, running);
  if (masking) await makeMasks(context);
  // What was made has no numbers yet; the button that began it is of the page before.
  const made = (running !== null || masking) && context.store.state.run.status === 'done';
  if (measuring || made) await measureSet(context);
}
