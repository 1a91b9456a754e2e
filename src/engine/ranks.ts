import { drawScores } from '../core/judge/analysis.ts';
import type { RanksApi } from '../protocol/ranks.ts';
import { settle } from './failure.ts';

/** The page is told at most this often, in ms. */
const EVERY = 100;

/** Draws votes anew, one call after another; whoever does not want to wait ends the worker. */
export function makeRanks(): RanksApi {
  return {
    drawScores: (study, answers, measure, told) =>
      settle(async () => {
        let last = performance.now();
        return drawScores(study, { answers }, measure, (done) => {
          const now = performance.now();
          if (now - last < EVERY) return;
          last = now;
          told(done);
        });
      }),
  };
}
