import { type Accessor, createSignal } from 'solid-js';
import type { AppModel, CaseView } from '../../app/model.ts';

/** The offer of a weak flash over a picture that needs no restoring. */
export interface LightingTool {
  /** Whether it is to be shown for the case on screen. */
  readonly offersFlash: Accessor<boolean>;
  /** Whether the flash on the case on screen is being simulated. */
  readonly simulating: Accessor<boolean>;
  readonly simulateFlash: () => Promise<void>;
  /** The picture is not asked about again in this visit. */
  readonly leaveAsItIs: () => void;
}

type Pictures = ReadonlySet<string>;
const NONE: Pictures = new Set();

/** What is offered for which picture; it outlives a visit to another door. */
export function createLighting(
  model: { readonly commands: Pick<AppModel['commands'], 'simulateWeakFlash'> },
  current: Accessor<Pick<CaseView, 'lighting' | 'input'> | null>,
): LightingTool {
  const [left, setLeft] = createSignal(NONE);
  const [worked, setWorked] = createSignal(NONE);
  const shown = () => current()?.input?.sha256 ?? '';
  return {
    offersFlash: () => current()?.lighting === 'well-lit' && !left().has(shown()),
    simulating: () => worked().has(shown()),
    async simulateFlash() {
      const sha256 = shown();
      setWorked(new Set(worked()).add(sha256));
      try {
        await model.commands.simulateWeakFlash();
      } finally {
        setWorked(new Set([...worked()].filter((other) => other !== sha256)));
      }
    },
    leaveAsItIs: () => {
      setLeft(new Set(left()).add(shown()));
    },
  };
}
