import { overlayRegionsOf } from '../../app/lookSettings.ts';
import { type AppModel, LOOK_MODES, type Theme } from '../../app/model.ts';
import { DOORS, type Doors } from '../doors.ts';
import type { WaysIn } from '../intake/Intake.tsx';
import { KEY_BINDINGS, type KeyAction, type KeyBinding } from '../keys.ts';
import { copyViewLink } from '../viewer/link-state.ts';
import { LOOK_TITLES } from '../viewer/looks.ts';
import { overlayTitle } from '../viewer/overlay-regions.ts';
import { paneByNumber } from '../viewer/panes.ts';
import type { Viewer } from '../viewer/viewer-state.ts';

/** One thing the page can be told to do. */
export interface PaletteEntry {
  readonly label: string;
  readonly group: string;
  /** The keys that do the same; empty where there are none. */
  readonly caps: readonly string[];
  readonly run: () => void;
}

export interface PaletteContext {
  readonly model: AppModel;
  readonly viewer: Viewer;
  readonly doors: Doors;
  readonly ways: WaysIn;
  readonly looking: () => boolean;
  readonly press: (action: KeyAction, key: string) => void;
  /** Whether there is something for the action to act on. */
  readonly available: (action: KeyAction) => boolean;
}

const THEMES: readonly (readonly [Theme, string])[] = [
  ['system', 'Colours as the system has them'],
  ['light', 'Light colours'],
  ['dark', 'Dark colours'],
];

/** Everything that can be done at the moment: what has a key, then what has none. */
export function paletteEntries(context: PaletteContext): readonly PaletteEntry[] {
  const keyed = KEY_BINDINGS.filter(
    ({ action, held }) => action !== 'palette' && !held && context.available(action),
  ).flatMap((binding) => ofBinding(binding, context));
  return [...keyed, ...ofLooks(context), ...ofPage(context)];
}

/** The keys that stand for methods are one entry for each method there is. */
function ofBinding(
  binding: KeyBinding,
  { press, viewer }: PaletteContext,
): readonly PaletteEntry[] {
  const { action, keys, caps, label, group } = binding;
  if (action !== 'show-method') {
    return [{ label, group, caps, run: () => press(action, keys[0] ?? '') }];
  }
  const item = viewer.case();
  return keys.flatMap((key) => {
    const pane = item && paneByNumber(item, Number(key));
    if (!pane) return [];
    return [
      { label: `${viewer.title(pane)} alone`, group, caps: [key], run: () => press(action, key) },
    ];
  });
}

function ofLooks({ model, viewer, looking }: PaletteContext): readonly PaletteEntry[] {
  if (!looking()) return [];
  const entry = (label: string, run: () => void): PaletteEntry => ({
    label,
    group: 'Compare',
    caps: [],
    run,
  });
  const { setView } = model.commands;
  const split = (splitInto: 'columns' | 'rows') => setView({ mode: 'split', splitInto });
  return [
    ...LOOK_MODES.map((look) => entry(`Look: ${LOOK_TITLES[look]}`, () => viewer.setLook(look))),
    entry('Split into columns', () => split('columns')),
    entry('Split into rows', () => split('rows')),
    entry('Split: lines at equal distances', () => viewer.spreadLines()),
    ...overlayRegionsOf(viewer.case() ?? { mask: null, regionMasks: {} }).map((overlayRegion) =>
      entry(`Cut out: ${overlayTitle(overlayRegion, model.state.view.boundaryRadius)}`, () =>
        setView({ overlay: true, overlayStyle: 'cut-out', overlayRegion }),
      ),
    ),
    entry('Copy link to this view', () => void copyViewLink(model, viewer)),
  ];
}

function ofPage({ model, doors, ways }: PaletteContext): readonly PaletteEntry[] {
  const { door: open } = doors.place();
  const entry = (label: string, run: () => void): PaletteEntry => ({
    label,
    group: 'Page',
    caps: [],
    run,
  });
  return [
    ...DOORS.filter(({ id }) => id !== open).map(({ id, title }) =>
      entry(`Go to ${title}`, () => doors.go(id)),
    ),
    entry('Open pictures', () => ways.openPicker()),
    entry('Take a picture with the camera', () => ways.openCamera()),
    entry('Start page with the samples', () => {
      doors.go('look');
      void model.commands.showStart();
    }),
    ...THEMES.map(([theme, label]) => entry(label, () => model.commands.setView({ theme }))),
  ];
}
