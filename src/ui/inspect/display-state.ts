import { type Accessor, createSignal } from 'solid-js';
import {
  DISPLAY_CHANNELS,
  type DisplayChannel,
  NEUTRAL_DISPLAY,
} from '../../core/inspect/displayTransform.ts';
import { isPlain, type ShownAs } from './showAs.ts';

/** How every pane shows its picture; what is measured is never changed by it. */
export interface DisplayTool {
  readonly shownAs: Accessor<ShownAs>;
  readonly setShownAs: (next: ShownAs) => void;
  /** Half a stop up or down. */
  readonly stepExposure: (step: 1 | -1) => void;
  readonly stepGamma: (step: 1 | -1) => void;
  readonly setChannel: (channel: DisplayChannel) => void;
  readonly nextChannel: () => void;
  readonly toggleClipping: () => void;
  /** Exposure, gamma, channel and warning as they were. */
  readonly resetDisplay: () => void;
  /** Whether the bar with these is on screen: asked for, or because one of them is not neutral. */
  readonly displayOpen: Accessor<boolean>;
  readonly toggleDisplay: () => void;
  /** Whether histogram and waveform of the pictures are on screen. */
  readonly scopesOpen: Accessor<boolean>;
  readonly toggleScopes: () => void;
}

const NEUTRAL: ShownAs = { ...NEUTRAL_DISPLAY, clipping: false };

/** In EV. */
const MOST_EXPOSURE = 6;
const GAMMA_RANGE = [0.2, 5] as const;

/** Half a stop on, within six stops either way. */
export function steppedExposure(exposure: number, step: 1 | -1): number {
  return Math.min(MOST_EXPOSURE, Math.max(-MOST_EXPOSURE, exposure + step / 2));
}

/** A tenth on, within 0.2 to 5. */
export function steppedGamma(gamma: number, step: 1 | -1): number {
  const next = Math.round(gamma * 10 + step) / 10;
  return Math.min(GAMMA_RANGE[1], Math.max(GAMMA_RANGE[0], next));
}

export function createDisplay(): DisplayTool {
  const [shownAs, setShownAs] = createSignal<ShownAs>(NEUTRAL);
  const [asked, setAsked] = createSignal(false);
  const [scopes, setScopes] = createSignal(false);
  const change = (part: Partial<ShownAs>) => setShownAs({ ...shownAs(), ...part });
  const reset = () => setShownAs(NEUTRAL);
  const open = () => asked() || !isPlain(shownAs());
  return {
    shownAs,
    setShownAs: (next) => setShownAs(next),
    stepExposure: (step) => change({ exposure: steppedExposure(shownAs().exposure, step) }),
    stepGamma: (step) => change({ gamma: steppedGamma(shownAs().gamma, step) }),
    setChannel: (channel) => change({ channel }),
    nextChannel: () => {
      const at = DISPLAY_CHANNELS.indexOf(shownAs().channel);
      change({ channel: DISPLAY_CHANNELS[(at + 1) % DISPLAY_CHANNELS.length] ?? 'rgb' });
    },
    toggleClipping: () => change({ clipping: !shownAs().clipping }),
    resetDisplay: reset,
    displayOpen: open,
    toggleDisplay: () => {
      const close = open();
      // Closed, it must not leave behind pictures that are not shown as they are.
      if (close) reset();
      setAsked(!close);
    },
    scopesOpen: scopes,
    toggleScopes: () => setScopes(!scopes()),
  };
}
