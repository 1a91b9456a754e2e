import type { AppTurns } from './context.ts';
import type { VisitorCommands } from './model.ts';
import { makeMask } from './personMask.ts';
import { simulateHere } from './simulate.ts';
import { setStrength } from './strength.ts';

/** The commands that a visitor's own photograph needs, as the page calls them. */
export function makeVisitorCommands(turns: AppTurns): VisitorCommands {
  return {
    makeMask: () => turns.now(makeMask),
    setStrength: (value, final) => turns.now((ready) => setStrength(ready, value, final)),
    simulateWeakFlash: () => turns.now(simulateHere),
  };
}
