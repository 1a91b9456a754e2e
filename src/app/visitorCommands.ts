import type { AppTurns } from './context.ts';
import { addPhoto } from './intake.ts';
import type { VisitorCommands } from './model.ts';
import { makeMask } from './personMask.ts';
import { simulateHere } from './simulate.ts';
import { setStrength, strengthSettled } from './strength.ts';

/** The commands that a visitor's own photograph needs, as the page calls them. */
export function makeVisitorCommands(turns: AppTurns): VisitorCommands {
  return {
    addPhoto: (file) => turns.inTurn((ready) => addPhoto(ready, file)),
    makeMask: () => turns.now(makeMask),
    setStrength: (value, final, caseId) =>
      turns.now((ready) => setStrength(ready, value, final, caseId)),
    strengthSettled: () =>
      turns.now((ready) => strengthSettled(ready, ready.store.state.currentCaseId ?? '')),
    simulateWeakFlash: () => turns.now(simulateHere),
  };
}
