import { analyse, countVotes, drawScores } from '../core/judge/analysis.ts';
import { compareMetrics } from '../core/judge/metricComparison.ts';
import type { VotesApi } from '../protocol/votes.ts';
import { settle } from './failure.ts';

/** The page is told at most this often, in ms. */
const EVERY = 100;

/** Evaluates votes, one call after another; whoever does not want to wait ends the worker. */
export function makeVotes(): VotesApi {
  return {
    read: (study, files, columns) =>
      settle(async () => {
        const counted = countVotes(study, files);
        const analysis = analyse(study, files, counted, null);
        const people = analysis.methods.map(({ score }) => score);
        return {
          analysis,
          comparisons: compareMetrics(study, counted.answers, people, columns),
        };
      }),
    drawScores: (study, files, measure, told) =>
      settle(async () => {
        let last = performance.now();
        return drawScores(study, countVotes(study, files), measure, (done) => {
          const now = performance.now();
          if (now - last < EVERY) return;
          last = now;
          told(done);
        });
      }),
  };
}
