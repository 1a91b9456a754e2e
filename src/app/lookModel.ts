import type { FurtherRegionId } from './metricsModel.ts';
import type { MethodId } from './modelsModel.ts';

/*
 * The part of the contract between `src/app` and `src/ui` that says how pictures share the screen.
 */

export type PaneId = 'input' | 'output' | 'gt';

/**
 * What a pane stands for: the three that every case may have (`output` is the shown method's), or
 * the output of another method.
 */
export type PaneKey = PaneId | `method:${MethodId}`;

/** The ways of looking, in the order of the key and of the buttons. */
export const LOOK_MODES = ['side-by-side', 'split', 'onion', 'difference', 'single'] as const;
export type LookMode = (typeof LOOK_MODES)[number];

/** More pictures at once are too small to judge anything by. */
export const MOST_PANES = 6;

/** How often a difference is multiplied before it is shown. */
export const DIFFERENCE_GAINS = [1, 2, 4, 8, 16] as const;
export type DifferenceGain = (typeof DIFFERENCE_GAINS)[number];

/** How a mask lies over the pictures; `cut-out` shows its region alone. */
export const OVERLAY_STYLES = ['tint', 'contour', 'both', 'cut-out'] as const;
export type OverlayStyleId = (typeof OVERLAY_STYLES)[number];

/** Which region's mask lies over the pictures. */
export type OverlayRegion = 'person' | 'background' | Exclude<FurtherRegionId, 'rectangle'>;

/** How the user looks at pictures; survives a reload and every switch of case. */
export interface LookSettings {
  readonly mode: LookMode;
  /** The pictures of the split view in their order, 2 to 6; the onion lays the second over the first. */
  readonly split: readonly PaneKey[];
  /**
   * Where one picture of the split ends and the next begins, ascending, 0..1 of what is seen of it; of
   * any other number than there are borders: they are spread evenly.
   */
  readonly splitLines: readonly number[];
  /** Whether the pictures of the split stand beside or beneath each other. */
  readonly splitInto: 'columns' | 'rows';
  /** The picture that is shown alone. */
  readonly single: PaneKey;
  /** The difference is the second minus the first. */
  readonly compared: readonly [PaneKey, PaneKey];
  readonly gain: DifferenceGain;
  /** Whether differences show their sign. */
  readonly signed: boolean;
  /** Opacity of the onion's upper picture, 0..1. */
  readonly onion: number;
  /** Panes that were asked for (true) or hidden (false) where pictures stand side by side. */
  readonly inView: Readonly<Partial<Record<PaneKey, boolean>>>;
  readonly overlay: boolean;
  readonly overlayStyle: OverlayStyleId;
  /** Falls back to the person where the case has no such mask. */
  readonly overlayRegion: OverlayRegion;
  /** 0..1 */
  readonly overlayOpacity: number;
  readonly smooth: boolean;
}
