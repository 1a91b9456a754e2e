import { proxy } from 'comlink';
import { BadInput } from '../../core/badInput.ts';
import { RESAMPLES, type Scores } from '../../core/judge/certainty.ts';
import type { Combination } from '../../core/judge/combine.ts';
import type { TopMeasure } from '../../core/judge/scores.ts';
import type { Study } from '../../core/judge/study.ts';
import type { VoteFile } from '../../core/judge/votes.ts';
import type { Result } from '../../protocol/result.ts';
import { measureFor, readVotes } from './analysisView.ts';
import type { JudgeContext } from './context.ts';
import type { JudgeCommands, RanksView } from './model.ts';
import type { JudgeStore } from './store.ts';

/* How sure ranks are is read from votes that are drawn anew a thousand times, in a worker of its own. */

/** Draws under way, so that a page and an export that ask for the same wait for one. */
const pending = new WeakMap<
  readonly VoteFile[],
  Map<TopMeasure, Promise<Result<readonly Scores[]>>>
>();

/** What an analysis needs drawn, and has not yet. */
function missing(study: Study, files: readonly VoteFile[], combination: Combination): TopMeasure[] {
  const { draws } = readVotes(study, files);
  const needed = new Set<TopMeasure>(['points', measureFor(study, combination)]);
  return [...needed].filter((measure) => !draws.has(measure));
}

function draw(
  { ranks }: JudgeContext,
  study: Study,
  files: readonly VoteFile[],
  measure: TopMeasure,
  told: (done: number) => void,
): Promise<Result<readonly Scores[]>> {
  const under = pending.get(files) ?? new Map<TopMeasure, Promise<Result<readonly Scores[]>>>();
  pending.set(files, under);
  const known = under.get(measure);
  if (known !== undefined) return known;
  const { counted, draws } = readVotes(study, files);
  const drawing = ranks
    .call((api) => api.drawScores(study, counted.answers, measure, proxy(told)))
    .then((drawn) => {
      under.delete(measure);
      if (drawn.ok) draws.set(measure, drawn.value);
      return drawn;
    });
  under.set(measure, drawing);
  return drawing;
}

/**
 * Draws what an analysis of these votes still needs.
 * @param told how much of it is done, in draws
 */
export async function drawMissing(
  context: JudgeContext,
  study: Study,
  files: readonly VoteFile[],
  combination: Combination,
  told: (done: number) => void = () => undefined,
): Promise<Result<void>> {
  for (const [before, measure] of missing(study, files, combination).entries()) {
    const drawn = await draw(context, study, files, measure, (done) =>
      told(before * RESAMPLES + done),
    );
    if (!drawn.ok) return drawn;
  }
  return { ok: true, value: undefined };
}

/** The same for a file that is to hold it all. @throws {BadInput} where it cannot be drawn */
export async function drawOrFail(...wanted: Parameters<typeof drawMissing>): Promise<void> {
  const drawn = await drawMissing(...wanted);
  if (!drawn.ok) throw new BadInput(drawn.error.message);
}

/**
 * The page's commands: one study at a time, the newest votes.
 * @param votes on a study by its hash
 */
export function rankCommands(
  context: Promise<JudgeContext>,
  { state, set }: JudgeStore,
  votes: ReadonlyMap<string, readonly VoteFile[]>,
): Pick<JudgeCommands, 'drawRanks' | 'stopRanks'> {
  let turn = 0;
  const stop = ({ ranks }: JudgeContext) => {
    turn += 1;
    if (state.ranks?.status === 'drawing') ranks.stop();
  };
  return {
    async drawRanks(hash, combination) {
      const own = await context;
      const study = own.studies.get(hash)?.study;
      const files = votes.get(hash) ?? [];
      if (study === undefined || files.length === 0) return;
      const total = RESAMPLES * missing(study, files, combination).length;
      if (total === 0) return;
      stop(own);
      const mine = turn;
      const tell = (status: RanksView['status'], done: number, message: string | null = null) => {
        if (mine === turn) set({ ranks: { studyHash: hash, status, done, total, message } });
      };
      tell('drawing', 0);
      const drawn = await drawMissing(own, study, files, combination, (done) =>
        tell('drawing', done),
      );
      if (drawn.ok) tell('done', total);
      else tell('failed', 0, drawn.error.message);
    },
    async stopRanks() {
      const own = await context;
      const { ranks } = state;
      if (ranks?.status !== 'drawing') return;
      stop(own);
      set({ ranks: { ...ranks, status: 'stopped' } });
    },
  };
}
