import type { Challenge } from './types.ts';
import { known } from './values.ts';

/** Most multiply-accumulates for a frame of 1280×720, in 10⁹. */
const GMACS_BUDGET = 20;

/** NTIRE 2025 video quality enhancement for video conferencing. */
export const VQE2025: Challenge = {
  id: 'vqe2025',
  version: 1,
  title: 'NTIRE 2025 video conferencing',
  source: 'Report of the NTIRE 2025 challenge on video quality enhancement for video conferencing',
  definition:
    'Score = Bradley–Terry score of the pairwise votes; ties are broken by S_real · S_synth. Eligible ' +
    'with at most 20·10⁹ multiply-accumulates for a frame of 1280×720.',
  required: ['BT', 'S_real', 'S_synth', 'GMACs'],
  alternatives: [],
  optional: [],
  rules: { GMACs: { least: 0 } },
  measured: {},
  published: [],
  printedDefinition: null,
  judge: (teams) =>
    teams.map((team) => {
      const objective = known(team, ['S_real', 'S_synth']);
      const gmacs = team.GMACs ?? null;
      return {
        score: team.BT ?? null,
        final: null,
        eligible: gmacs === null ? null : gmacs <= GMACS_BUDGET,
        tieBreak: objective && objective.S_real * objective.S_synth,
      };
    }),
};
