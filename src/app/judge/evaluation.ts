import { proxy } from 'comlink';
import { BadInput } from '../../core/badInput.ts';
import { RESAMPLES } from '../../core/judge/certainty.ts';
import type { Combination } from '../../core/judge/combine.ts';
import type { TopMeasure } from '../../core/judge/scores.ts';
import type { Study } from '../../core/judge/study.ts';
import { mergeVoteFiles, type VoteFile } from '../../core/judge/votes.ts';
import type { Result } from '../../protocol/result.ts';
import { knownOf, measureFor, metricColumns, type NamedStudy } from './analysisView.ts';
import type { JudgeContext } from './context.ts';
import type { EvaluationView, JudgeCommands } from './model.ts';
import type { JudgeStore } from './store.ts';

/* Votes are read, compared with the bench's numbers and drawn anew in a worker of their own. */

type Told = (status: 'reading' | 'drawing', done: number, total: number) => void;

const lanes = new WeakMap<JudgeContext, Promise<unknown>>();

/** What is to be drawn for a combination, and is not yet. */
function undrawn(study: Study, files: readonly VoteFile[], combination: Combination): TopMeasure[] {
  const { draws } = knownOf(files);
  const needed = new Set<TopMeasure>(['points', measureFor(study, combination)]);
  return [...needed].filter((measure) => !draws.has(measure));
}

const isRead = ({ bench }: JudgeContext, files: readonly VoteFile[]): boolean =>
  knownOf(files).table === bench.state.table;

const NOTHING: Result<void> = { ok: true, value: undefined };

async function work(
  context: JudgeContext,
  held: NamedStudy,
  files: readonly VoteFile[],
  combination: Combination,
  told: Told,
): Promise<Result<void>> {
  const { study } = held;
  const { kept } = mergeVoteFiles(files);
  const known = knownOf(files);
  if (!isRead(context, files)) {
    told('reading', 0, 0);
    const { table } = context.bench.state;
    const columns = metricColumns(held, table);
    const read = await context.votes.call((api) => api.read(study, kept, columns));
    if (!read.ok) return read;
    Object.assign(known, { read: read.value, table });
  }
  const measures = undrawn(study, files, combination);
  const total = RESAMPLES * measures.length;
  for (const [index, measure] of measures.entries()) {
    const tell = (done: number) => told('drawing', index * RESAMPLES + done, total);
    tell(0);
    const drawn = await context.votes.call((api) =>
      api.drawScores(study, kept, measure, proxy(tell)),
    );
    if (!drawn.ok) return drawn;
    known.draws.set(measure, drawn.value);
  }
  return NOTHING;
}

/** One after another: who asks for what is being worked out waits for it. */
function inTurn(
  context: JudgeContext,
  task: () => Promise<Result<void>> | Result<void>,
): Promise<Result<void>> {
  const turn = (lanes.get(context) ?? Promise.resolve()).then(task);
  lanes.set(
    context,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Works out everything that a file is to hold. @throws {BadInput} where that is not to be had */
export async function evaluateAll(
  context: JudgeContext,
  held: NamedStudy,
  files: readonly VoteFile[],
  combination: Combination,
): Promise<void> {
  const worked = await inTurn(context, () =>
    work(context, held, files, combination, () => undefined),
  );
  if (!worked.ok) throw new BadInput(worked.error.message);
}

/**
 * The page's commands: one study at a time, the newest votes.
 * @param votes on a study by its hash
 */
export function evaluationCommands(
  context: Promise<JudgeContext>,
  { state, set }: JudgeStore,
  votes: ReadonlyMap<string, readonly VoteFile[]>,
): Pick<JudgeCommands, 'evaluate' | 'stopEvaluating'> {
  /** The votes that the page waits for. */
  let wanted: readonly VoteFile[] | null = null;
  /** Goes up where what it waited for is wanted no more, begun or not. */
  let turn = 0;
  const isWorking = () =>
    state.evaluation?.status === 'reading' || state.evaluation?.status === 'drawing';
  return {
    async evaluate(hash, combination) {
      const own = await context;
      const held = own.studies.get(hash);
      const files = votes.get(hash) ?? [];
      if (held?.key == null || files.length === 0) return;
      const { study, key } = held;
      if (isRead(own, files) && undrawn(study, files, combination).length === 0) return;
      // Nobody waits for what other votes come to any more.
      if (wanted !== files) {
        if (isWorking()) own.votes.stop();
        wanted = files;
        turn += 1;
      }
      const mine = turn;
      const tell = (change: Partial<EvaluationView> & Pick<EvaluationView, 'status'>) => {
        if (turn !== mine) return;
        set({ evaluation: { studyHash: hash, done: 0, total: 0, message: null, ...change } });
      };
      const told: Told = (status, done, total) => tell({ status, done, total });
      const worked = await inTurn(own, () =>
        turn === mine ? work(own, { ...held, key }, files, combination, told) : NOTHING,
      );
      if (worked.ok) tell({ status: 'done' });
      else tell({ status: 'failed', message: worked.error.message });
    },
    async stopEvaluating() {
      const own = await context;
      const { evaluation } = state;
      if (evaluation === null || !isWorking()) return;
      wanted = null;
      turn += 1;
      own.votes.stop();
      set({ evaluation: { ...evaluation, status: 'stopped' } });
    },
  };
}
