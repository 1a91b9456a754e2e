import {
  DIFFERENCE_GAINS,
  LOOK_MODES,
  type LookSettings,
  MOST_PANES,
  OVERLAY_STYLES,
  type OverlayRegion,
} from './lookModel.ts';
import { FURTHER_REGION_IDS } from './metricsModel.ts';
import { REGION_NAMES } from './regions.ts';

export const DEFAULT_LOOK: LookSettings = {
  mode: 'side-by-side',
  split: ['input', 'output'],
  splitLines: [],
  splitInto: 'columns',
  single: 'output',
  compared: ['gt', 'output'],
  gain: 4,
  signed: false,
  onion: 0.5,
  inView: {},
  overlay: false,
  overlayStyle: 'both',
  overlayRegion: 'person',
  overlayOpacity: 0.4,
  smooth: true,
};

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;
export const isFlag = (value: unknown): boolean => typeof value === 'boolean';
export const isOneOf =
  (...values: ReadonlyArray<string | number>) =>
  (value: unknown): boolean =>
    values.some((known) => known === value);

const isPane = (value: unknown): boolean =>
  typeof value === 'string' && /^(input|output|gt|method:.+)$/s.test(value);

/** Different panes, as many as may stand together. */
const arePanes =
  (fewest: number, most: number) =>
  (value: unknown): boolean =>
    Array.isArray(value) &&
    value.length >= fewest &&
    value.length <= most &&
    value.every(isPane) &&
    new Set(value).size === value.length;

const areLines = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length < MOST_PANES &&
  value.every(isShare) &&
  value.every((line, i) => i === 0 || line >= value[i - 1]);

const areWishes = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(([pane, on]) => isPane(pane) && isFlag(on));

/** What every setting may be, for values that come from storage or from a link. */
export const VALID_LOOK: Readonly<Record<keyof LookSettings, (value: unknown) => boolean>> = {
  mode: isOneOf(...LOOK_MODES),
  split: arePanes(2, MOST_PANES),
  splitLines: areLines,
  splitInto: isOneOf('columns', 'rows'),
  single: isPane,
  compared: arePanes(2, 2),
  gain: isOneOf(...DIFFERENCE_GAINS),
  signed: isFlag,
  onion: isShare,
  inView: areWishes,
  overlay: isFlag,
  overlayStyle: isOneOf(...OVERLAY_STYLES),
  overlayRegion: isOneOf(
    'person',
    'background',
    ...FURTHER_REGION_IDS.filter((id) => id !== 'rectangle'),
  ),
  overlayOpacity: isShare,
  smooth: isFlag,
};

/** The regions of a case that a mask can be laid over the pictures for, the likeliest first. */
export function overlayRegionsOf({
  mask,
  regionMasks,
}: {
  readonly mask: object | null;
  readonly regionMasks: object;
}): readonly OverlayRegion[] {
  const named = REGION_NAMES.filter((name) => Object.hasOwn(regionMasks, name));
  return mask === null ? named : ['person', 'background', 'boundary', ...named];
}
